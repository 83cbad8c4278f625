import {runScript} from '../support/run-script.js';

await runScript(new URL('./picture.ts', import.meta.url));
