import {runScript} from '../support/run-script.js';

// A process of its own, so that what the server costs is not counted as the program's, and does not slow it down.
await runScript(new URL('./demo-server.ts', import.meta.url));
