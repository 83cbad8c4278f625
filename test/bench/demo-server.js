import {runScript} from '../support/run-script.js';

// Runs in its own process, so that it neither slows the measured program down nor counts towards it.
await runScript(new URL('./demo-server.ts', import.meta.url));
