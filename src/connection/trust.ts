import type {TlsOptions} from '../api/agents.js';
import {type Found, settingOf} from './origin.js';
import {found, type Outcome, unusable} from './problem.js';
import {booleanOf} from './words.js';
import {pathsOf, type World} from './world.js';

const isPem = (text: string): boolean => text.includes('-----BEGIN CERTIFICATE-----');

/** `verify_ssl` as ZenML has it: yes or no, the path of a file of authorities, or that file's text itself. */
export const readTrust = async (
  world: World,
  wanted: Found<string | boolean> | undefined,
): Promise<Outcome<Found<TlsOptions>>> => {
  if (wanted === undefined) {
    return found(settingOf('default', {isVerified: true}));
  }

  const {value, origin} = wanted;
  const word = booleanOf(value);
  if (word !== undefined || typeof value === 'boolean') {
    return found(settingOf(origin, {isVerified: word ?? true}));
  }

  if (isPem(value)) {
    return found(settingOf(origin, {isVerified: true, ca: value}));
  }

  const path = pathsOf(world).resolve(world.cwd, value);
  const pem = await world.readText(path).catch(() => undefined);
  const way = 'Set ZENML_STORE_VERIFY_SSL to the path of a PEM file of certificate authorities, or to true.';
  if (pem === undefined) {
    return unusable(`The certificate authorities in ${path} (verify_ssl of ${origin}) cannot be read.`, way);
  }

  return isPem(pem)
    ? found(settingOf(origin, {isVerified: true, ca: pem}))
    : unusable(`${path} (verify_ssl of ${origin}) holds no PEM certificate.`, way);
};
