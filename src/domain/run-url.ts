import type {Run} from './run.js';
import type {ServerInfo} from './server.js';
import {encodeUrlPart} from './url-part.js';

type RunLocation = {
  readonly run: Pick<Run, 'id' | 'projectId'>;
  readonly server: ServerInfo | undefined;
  /** Where the server was reached. */
  readonly serverUrl: string;
  readonly projectName: string | undefined;
};

/** Dashboards knew no projects before this minor version. */
const firstMinorWithProjects = 82;

/**
 * The run's page in the dashboard, as ZenML's own client builds it (`zenml.utils.dashboard_utils.get_run_url`): Pro by
 * the project's id, else by its name, at the address that the server tells or else was reached at. `undefined` where a
 * part of it is not known.
 */
export const buildRunUrl = ({run, server, serverUrl, projectName}: RunLocation): string | undefined => {
  if (server?.deploymentType === 'cloud' && server.dashboardUrl !== undefined) {
    const {projectId} = run;
    return (
      projectId &&
      `${removeTrailingSlash(server.dashboardUrl)}/projects/${encodeUrlPart(projectId)}/runs/${encodeUrlPart(run.id)}`
    );
  }

  const base = removeTrailingSlash(server?.serverUrl ?? serverUrl);
  if (server !== undefined && isBeforeProjects(server.version)) {
    return `${base}/runs/${encodeUrlPart(run.id)}`;
  }

  return projectName && `${base}/projects/${encodeUrlPart(projectName)}/runs/${encodeUrlPart(run.id)}`;
};

const removeTrailingSlash = (url: string): string => url.replace(/\/+$/, '');

const isBeforeProjects = (version: string): boolean => {
  const [, minor] = /^0\.(\d+)\./.exec(version) ?? [];
  return minor !== undefined && Number(minor) < firstMinorWithProjects;
};
