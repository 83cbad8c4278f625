import {shells} from '../completion/shell-scripts.js';
import {defineCommand} from './command-definition.js';

export const completionCommand = defineCommand({
  usage: 'completion <shell>',
  describe: 'print a shell completion script',
  examples: [
    ['completion bash > ~/.local/share/bash-completion/completions/zentop', 'for bash, effective in new shells'],
    ['completion zsh > ~/.zfunc/_zentop', 'for zsh, if that directory is in $fpath'],
    ['completion fish > ~/.config/fish/completions/zentop.fish', 'for fish'],
  ],
  positionals: {shell: {choices: shells, demandOption: true, describe: 'shell: bash, zsh or fish'}},
  options: {},
  parse: ({shell}) => ({command: 'completion', shell}),
});
