import {fail, type Result, succeed} from '../domain/result.js';
import type {Transport, TransportRequest, TransportResponse} from './transport.js';

/** Shorter texts may appear in a response by chance. */
const minSecretLength = 6;

/** How many secrets are remembered; an error can only contain recent tokens. */
const maxKeptSecrets = 40;

/** The token of a request, or its password or API key (which is sent as a password), in every form that a response may repeat. */
const findSecrets = ({authorization, form = {}}: TransportRequest): readonly string[] =>
  [authorization?.replace(/^\S+ +/, ''), decodeBasicPassword(authorization), form['password']]
    .flatMap(text => (text === undefined ? [] : listEncodings(text)))
    .filter(text => text.length >= minSecretLength);

/** The text as it is, in a URL, in a form, and in JSON, whose characters beyond ASCII are escaped by some servers. */
const listEncodings = (text: string): readonly string[] => {
  const jsonText = JSON.stringify(text).slice(1, -1);
  const formText = new URLSearchParams({text}).toString().replace('text=', '');
  return [text, encodeURIComponent(text), formText, jsonText, escapeNonAscii(jsonText)];
};

const escapeNonAscii = (text: string): string =>
  text.replace(/[^\x20-\x7e]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** The password in a Basic header, which the server can decode and repeat in an error. */
const decodeBasicPassword = (authorization: string | undefined): string | undefined => {
  const base64Login = authorization === undefined ? undefined : /^Basic +(\S+)$/i.exec(authorization)?.[1];
  return base64Login === undefined
    ? undefined
    : Buffer.from(base64Login, 'base64')
        .toString('utf8')
        .replace(/^[^:]*:/, '');
};

/**
 * A transport that masks the secrets of its requests in error responses: some servers put the whole request into the
 * detail of an error, which is shown, printed and recorded.
 */
export const withholdSecrets = (transport: Transport): Transport => {
  const secrets = new Set<string>();
  return async (request, signal): Promise<Result<TransportResponse>> => {
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

    const response = await transport(request, signal);
    if (!response.ok) {
      return fail(response.failure);
    }

    const {status, body} = response.value;
    return status < 400 ? response : succeed({...response.value, body: maskSecrets(body, secrets)});
  };
};

const maskSecrets = (text: string, secrets: ReadonlySet<string>): string =>
  [...secrets].reduce((maskedText, secret) => maskedText.replaceAll(secret, '***'), text);
