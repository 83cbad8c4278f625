import type {NamedReference, ProjectId} from './ids.js';

/** `GET /info`. */
export type ServerInfo = {
  readonly version: string;
  readonly authScheme: string | undefined;
  readonly deploymentType: string | undefined;
  readonly name: string | undefined;
  readonly id: string | undefined;
  readonly serverUrl: string | undefined;
  readonly dashboardUrl: string | undefined;
};

export type Project = NamedReference<ProjectId>;

export type CurrentUser = NamedReference & {
  readonly isServiceAccount: boolean;
  readonly defaultProjectId: ProjectId | undefined;
};

/**
 * Whether lists of this server take the filter `notoneof:[…]`. One that does not know it (seen up to 0.92) compares with
 * the whole text and answers with an empty page, so it is not used before 0.96, where it was seen at work.
 */
export const hasNotOneOfFilter = (server: ServerInfo | undefined): boolean => isAtLeastVersion(server, 96);

/** Whether lists of runs of this server take the filter `in_progress`; one before 0.85 ignores it and answers with every run. */
export const hasInProgressFilter = (server: ServerInfo | undefined): boolean => isAtLeastVersion(server, 85);

/** Whether it is of version 0.`minor` or later. */
const isAtLeastVersion = (server: ServerInfo | undefined, wanted: number): boolean => {
  const [major = 0, minor = 0] = (server?.version ?? '').split('.').map(Number);
  return major > 0 || minor >= wanted;
};
