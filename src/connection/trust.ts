import type {TlsOptions} from '../api/agents.js';
import {parseBoolean} from './parse-boolean.js';
import {failWithServerError, type Outcome, succeedWith} from './problem.js';
import {createSourced, type Sourced} from './sourced.js';
import {getPathModule, readVariable, type World} from './world.js';

const isPem = (text: string): boolean => text.includes('-----BEGIN CERTIFICATE-----');

/** Variables that name a file of CA certificates. The first two are those of Python's requests, which ZenML's client uses. */
const bundleVariables = ['REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE', 'SSL_CERT_FILE'] as const;

/**
 * ZenML's `verify_ssl`: a boolean, the path of a file with CA certificates, or the text of such a file. If it is not set, or is
 * true, a CA bundle from the environment is used as ZenML's client does. Certificates are added to those that Node trusts.
 */
export const readTrust = async (
  world: World,
  wanted: Sourced<string | boolean> | undefined,
): Promise<Outcome<Sourced<TlsOptions>>> => {
  const word = wanted && parseBoolean(wanted.value);
  if (wanted === undefined || word === true || wanted.value === true) {
    return readBundle(world, wanted?.origin ?? 'default');
  }

  const {value, origin} = wanted;
  if (word !== undefined || typeof value === 'boolean') {
    return succeedWith(createSourced(origin, {isVerified: false}));
  }

  if (isPem(value)) {
    return trustCertificates(world, value, origin);
  }

  const path = getPathModule(world).resolve(world.cwd, value);
  const pem = await world.readText(path).catch(() => undefined);
  const hint = 'Set ZENML_STORE_VERIFY_SSL to the path of a PEM file with CA certificates, or to true.';
  if (pem === undefined) {
    return failWithServerError(`Cannot read the CA certificates in ${path} (verify_ssl in ${origin}).`, hint);
  }

  return isPem(pem)
    ? trustCertificates(world, pem, origin)
    : failWithServerError(`${path} (verify_ssl in ${origin}) contains no PEM certificate.`, hint);
};

const readBundle = async (world: World, origin: string): Promise<Outcome<Sourced<TlsOptions>>> => {
  const name = bundleVariables.find(each => readVariable(world, each) !== undefined);
  const value = name && readVariable(world, name);
  if (name === undefined || value === undefined) {
    return succeedWith(createSourced(origin, {isVerified: true}));
  }

  const path = getPathModule(world).resolve(world.cwd, value);
  const pem = await world.readText(path).catch(() => undefined);
  return pem !== undefined && isPem(pem)
    ? trustCertificates(world, pem, name)
    : failWithServerError(
        `Cannot read any CA certificate from ${path} (${name}).`,
        `Set ${name} to the path of a PEM file with CA certificates, or unset it.`,
      );
};

/** With certificates of our own Node ignores NODE_EXTRA_CA_CERTS, so they are added here. */
const trustCertificates = async (world: World, pem: string, origin: string): Promise<Outcome<Sourced<TlsOptions>>> => {
  const extraPath = readVariable(world, 'NODE_EXTRA_CA_CERTS');
  const extra = extraPath === undefined ? undefined : await world.readText(extraPath).catch(() => undefined);
  const ca = extra !== undefined && isPem(extra) ? `${pem}\n${extra}` : pem;
  return succeedWith(createSourced(origin, {isVerified: true, ca}));
};
