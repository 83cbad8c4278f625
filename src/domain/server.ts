import type {NamedReference, ProjectId} from './ids.js';

/** The response of `GET /info`. */
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
 * Whether the lists of this server support the filter `notoneof:[…]`. Servers without it (observed up to 0.92) compare with
 * the whole text and return an empty page. It is used only from 0.96, where it was observed to work.
 */
export const hasNotOneOfFilter = (server: ServerInfo | undefined): boolean => isAtLeastVersion(server, 96);

/** Whether the server supports the filter `in_progress`. Servers before 0.85 ignore it and return every run. */
export const hasInProgressFilter = (server: ServerInfo | undefined): boolean => isAtLeastVersion(server, 85);

/**
 * Whether `in_progress` of a failed run can be trusted. Servers 0.85 to 0.93.0 never reset it for some failed runs. An unknown
 * server counts as a recent one.
 */
export const hasReliableProgress = (server: ServerInfo | undefined): boolean =>
  server === undefined || isAtLeastVersion(server, 94);

/** Whether the server may have a stream of events (since 0.94.5), which an administrator must enable. */
export const hasEventStream = (server: ServerInfo | undefined): boolean => isAtLeastVersion(server, 95);

/** Whether the server can stop and refresh runs. An unknown server counts as a recent one. */
export const canStopRuns = (server: ServerInfo | undefined): boolean =>
  server === undefined || isAtLeastVersion(server, 84);

/** Whether runs have logs of their own. An unknown server counts as a recent one. */
export const hasRunLogs = (server: ServerInfo | undefined): boolean =>
  server === undefined || isAtLeastVersion(server, 81);

/** Whether runs can wait for answers. An unknown server counts as a recent one. */
export const hasQuestions = (server: ServerInfo | undefined): boolean =>
  server === undefined || isAtLeastVersion(server, 94);

/** Whether its version is at least 0.`minMinor`. */
const isAtLeastVersion = (server: ServerInfo | undefined, minMinor: number): boolean => {
  const [major = 0, minor = 0] = (server?.version ?? '').split('.').map(Number);
  return major > 0 || minor >= minMinor;
};
