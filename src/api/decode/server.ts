import * as v from 'valibot';
import {pipelineId, projectId} from '../../domain/ids.js';
import type {CurrentUser, Project, ServerInfo} from '../../domain/server.js';
import {entityOf, namedOf, plainId} from './entity.js';
import {record, type Wire, word, yesOrNo} from './wire.js';

const optionalWord = v.fallback(v.optional(v.pipe(v.string(), v.minLength(1))), undefined);

/** It is opened, printed and handed to programs: whoever sends something else than a page of the web tells none. */
const optionalAddress = v.fallback(
  v.optional(
    v.pipe(
      v.string(),
      v.regex(/^https?:\/\/[\x21-\x7e]+$/i),
      v.check(text => URL.canParse(text)),
    ),
  ),
  undefined,
);

const info = v.object({
  version: v.pipe(v.string(), v.minLength(1)),
  auth_scheme: optionalWord,
  deployment_type: optionalWord,
  name: optionalWord,
  id: optionalWord,
  server_url: optionalAddress,
  dashboard_url: optionalAddress,
});

/** `undefined` for an answer that no ZenML server gives: one without a version. */
export const serverInfoOf = (whole: unknown): ServerInfo | undefined => {
  const parsed = v.safeParse(info, whole);
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

export const projectOf = (whole: Wire): Project | undefined => namedOf(whole, projectId);

export const pipelineOf = (whole: Wire) => namedOf(whole, pipelineId);

export const currentUserOf = (whole: unknown): CurrentUser | undefined => {
  const named = namedOf(whole, plainId);
  if (named === undefined) {
    return undefined;
  }

  const {body} = entityOf(record(whole));
  const project = word(body['default_project_id']);
  return {
    ...named,
    isServiceAccount: yesOrNo(body['is_service_account']) ?? false,
    defaultProjectId: project === undefined ? undefined : projectId(project),
  };
};
