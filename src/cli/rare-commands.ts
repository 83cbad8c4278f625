// Commands that are run rarely are loaded together: each further `import()` makes the bundler split shared code into more files.
export {replayRun} from './commands/replay-run.js';
export {runDemo} from './commands/run-demo.js';
export {printCompletion} from './completion/print-completion.js';
export {runCompletionCommand} from './completion/run-completion-command.js';
