import {runScript} from '../support/run-script.js';

await runScript(new URL('./run.ts', import.meta.url));
