import {fork} from 'node:child_process';
import {once} from 'node:events';
import {fileURLToPath} from 'node:url';
import type {DemoRequest} from '../support/demo-server.js';
import {computeQuantile} from '../support/quantile.js';

export type Served = {
  readonly url: string;
  readonly runId: string;
  /** The requests received since an instant, in milliseconds of Unix time. */
  readonly fetchRequestsSince: (instant: number) => Promise<readonly DemoRequest[]>;
  readonly stop: () => Promise<void>;
};

/** Starts a demo server in its own process. With `speed` 0.0001, nothing changes during a measurement. */
export const serve = async (scenario: string, speed = 1): Promise<Served> => {
  const child = fork(fileURLToPath(new URL('./demo-server.js', import.meta.url)), [scenario, String(speed)]);
  const [{url, runId}] = await once(child, 'message');
  return {
    url,
    runId,
    fetchRequestsSince: async instant => {
      child.send(instant);
      const [{requests}] = await once(child, 'message');
      return requests;
    },
    stop: async () => {
      child.kill();
      await once(child, 'exit');
    },
  };
};

/** The time the server takes to send the whole graph of the run, in milliseconds; the median of five requests. */
export const measureDagMs = async (url: string, runId: string): Promise<number> => {
  const times: number[] = [];
  for (let index = 0; index < 5; index++) {
    const from = performance.now();
    const response = await fetch(`${url}/api/v1/runs/${runId}/dag`);
    await response.arrayBuffer();
    times.push(performance.now() - from);
  }

  return computeQuantile(times, 0.5);
};
