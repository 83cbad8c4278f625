import {shells} from '../completion/shell-scripts.js';
import {defineCommand} from './command-definition.js';

export const completionCommand = defineCommand({
  usage: 'completion <shell>',
  describe: 'print a script that makes the shell complete commands, options, runs, pipelines and steps',
  examples: [
    ['completion bash > ~/.local/share/bash-completion/completions/zentop', 'for bash, from the next shell on'],
    ['completion zsh > ~/.zfunc/_zentop', 'for zsh, with that folder in $fpath'],
    ['completion fish > ~/.config/fish/completions/zentop.fish', 'for fish'],
  ],
  positionals: {shell: {choices: shells, demandOption: true, describe: 'for which shell'}},
  options: {},
  parse: ({shell}) => ({command: 'completion', shell}),
});
