import type {Client} from '../../api/client.js';
import type {Connection} from '../../connection/open-connection.js';
import type {RunId} from '../../domain/ids.js';

/**
 * Requests the graph of the run at once, while the run itself is being fetched. The client of the returned connection returns that
 * response the first time the graph is fetched. The first time the server info is fetched, it returns the one that was fetched when
 * the connection was opened, unless that failed.
 */
export const prefetchGraph = (connection: Connection, runId: RunId): Connection => {
  const {client, serverInfo} = connection;
  const abort = new AbortController();
  let graph: ReturnType<Client['fetchDag']> | undefined = client.fetchDag(runId, abort.signal);
  let info: typeof serverInfo | undefined = serverInfo;
  return {
    ...connection,
    client: {
      ...client,
      fetchDag: (id, signal) => {
        if (graph === undefined || id !== runId) {
          return client.fetchDag(id, signal);
        }

        const first = graph;
        graph = undefined;
        signal.addEventListener('abort', () => abort.abort(), {once: true});
        if (signal.aborted) {
          abort.abort();
        }

        return first;
      },
      fetchServerInfo: async signal => {
        const first = await info;
        info = undefined;
        return first?.ok === true ? first : client.fetchServerInfo(signal);
      },
    },
  };
};
