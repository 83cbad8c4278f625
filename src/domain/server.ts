import type {Named, ProjectId} from './ids.js';

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

export type Project = Named<ProjectId>;

export type CurrentUser = Named & {
  readonly isServiceAccount: boolean;
  readonly defaultProjectId: ProjectId | undefined;
};
