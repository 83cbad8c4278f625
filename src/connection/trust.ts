import type {TlsOptions} from '../api/agents.js';
import {parseBoolean} from './parse-boolean.js';
import {failWithServerError, type Outcome, succeedWith} from './problem.js';
import {createSourced, type Sourced} from './sourced.js';
import {getPathModule, type World} from './world.js';

const isPem = (text: string): boolean => text.includes('-----BEGIN CERTIFICATE-----');

/** `verify_ssl` as ZenML has it: yes or no, the path of a file of authorities, or that file's text itself. */
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
  const way = 'Set ZENML_STORE_VERIFY_SSL to the path of a PEM file of certificate authorities, or to true.';
  if (pem === undefined) {
    return failWithServerError(`The certificate authorities in ${path} (verify_ssl of ${origin}) cannot be read.`, way);
  }

  return isPem(pem)
    ? succeedWith(createSourced(origin, {isVerified: true, ca: pem}))
    : failWithServerError(`${path} (verify_ssl of ${origin}) holds no PEM certificate.`, way);
};
