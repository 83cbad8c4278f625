import {createServer, type Socket} from 'node:net';

/** A server that accepts connections and never responds. */
export const startSilentServer = async (): Promise<{readonly url: string; readonly close: () => Promise<void>}> => {
  const sockets = new Set<Socket>();
  const server = createServer(socket => {
    sockets.add(socket);
    socket.on('error', () => {});
  });
  await new Promise<void>(settle => server.listen(0, '127.0.0.1', settle));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise(settle => {
        for (const socket of sockets) {
          socket.destroy();
        }

        server.close(() => settle());
      }),
  };
};
