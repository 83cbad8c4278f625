import {startDemoServer} from '../support/demo-server.js';
import {busy} from './busy-scenario.js';

const [scenario = 'training', speed = '1'] = process.argv.slice(2);
const server = await startDemoServer({scenario: scenario === 'busy' ? busy : scenario, speed: Number(speed)});

// The parent process sends an instant and receives the requests made since then.
process.on('message', (since: number) => {
  process.send?.({requests: server.requests.filter(({at}) => at >= since)});
});
process.on('disconnect', () => process.exit());
process.send?.({url: server.url, runId: server.runId});
