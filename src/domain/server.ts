import type {NamedEntity, ProjectId} from './ids.js';

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

export type Project = NamedEntity<ProjectId>;

export type CurrentUser = NamedEntity & {
  readonly isServiceAccount: boolean;
  readonly defaultProjectId: ProjectId | undefined;
};

/**
 * Whether the lists of this server support the filter `notoneof:[…]`. Servers without it (observed up to 0.92) treat
 * this text as a literal value and return an empty page. It is used only from 0.96, where it was observed to work.
 */
export const hasNotOneOfFilter = (server: ServerInfo | undefined): boolean => isKnownAtLeast(server, '0.96.0');

/** Whether the server supports the filter `in_progress`. Servers before 0.85 ignore it and return every run. */
export const hasInProgressFilter = (server: ServerInfo | undefined): boolean => isKnownAtLeast(server, '0.85.0');

/**
 * Whether `in_progress` of a failed run can be trusted. Servers from 0.85 to 0.93.0 never reset it if other steps were running when the
 * run failed; those from 0.93.1 on do when the last step ends. An unknown server counts as a recent one.
 */
export const hasReliableProgress = (server: ServerInfo | undefined): boolean => isAtLeast(server, '0.93.1');

/** Whether the server may have an event stream, which an administrator must enable. */
export const hasEventStream = (server: ServerInfo | undefined): boolean => isKnownAtLeast(server, '0.94.5');

/** Whether runs have logs of their own. An unknown server counts as a recent one. */
export const hasRunLogs = (server: ServerInfo | undefined): boolean => isAtLeast(server, '0.81.0');

/** Whether runs can wait for answers. An unknown server counts as a recent one. */
export const hasQuestions = (server: ServerInfo | undefined): boolean => isAtLeast(server, '0.94.1');

const isKnownAtLeast = (server: ServerInfo | undefined, version: string): boolean =>
  server !== undefined && parseVersion(server.version) !== undefined && isAtLeast(server, version);

/**
 * Whether the version of the server is at least this one. An unknown server, or one whose version is not a number, counts as
 * a recent one.
 */
export const isAtLeast = (server: Pick<ServerInfo, 'version'> | undefined, version: string): boolean => {
  const actual = server && parseVersion(server.version);
  const least = parseVersion(version);
  if (actual === undefined || least === undefined) {
    return true;
  }

  const firstDifference = least.findIndex((part, index) => part !== actual[index]);
  return firstDifference === -1 || (actual[firstDifference] ?? 0) > (least[firstDifference] ?? 0);
};

/**
 * Major, minor and patch. A suffix such as `rc1` or `.dev20260901` is ignored, so that a pre-release counts as the release it leads
 * to.
 */
const parseVersion = (text: string): readonly number[] | undefined => {
  const match = /^v?(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
  return match === null ? undefined : [1, 2, 3].map(group => Number(match[group] ?? 0));
};
