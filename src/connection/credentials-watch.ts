import type {Instant} from '../domain/instant.js';
import {findLogin, readCredentialsFile} from './credentials-file.js';
import {type Identity, mergeIdentity} from './identity.js';
import type {ConnectionSettings} from './settings.js';
import type {World} from './world.js';

/**
 * Looks at `credentials.yaml` again, for `zenml login` may have run in another window: the identity by what it says
 * now, `undefined` while it has not changed. ZenML rewrites the file in place, so one that makes no sense is looked at
 * again the next time.
 */
export const watchCredentials = (world: World, settings: ConnectionSettings): (() => Promise<Identity | undefined>) => {
  const {stated, serverUrl, configuration} = settings;
  const path = configuration.credentialsPath;
  let seenAt: Instant | undefined = configuration.credentialsModifiedAt;

  return async () => {
    if (path === undefined) {
      return undefined;
    }

    const modifiedAt = await world.modifiedAt(path);
    if (modifiedAt === undefined || modifiedAt === seenAt) {
      return undefined;
    }

    const logins = await readCredentialsFile(world, path);
    if (!logins.ok) {
      return undefined;
    }

    seenAt = modifiedAt;
    return mergeIdentity(stated, findLogin(logins.value, serverUrl.value), path);
  };
};
