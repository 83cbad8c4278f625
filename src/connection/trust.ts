import type {TlsOptions} from '../api/agents.js';
import {parseBoolean} from './parse-boolean.js';
import {failWithServerError, type Outcome, succeedWith} from './problem.js';
import {createSourced, type Sourced} from './sourced.js';
import {getPathModule, readVariable, type World} from './world.js';

/** Certificates that are trusted, and where they come from. */
type Authorities = {readonly pem: string; readonly sources: readonly string[]};

const isPem = (text: string): boolean => text.includes('-----BEGIN CERTIFICATE-----');

/**
 * Variables that name a file or folder of CA certificates. The first two are those of Python's requests, which ZenML's client uses.
 */
const bundleVariables = ['REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE', 'SSL_CERT_FILE'] as const;

/**
 * How to verify certificates according to ZenML's `verify_ssl`: a boolean, the path of a file or folder with CA certificates, or
 * the text of such a file. If it is not set, or is true, a CA bundle from the environment is used, as by ZenML's client.
 * Certificates are added to those that Node trusts; the system's are used if those do not suffice.
 */
export const readTlsOptions = async (
  world: World,
  wanted: Sourced<string | boolean> | undefined,
): Promise<Outcome<Sourced<TlsOptions>>> => {
  const isVerified = wanted && parseBoolean(wanted.value);
  if (wanted === undefined || isVerified === true) {
    return readBundle(world, wanted?.origin ?? 'default');
  }

  const {value, origin} = wanted;
  if (isVerified !== undefined || typeof value === 'boolean') {
    return succeedWith(createSourced(origin, {isVerified: false}));
  }

  if (isPem(value)) {
    return trustAuthorities(world, {pem: value, sources: ['verify_ssl']}, origin);
  }

  const path = getPathModule(world).resolve(world.cwd, value);
  const pem = await readCertificates(world, path);
  const hint = 'Set ZENML_STORE_VERIFY_SSL to the path of a PEM file with CA certificates, or to true.';
  if (pem === undefined) {
    return failWithServerError(`Cannot read the CA certificates in ${path} (verify_ssl in ${origin}).`, hint);
  }

  return isPem(pem)
    ? trustAuthorities(world, {pem, sources: [path]}, origin)
    : failWithServerError(`${path} (verify_ssl in ${origin}) contains no PEM certificate.`, hint);
};

/** The text of a file, or of all files in a folder that contain certificates; `undefined` if it cannot be read. */
const readCertificates = async (world: World, path: string): Promise<string | undefined> => {
  const names = await world.listFolder(path);
  if (names === undefined) {
    return world.readText(path).catch(() => undefined);
  }

  const {join} = getPathModule(world);
  const texts = await Promise.all(names.map(name => world.readText(join(path, name)).catch(() => undefined)));
  // A folder usually contains each certificate under its name and under its hash.
  return [...new Set(texts.filter(text => text !== undefined && isPem(text)))].join('\n');
};

const readBundle = async (world: World, origin: string): Promise<Outcome<Sourced<TlsOptions>>> => {
  const name = bundleVariables.find(each => readVariable(world, each) !== undefined);
  const value = name && readVariable(world, name);
  const folder = name === undefined || name === 'SSL_CERT_FILE' ? await readCertificateFolders(world) : undefined;
  if (name === undefined || value === undefined) {
    return trustAuthorities(world, folder, folder === undefined ? origin : 'SSL_CERT_DIR');
  }

  const path = getPathModule(world).resolve(world.cwd, value);
  const pem = await readCertificates(world, path);
  return pem !== undefined && isPem(pem)
    ? trustAuthorities(world, {pem: joinPem(pem, folder?.pem), sources: [path, ...(folder?.sources ?? [])]}, name)
    : failWithServerError(
        `Cannot read any CA certificate from ${path} (${name}).`,
        `Set ${name} to the path of a PEM file with CA certificates, or unset it.`,
      );
};

/** SSL_CERT_DIR is a list of folders, of which some may not exist. */
const readCertificateFolders = async (world: World): Promise<Authorities | undefined> => {
  const {delimiter, resolve} = getPathModule(world);
  const paths = (readVariable(world, 'SSL_CERT_DIR') ?? '').split(delimiter).filter(Boolean);
  const found = await Promise.all(
    paths.map(async path => ({path, pem: await readCertificates(world, resolve(world.cwd, path))})),
  );
  const usableFolders = found.flatMap(({path, pem}) => (pem !== undefined && isPem(pem) ? [{path, pem}] : []));
  return usableFolders.length === 0
    ? undefined
    : {pem: joinPem(...usableFolders.map(({pem}) => pem)), sources: usableFolders.map(({path}) => path)};
};

const joinPem = (...texts: readonly (string | undefined)[]): string =>
  texts.filter(text => text !== undefined).join('\n');

/** Node ignores NODE_EXTRA_CA_CERTS if other certificates are passed to it, so those that it names are added here. */
const trustAuthorities = async (
  world: World,
  authorities: Authorities | undefined,
  origin: string,
): Promise<Outcome<Sourced<TlsOptions>>> => {
  const extraPath = readVariable(world, 'NODE_EXTRA_CA_CERTS');
  const text = extraPath === undefined ? undefined : await world.readText(extraPath).catch(() => undefined);
  const extra = text !== undefined && isPem(text) ? text : undefined;
  // Several variables often name the same file.
  const caSources = [
    ...new Set([
      ...(authorities?.sources ?? []),
      ...(extraPath === undefined || extra === undefined ? [] : [extraPath]),
    ]),
  ];
  return succeedWith(
    createSourced(origin, {
      isVerified: true,
      ...(authorities === undefined ? {} : {ca: joinPem(authorities.pem, extra)}),
      ...(caSources.length === 0 ? {} : {caSources}),
      ...(world.loadSystemCas === undefined ? {} : {loadSystemCas: world.loadSystemCas}),
    }),
  );
};
