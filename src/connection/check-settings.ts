import {findProxy} from '../api/find-proxy.js';
import type {Configuration} from './configuration.js';
import {findLogin} from './credentials-file.js';
import {createBadFinding, createGoodFinding, type Finding} from './finding.js';
import {readProxyEnvironment} from './open-transport.js';
import type {Outcome} from './problem.js';
import {maskUrl} from './server-url.js';
import type {ConnectionSettings} from './settings.js';
import type {World} from './world.js';

const checkFile = <T>(label: string, path: string, file: Outcome<T>, formatContent: (content: T) => string): Finding =>
  file.ok
    ? createGoodFinding(label, formatContent(file.value), path)
    : createBadFinding(label, file.problem.message, file.problem.hint, path);

/** What was found in ZenML's files: one finding per file. */
export const checkFiles = ({
  configPath,
  isConfigEmpty,
  config,
  credentialsPath,
  credentials,
  credentialsModifiedAt,
  repositoryPath,
  repository,
}: Configuration): readonly Finding[] => [
  checkFile('config', configPath, config, content => (content ? 'read' : isConfigEmpty ? 'empty' : 'not found')),
  credentialsPath === undefined
    ? createGoodFinding('credentials', 'not used: DISABLE_CREDENTIALS_DISK_CACHING is set')
    : checkFile('credentials', credentialsPath, credentials, logins =>
        credentialsModifiedAt === undefined
          ? 'not found'
          : logins.length === 1
            ? '1 server'
            : `${logins.length} servers`,
      ),
  repositoryPath === undefined
    ? createGoodFinding('repository', 'none')
    : checkFile('repository', repositoryPath, repository, content => (content ? 'read' : 'empty or not found')),
];

/** Which certificate authorities are trusted. */
const formatTrust = ({isVerified, caSources = [], loadSystemCas}: ConnectionSettings['tls']['value']): string =>
  isVerified
    ? [
        'CAs built into Node.js',
        ...caSources.map(path => `CAs in ${path}`),
        ...(hasCertificates(loadSystemCas) ? ["the system's CAs"] : []),
      ].join(' + ')
    : 'NOT VERIFIED (the connection can be intercepted)';

/** Whether the operating system's store contains any certificates: in many containers it is empty. */
const hasCertificates = (loadSystemCas: ConnectionSettings['tls']['value']['loadSystemCas']): boolean =>
  (loadSystemCas?.() ?? []).length > 0;

/** The settings that apply, and where each was found if that is known. None of these findings is bad. */
export const checkSettings = (world: World, settings: ConnectionSettings): readonly Finding[] => {
  const proxy = findProxy(settings.serverUrl.value, readProxyEnvironment(world));
  const workspace = findWorkspaceName(settings);
  return [
    createGoodFinding('server', settings.serverUrl.value, settings.serverUrl.origin),
    ...(workspace === undefined ? [] : [createGoodFinding('workspace', workspace)]),
    createGoodFinding('certificates', formatTrust(settings.tls.value), settings.tls.origin),
    createGoodFinding('timeout', `${settings.timeoutMs.value / 1000} s`, settings.timeoutMs.origin),
    createGoodFinding('proxy', proxy === undefined ? 'none' : maskUrl(proxy)),
  ];
};

const findWorkspaceName = ({serverUrl, configuration}: ConnectionSettings): string | undefined =>
  findLogin(configuration.credentials.ok ? configuration.credentials.value : [], serverUrl.value)?.workspaceName;
