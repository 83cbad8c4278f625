import type {Run} from '../domain/run.js';
import type {ServerInfo} from '../domain/server.js';
import {urlPart} from './url-part.js';

type Place = {
  readonly run: Pick<Run, 'id' | 'projectId'>;
  readonly server: ServerInfo | undefined;
  /** Where the server was reached. */
  readonly serverUrl: string;
  readonly projectName: string | undefined;
};

/** Dashboards knew no projects before this minor version. */
const firstWithProjects = 82;

/**
 * The run's page in the dashboard, as ZenML's own client builds it (`zenml.utils.dashboard_utils.get_run_url`): Pro by
 * the project's id, else by its name, at the address that the server tells or else was reached at. `undefined` where a
 * part of it is not known.
 */
export const runUrl = ({run, server, serverUrl, projectName}: Place): string | undefined => {
  if (server?.deploymentType === 'cloud' && server.dashboardUrl !== undefined) {
    const {projectId} = run;
    return projectId && `${withoutSlash(server.dashboardUrl)}/projects/${urlPart(projectId)}/runs/${urlPart(run.id)}`;
  }

  const base = withoutSlash(server?.serverUrl ?? serverUrl);
  if (server !== undefined && isBeforeProjects(server.version)) {
    return `${base}/runs/${urlPart(run.id)}`;
  }

  return projectName && `${base}/projects/${urlPart(projectName)}/runs/${urlPart(run.id)}`;
};

const withoutSlash = (url: string): string => url.replace(/\/+$/, '');

const isBeforeProjects = (version: string): boolean => {
  const [, minor] = /^0\.(\d+)\./.exec(version) ?? [];
  return minor !== undefined && Number(minor) < firstWithProjects;
};
