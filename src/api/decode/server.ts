import * as v from 'valibot';
import {parseProjectId} from '../../domain/ids.js';
import type {CurrentUser, Project, ServerInfo} from '../../domain/server.js';
import {decodeEntity, decodeNamed, keepId} from './entity.js';
import {decodeBoolean, decodeRecord, decodeWord, type Wire} from './wire.js';

const optionalWordSchema = v.fallback(v.optional(v.pipe(v.string(), v.minLength(1))), undefined);

/** It is opened, printed and handed to programs: whoever sends something else than a page of the web tells none. */
const optionalAddressSchema = v.fallback(
  v.optional(
    v.pipe(
      v.string(),
      v.regex(/^https?:\/\/[\x21-\x7e]+$/i),
      v.check(text => URL.canParse(text)),
    ),
  ),
  undefined,
);

const serverInfoSchema = v.object({
  version: v.pipe(v.string(), v.minLength(1)),
  auth_scheme: optionalWordSchema,
  deployment_type: optionalWordSchema,
  name: optionalWordSchema,
  id: optionalWordSchema,
  server_url: optionalAddressSchema,
  dashboard_url: optionalAddressSchema,
});

/** `undefined` for an answer that no ZenML server gives: one without a version. */
export const decodeServerInfo = (whole: unknown): ServerInfo | undefined => {
  const parsed = v.safeParse(serverInfoSchema, whole);
  return parsed.success
    ? {
        version: parsed.output.version,
        authScheme: parsed.output.auth_scheme,
        deploymentType: parsed.output.deployment_type,
        name: parsed.output.name,
        id: parsed.output.id,
        serverUrl: parsed.output.server_url,
        dashboardUrl: parsed.output.dashboard_url,
      }
    : undefined;
};

export const decodeProject = (whole: Wire): Project | undefined => decodeNamed(whole, parseProjectId);

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
    defaultProjectId: project === undefined ? undefined : parseProjectId(project),
  };
};
