import type {Instant} from '../domain/instant.js';
import {type ConfigFile, readConfigFile} from './config-file.js';
import {getConfigFolder} from './config-folder.js';
import {readCredentialsFile, type StoredLogin} from './credentials-file.js';
import {parseBoolean} from './parse-boolean.js';
import {type Outcome, succeedWith} from './problem.js';
import {findRepositoryConfig} from './repository.js';
import {getPathModule, readVariable, type World} from './world.js';

/** The contents of ZenML's own files; a broken one does not hide the others. */
export type Configuration = {
  readonly configPath: string;
  /** Whether `config.yaml` exists, but contains nothing. */
  readonly isConfigEmpty: boolean;
  readonly config: Outcome<ConfigFile | undefined>;
  /** `undefined`: ZenML is configured not to store credentials on disk. */
  readonly credentialsPath: string | undefined;
  readonly credentials: Outcome<readonly StoredLogin[]>;
  /** Modification time of `credentials.yaml` just before it was read. */
  readonly credentialsModifiedAt: Instant | undefined;
  /** `undefined`: the working directory is not inside a ZenML repository. */
  readonly repositoryPath: string | undefined;
  readonly repository: Outcome<ConfigFile | undefined>;
};

const diskSwitchVariable = 'DISABLE_CREDENTIALS_DISK_CACHING';

const readRepository = async (world: World) => {
  const path = await findRepositoryConfig(world);
  const repository: Outcome<ConfigFile | undefined> =
    path === undefined ? succeedWith(undefined) : await readConfigFile(world, path);
  return {path, repository};
};

const readCredentials = async (world: World, path: string | undefined) => {
  const modifiedAt = path === undefined ? undefined : await world.readModifiedAt(path);
  const credentials: Outcome<readonly StoredLogin[]> =
    path === undefined || modifiedAt === undefined ? succeedWith([]) : await readCredentialsFile(world, path);
  return {modifiedAt, credentials};
};

/** Reads `config.yaml`, `credentials.yaml` and the repository's `.zen/config.yaml`. Never fails as a whole. */
export const readConfiguration = async (world: World): Promise<Configuration> => {
  const {join} = getPathModule(world);
  const folder = getConfigFolder(world);
  const configPath = join(folder, 'config.yaml');
  const isOffDisk = parseBoolean(readVariable(world, diskSwitchVariable)) === true;
  const credentialsPath = isOffDisk ? undefined : join(folder, 'credentials.yaml');
  const [config, {credentials, modifiedAt}, {path, repository}] = await Promise.all([
    readConfigFile(world, configPath),
    readCredentials(world, credentialsPath),
    readRepository(world),
  ]);
  return {
    configPath,
    isConfigEmpty: config.ok && config.value === undefined && (await world.readModifiedAt(configPath)) !== undefined,
    config,
    credentialsPath,
    credentials,
    credentialsModifiedAt: modifiedAt,
    repositoryPath: path,
    repository,
  };
};
