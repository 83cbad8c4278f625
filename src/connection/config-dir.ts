import {pathsOf, variable, type World} from './world.js';

/** The folder that applications keep their settings in, as ZenML's command line library picks it. */
const applicationDir = (world: World): string => {
  const {join} = pathsOf(world);
  switch (world.platform) {
    case 'darwin':
      return join(world.homeDir, 'Library', 'Application Support');
    case 'win32':
      return variable(world, 'APPDATA') ?? world.homeDir;
    default:
      return variable(world, 'XDG_CONFIG_HOME') ?? join(world.homeDir, '.config');
  }
};

/** ZenML's own configuration folder: `ZENML_CONFIG_PATH`, else the platform's. */
export const configDir = (world: World): string => {
  const {join, resolve} = pathsOf(world);
  const chosen = variable(world, 'ZENML_CONFIG_PATH');
  return chosen === undefined ? join(applicationDir(world), 'zenml') : resolve(world.cwd, chosen);
};
