import {getPathModule, readVariable, type World} from './world.js';

/**
 * The path of `config.yaml` in the folder `.zen` (or `ZENML_REPOSITORY_DIRECTORY_NAME`) of the ZenML repository: in
 * `ZENML_REPOSITORY_PATH` if that is set, otherwise in the working directory or its nearest ancestor that has such a folder.
 */
export const findRepositoryConfig = async (world: World): Promise<string | undefined> => {
  const {dirname, join, resolve} = getPathModule(world);
  const name = readVariable(world, 'ZENML_REPOSITORY_DIRECTORY_NAME') ?? '.zen';
  const chosen = readVariable(world, 'ZENML_REPOSITORY_PATH');
  if (chosen !== undefined) {
    return join(resolve(world.cwd, chosen), name, 'config.yaml');
  }

  let folder = world.cwd;
  while ((await world.readModifiedAt(join(folder, name))) === undefined) {
    const parent = dirname(folder);
    if (parent === folder) {
      return undefined;
    }

    folder = parent;
  }

  return join(folder, name, 'config.yaml');
};
