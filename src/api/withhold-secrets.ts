import {failed, type Result, succeeded} from '../domain/result.js';
import type {Transport, TransportAnswer, TransportRequest} from './transport.js';

/** Shorter texts may stand in an answer by chance. */
const shortestSecret = 6;

/** As many as are remembered: the newest tokens are those that an error can hold. */
const mostKept = 40;

/** A password, an API key (which is sent as one), a token; also as they stand in an address. */
const secretsIn = ({authorization, form = {}}: TransportRequest): readonly string[] =>
  [authorization?.replace(/^\S+ +/, ''), basicPassword(authorization), form['password']]
    .flatMap(text => (text === undefined ? [] : [text, encodeURIComponent(text)]))
    .filter(text => text.length >= shortestSecret);

/** A server can read it, and say it again, as well as the header that it is in. */
const basicPassword = (authorization: string | undefined): string | undefined => {
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
    for (const secret of secretsIn(request)) {
      secrets.delete(secret);
      secrets.add(secret);
    }

    for (const oldest of secrets) {
      if (secrets.size <= mostKept) {
        break;
      }

      secrets.delete(oldest);
    }

    const answer = await transport(request, signal);
    if (!answer.ok) {
      return failed(answer.failure);
    }

    const {status, body} = answer.value;
    return status < 400 ? answer : succeeded({...answer.value, body: withoutAny(body, secrets)});
  };
};

const withoutAny = (text: string, secrets: ReadonlySet<string>): string =>
  [...secrets].reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
