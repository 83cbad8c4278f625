import type {Instant} from '../domain/instant.js';
import {readCredentialsFile} from './credentials-file.js';
import {type Identity, mergeIdentity} from './identity.js';
import type {ConnectionSettings} from './settings.js';
import type {World} from './world.js';

/**
 * Returns a function that checks `credentials.yaml` again, since `zenml login` may have run in another window: it returns
 * the current identity, or `undefined` if the file has not changed. ZenML rewrites the file in place, so a file that
 * cannot be parsed is read again the next time.
 */
export const watchCredentials = (world: World, settings: ConnectionSettings): (() => Promise<Identity | undefined>) => {
  const {explicitIdentity, serverUrl, configuration} = settings;
  const path = configuration.credentialsPath;
  let seenAt: Instant | undefined = configuration.credentialsModifiedAt;

  return async () => {
    if (path === undefined) {
      return undefined;
    }

    const modifiedAt = await world.readModifiedAt(path);
    if (modifiedAt === undefined || modifiedAt === seenAt) {
      return undefined;
    }

    const logins = await readCredentialsFile(world, path);
    if (!logins.ok) {
      return undefined;
    }

    seenAt = modifiedAt;
    return mergeIdentity(explicitIdentity, logins.value, {serverUrl: serverUrl.value, credentialsPath: path});
  };
};
