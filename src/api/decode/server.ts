import {toProjectId} from '../../domain/ids.js';
import type {CurrentUser, Project, ServerInfo} from '../../domain/server.js';
import {decodeEntity, decodeNamed, keepId} from './entity.js';
import {decodeBoolean, decodeRecord, decodeWord, type Wire} from './wire.js';

/** Only `http` and `https`, because the URL is opened, printed and passed to other programs. */
const decodeWebAddress = (value: unknown): string | undefined => {
  const address = decodeWord(value);
  return address !== undefined && /^https?:\/\/[\x21-\x7e]+$/i.test(address) && URL.canParse(address)
    ? address
    : undefined;
};

/** `undefined` for a response without a version, which no ZenML server sends. */
export const decodeServerInfo = (whole: unknown): ServerInfo | undefined => {
  const info = decodeRecord(whole);
  const version = decodeWord(info['version']);
  return version === undefined
    ? undefined
    : {
        version,
        authScheme: decodeWord(info['auth_scheme']),
        deploymentType: decodeWord(info['deployment_type']),
        name: decodeWord(info['name']),
        id: decodeWord(info['id']),
        serverUrl: decodeWebAddress(info['server_url']),
        dashboardUrl: decodeWebAddress(info['dashboard_url']),
      };
};

export const decodeProject = (whole: Wire): Project | undefined => decodeNamed(whole, toProjectId);

export const decodeCurrentUser = (whole: unknown): CurrentUser | undefined => {
  const named = decodeNamed(whole, keepId);
  if (named === undefined) {
    return undefined;
  }

  const {body} = decodeEntity(decodeRecord(whole));
  const project = decodeWord(body['default_project_id']);
  return {
    ...named,
    isServiceAccount: decodeBoolean(body['is_service_account']) ?? false,
    defaultProjectId: project === undefined ? undefined : toProjectId(project),
  };
};
