import type {TlsOptions} from '../api/agents.js';
import {parseBoolean} from './parse-boolean.js';
import {failWithServerError, type Outcome, succeedWith} from './problem.js';
import {createSourced, type Sourced} from './sourced.js';
import {getPathModule, type World} from './world.js';

const isPem = (text: string): boolean => text.includes('-----BEGIN CERTIFICATE-----');

/** ZenML's `verify_ssl`: a boolean, the path of a file with CA certificates, or the text of such a file. */
export const readTrust = async (
  world: World,
  wanted: Sourced<string | boolean> | undefined,
): Promise<Outcome<Sourced<TlsOptions>>> => {
  if (wanted === undefined) {
    return succeedWith(createSourced('default', {isVerified: true}));
  }

  const {value, origin} = wanted;
  const word = parseBoolean(value);
  if (word !== undefined || typeof value === 'boolean') {
    return succeedWith(createSourced(origin, {isVerified: word ?? true}));
  }

  if (isPem(value)) {
    return succeedWith(createSourced(origin, {isVerified: true, ca: value}));
  }

  const path = getPathModule(world).resolve(world.cwd, value);
  const pem = await world.readText(path).catch(() => undefined);
  const hint = 'Set ZENML_STORE_VERIFY_SSL to the path of a PEM file with CA certificates, or to true.';
  if (pem === undefined) {
    return failWithServerError(`Cannot read the CA certificates in ${path} (verify_ssl in ${origin}).`, hint);
  }

  return isPem(pem)
    ? succeedWith(createSourced(origin, {isVerified: true, ca: pem}))
    : failWithServerError(`${path} (verify_ssl in ${origin}) contains no PEM certificate.`, hint);
};
