import type {Connection} from '../../connection/open-connection.js';
import type {Run} from '../../domain/run.js';
import type {Project} from '../../domain/server.js';

/** The project of a run; `undefined` if it cannot be fetched. */
export const fetchRunProject = async (
  {client}: Connection,
  {projectId}: Run,
  signal: AbortSignal,
): Promise<Project | undefined> => {
  const response = projectId && (await client.fetchProject(projectId, signal));
  return response?.ok === true ? response.value : undefined;
};
