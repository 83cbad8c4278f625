import {getPathModule, readVariable, type World} from './world.js';

/**
 * The `.zen/config.yaml` of the repository we are in: at `ZENML_REPOSITORY_PATH` and nowhere else, otherwise the nearest
 * one upwards from the working directory.
 */
export const findRepositoryConfig = async (world: World): Promise<string | undefined> => {
  const {dirname, join, resolve} = getPathModule(world);
  const name = readVariable(world, 'ZENML_REPOSITORY_DIRECTORY_NAME') ?? '.zen';
  const chosen = readVariable(world, 'ZENML_REPOSITORY_PATH');
  if (chosen !== undefined) {
    return join(resolve(world.cwd, chosen), name, 'config.yaml');
  }

  let folder = world.cwd;
  while ((await world.modifiedAt(join(folder, name))) === undefined) {
    const parent = dirname(folder);
    if (parent === folder) {
      return undefined;
    }

    folder = parent;
  }

  return join(folder, name, 'config.yaml');
};
