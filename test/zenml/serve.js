import {runScript} from '../support/run-script.js';

await runScript(new URL('./serve.ts', import.meta.url));
