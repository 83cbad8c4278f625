import {getPathModule, readVariable, type World} from './world.js';

/** The directory for application settings, as ZenML's command-line library (Click) chooses it. */
const getApplicationDir = (world: World): string => {
  const {join} = getPathModule(world);
  switch (world.platform) {
    case 'darwin':
      return join(world.homeDir, 'Library', 'Application Support');
    case 'win32':
      return readVariable(world, 'APPDATA') ?? world.homeDir;
    default:
      return readVariable(world, 'XDG_CONFIG_HOME') ?? join(world.homeDir, '.config');
  }
};

/** ZenML's own configuration directory: `ZENML_CONFIG_PATH`, else the platform's. */
export const getConfigDir = (world: World): string => {
  const {join, resolve} = getPathModule(world);
  const chosen = readVariable(world, 'ZENML_CONFIG_PATH');
  return chosen === undefined ? join(getApplicationDir(world), 'zenml') : resolve(world.cwd, chosen);
};
