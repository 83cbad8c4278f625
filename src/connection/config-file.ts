import * as v from 'valibot';
import {type Outcome, succeedWith} from './problem.js';
import {readFileFields, type StoreFields, storeSchema} from './store-fields.js';
import type {World} from './world.js';
import {readYaml} from './yaml-file.js';

/** The contents of a `config.yaml`, the global one or a repository's (which has no store). */
export type ConfigFile = {readonly store: StoreFields | undefined; readonly activeProjectId: string | undefined};

const configSchema = v.object({
  store: v.fallback(v.optional(storeSchema), undefined),
  active_project_id: v.fallback(v.optional(v.string()), undefined),
});

/** `undefined` if the file does not exist or is empty. */
export const readConfigFile = async (world: World, path: string): Promise<Outcome<ConfigFile | undefined>> => {
  const file = await readYaml(world, path);
  if (!file.ok || file.value === undefined) {
    return file.ok ? succeedWith(undefined) : file;
  }

  const {store, active_project_id} = v.parse(configSchema, file.value);
  return succeedWith({store: store && readFileFields(path, store), activeProjectId: active_project_id || undefined});
};
