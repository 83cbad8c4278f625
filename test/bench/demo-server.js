import {runScript} from '../support/run-script.js';

// Runs in its own process, so that it neither slows down the measured program nor is measured with it.
await runScript(new URL('./demo-server.ts', import.meta.url));
