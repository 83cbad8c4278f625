import * as v from 'valibot';
import {createSecret, parseSecretWord, type Secret} from './secret.js';
import {createSourcedIfSet, type Sourced} from './sourced.js';
import {readVariable, type World} from './world.js';

/** The fields of a ZenML store that are set, each with its origin. */
export type StoreFields = {
  readonly type: Sourced<string> | undefined;
  readonly url: Sourced<string> | undefined;
  readonly verifySsl: Sourced<string | boolean> | undefined;
  readonly timeoutSeconds: Sourced<string | number> | undefined;
  readonly apiKey: Sourced<Secret> | undefined;
  readonly apiToken: Sourced<Secret> | undefined;
  readonly username: Sourced<string> | undefined;
  readonly password: Sourced<Secret> | undefined;
};

const optionalText = v.fallback(v.optional(v.string()), undefined);

const optionalSwitch = v.fallback(
  v.optional(v.union([v.boolean(), v.string(), v.pipe(v.number(), v.transform(String))])),
  undefined,
);

/**
 * `store` of config.yaml; a field of the wrong type counts as not set. Like ZenML, it also accepts a number in quotes as
 * `http_timeout`, and 0 or 1 as `verify_ssl`.
 */
export const storeSchema = v.object({
  type: optionalText,
  url: optionalText,
  verify_ssl: optionalSwitch,
  http_timeout: v.fallback(v.optional(v.union([v.string(), v.number()])), undefined),
  api_key: optionalText,
  api_token: optionalText,
  username: optionalText,
  password: optionalText,
});

export const readFileFields = (path: string, store: v.InferOutput<typeof storeSchema>): StoreFields => ({
  type: createSourcedIfSet(path, store.type),
  url: createSourcedIfSet(path, store.url),
  verifySsl: createSourcedIfSet(path, store.verify_ssl),
  timeoutSeconds: createSourcedIfSet(path, store.http_timeout),
  apiKey: createSourcedIfSet(path, parseSecretWord(store.api_key)),
  apiToken: createSourcedIfSet(path, parseSecretWord(store.api_token)),
  username: createSourcedIfSet(path, store.username),
  password: createSourcedIfSet(path, createSecret(store.password)),
});

const passwordVariable = 'ZENML_STORE_PASSWORD';

/** Reads the variables `ZENML_STORE_<FIELD>`. */
export const readEnvironmentFields = (world: World): StoreFields => {
  const take = <T>(name: string, read: (word: string) => T | undefined): Sourced<T> | undefined => {
    const word = readVariable(world, name);
    return word === undefined ? undefined : createSourcedIfSet(name, read(word));
  };

  const keepWord = (word: string) => word;
  return {
    type: take('ZENML_STORE_TYPE', keepWord),
    url: take('ZENML_STORE_URL', keepWord),
    verifySsl: take('ZENML_STORE_VERIFY_SSL', keepWord),
    timeoutSeconds: take('ZENML_STORE_HTTP_TIMEOUT', keepWord),
    apiKey: take('ZENML_STORE_API_KEY', parseSecretWord),
    apiToken: take('ZENML_STORE_API_TOKEN', parseSecretWord),
    username: take('ZENML_STORE_USERNAME', keepWord),
    // A password may be empty and may end in a space.
    password: createSourcedIfSet(passwordVariable, createSecret(world.env[passwordVariable])),
  };
};

/** The fields without credentials, which must not be sent to another server. */
export const removeLogin = (fields: StoreFields): StoreFields => ({
  ...fields,
  apiKey: undefined,
  apiToken: undefined,
  username: undefined,
  password: undefined,
});
