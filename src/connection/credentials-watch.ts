import type {Instant} from '../domain/instant.js';
import {loginFor, readCredentialsFile} from './credentials-file.js';
import {type Identity, identityFor} from './identity.js';
import type {Settings} from './settings.js';
import type {World} from './world.js';

/**
 * Looks at `credentials.yaml` again, for `zenml login` may have run in another window: the identity by what it says
 * now, `undefined` while it has not changed. ZenML rewrites the file in place, so one that makes no sense is looked at
 * again the next time.
 */
export const watchCredentials = (world: World, settings: Settings): (() => Promise<Identity | undefined>) => {
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
    return identityFor(stated, loginFor(logins.value, serverUrl.value), path);
  };
};
