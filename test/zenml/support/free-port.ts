import {randomInt} from 'node:crypto';
import {createServer} from 'node:net';

/**
 * Finds a port on loopback that nothing listens on. It is below those that the system assigns by itself, so that no connection takes it
 * before it is used, and random, so that tests that run at the same time do not find the same one.
 */
export const findFreePort = async (): Promise<number> => {
  for (;;) {
    const port = randomInt(10_000, 30_000);
    if (await isFree(port)) {
      return port;
    }
  }
};

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const probe = createServer().once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
    );
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
