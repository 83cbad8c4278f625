import {getPathModule, readVariable, type World} from './world.js';

/** The directory for application settings, as ZenML's command-line library (Click) chooses it. */
const getApplicationFolder = (world: World): string => {
  const {join} = getPathModule(world);
  switch (world.platform) {
    case 'darwin':
      return join(world.homeFolder, 'Library', 'Application Support');
    case 'win32':
      return readVariable(world, 'APPDATA') ?? world.homeFolder;
    default:
      return readVariable(world, 'XDG_CONFIG_HOME') ?? join(world.homeFolder, '.config');
  }
};

/** ZenML's own configuration directory: `ZENML_CONFIG_PATH`, else the platform's. */
export const getConfigFolder = (world: World): string => {
  const {join, resolve} = getPathModule(world);
  const chosen = readVariable(world, 'ZENML_CONFIG_PATH');
  return chosen === undefined ? join(getApplicationFolder(world), 'zenml') : resolve(world.cwd, chosen);
};
