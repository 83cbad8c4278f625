import {fail, type Result, succeed} from '../domain/result.js';
import type {Transport, TransportAnswer, TransportRequest} from './transport.js';

/** Shorter texts may stand in an answer by chance. */
const minSecretLength = 6;

/** As many as are remembered: the newest tokens are those that an error can hold. */
const maxKeptSecrets = 40;

/** A password, an API key (which is sent as one), a token; also as they stand in an address. */
const findSecrets = ({authorization, form = {}}: TransportRequest): readonly string[] =>
  [authorization?.replace(/^\S+ +/, ''), decodeBasicPassword(authorization), form['password']]
    .flatMap(text => (text === undefined ? [] : [text, encodeURIComponent(text)]))
    .filter(text => text.length >= minSecretLength);

/** A server can read it, and say it again, as well as the header that it is in. */
const decodeBasicPassword = (authorization: string | undefined): string | undefined => {
  const coded = authorization === undefined ? undefined : /^Basic +(\S+)$/i.exec(authorization)?.[1];
  return coded === undefined
    ? undefined
    : Buffer.from(coded, 'base64')
        .toString('utf8')
        .replace(/^[^:]*:/, '');
};

/**
 * A transport whose refusals do not say again what was sent as a secret: some servers put the whole request into the
 * detail of an error, which is shown, printed and kept.
 */
export const withholdSecrets = (transport: Transport): Transport => {
  const secrets = new Set<string>();
  return async (request, signal): Promise<Result<TransportAnswer>> => {
    for (const secret of findSecrets(request)) {
      secrets.delete(secret);
      secrets.add(secret);
    }

    for (const oldest of secrets) {
      if (secrets.size <= maxKeptSecrets) {
        break;
      }

      secrets.delete(oldest);
    }

    const answer = await transport(request, signal);
    if (!answer.ok) {
      return fail(answer.failure);
    }

    const {status, body} = answer.value;
    return status < 400 ? answer : succeed({...answer.value, body: maskSecrets(body, secrets)});
  };
};

const maskSecrets = (text: string, secrets: ReadonlySet<string>): string =>
  [...secrets].reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
