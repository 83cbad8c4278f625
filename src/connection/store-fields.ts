import * as v from 'valibot';
import {type Found, settingIfAny} from './origin.js';
import {type Secret, secretOf, secretWord} from './secret.js';
import {variable, type World} from './world.js';

/** Whichever of a store's fields are set, each with where. */
export type StoreFields = {
  readonly type: Found<string> | undefined;
  readonly url: Found<string> | undefined;
  readonly verifySsl: Found<string | boolean> | undefined;
  readonly timeoutSeconds: Found<string | number> | undefined;
  readonly apiKey: Found<Secret> | undefined;
  readonly apiToken: Found<Secret> | undefined;
  readonly username: Found<string> | undefined;
  readonly password: Found<Secret> | undefined;
};

const text = v.fallback(v.optional(v.string()), undefined);

/** `store` of config.yaml; what has another type than it should counts as not set. */
export const storeSchema = v.object({
  type: text,
  url: text,
  verify_ssl: v.fallback(v.optional(v.union([v.string(), v.boolean()])), undefined),
  http_timeout: v.fallback(v.optional(v.number()), undefined),
  api_key: text,
  api_token: text,
  username: text,
  password: text,
});

export const fieldsOfFile = (path: string, store: v.InferOutput<typeof storeSchema>): StoreFields => ({
  type: settingIfAny(path, store.type),
  url: settingIfAny(path, store.url),
  verifySsl: settingIfAny(path, store.verify_ssl),
  timeoutSeconds: settingIfAny(path, store.http_timeout),
  apiKey: settingIfAny(path, secretWord(store.api_key)),
  apiToken: settingIfAny(path, secretWord(store.api_token)),
  username: settingIfAny(path, store.username),
  password: settingIfAny(path, secretOf(store.password)),
});

const passwordName = 'ZENML_STORE_PASSWORD';

/** `ZENML_STORE_<FIELD>`. */
export const fieldsOfEnvironment = (world: World): StoreFields => {
  const take = <T>(name: string, read: (word: string) => T | undefined): Found<T> | undefined => {
    const word = variable(world, name);
    return word === undefined ? undefined : settingIfAny(name, read(word));
  };

  const plain = (word: string) => word;
  return {
    type: take('ZENML_STORE_TYPE', plain),
    url: take('ZENML_STORE_URL', plain),
    verifySsl: take('ZENML_STORE_VERIFY_SSL', plain),
    timeoutSeconds: take('ZENML_STORE_HTTP_TIMEOUT', plain),
    apiKey: take('ZENML_STORE_API_KEY', secretWord),
    apiToken: take('ZENML_STORE_API_TOKEN', secretWord),
    username: take('ZENML_STORE_USERNAME', plain),
    // A password may be empty and may end in a space.
    password: settingIfAny(passwordName, secretOf(world.env[passwordName])),
  };
};

export const noStoreFields: StoreFields = {
  type: undefined,
  url: undefined,
  verifySsl: undefined,
  timeoutSeconds: undefined,
  apiKey: undefined,
  apiToken: undefined,
  username: undefined,
  password: undefined,
};

/** The same fields without who we are: another server must not be told. */
export const withoutLogin = (fields: StoreFields): StoreFields => ({
  ...fields,
  apiKey: undefined,
  apiToken: undefined,
  username: undefined,
  password: undefined,
});
