import type {Run} from './run.js';
import {isAtLeast, type ServerInfo} from './server.js';
import {encodeUrlPart} from './url-part.js';

type RunLocation = {
  readonly run: Pick<Run, 'id' | 'projectId'>;
  readonly server: ServerInfo | undefined;
  /** The URL that zentop is connected to. */
  readonly serverUrl: string;
  readonly projectName: string | undefined;
};

/** The first version whose dashboard has projects in its URLs. */
const firstVersionWithProjects = '0.82.0';

/**
 * The URL of the run in the dashboard, as in ZenML's own client (`zenml.utils.dashboard_utils.get_run_url`): with the ID of
 * the project in ZenML Pro, otherwise with its name. The base is the server's own URL or, if it has none, the URL of the
 * connection. `undefined` while a part is unknown.
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
  if (!isAtLeast(server, firstVersionWithProjects)) {
    return `${base}/runs/${encodeUrlPart(run.id)}`;
  }

  return projectName && `${base}/projects/${encodeUrlPart(projectName)}/runs/${encodeUrlPart(run.id)}`;
};

const removeTrailingSlash = (url: string): string => url.replace(/\/+$/, '');
