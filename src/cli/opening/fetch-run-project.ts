import type {Connection} from '../../connection/open-connection.js';
import type {Run} from '../../domain/run.js';
import type {Project} from '../../domain/server.js';

/** The project that a run belongs to; `undefined` where the server does not tell its name. */
export const fetchRunProject = async (
  {client}: Connection,
  {projectId}: Run,
  signal: AbortSignal,
): Promise<Project | undefined> => {
  const answer = projectId && (await client.fetchProject(projectId, signal));
  return answer?.ok === true ? answer.value : undefined;
};
