import {defineCommand} from './command-definition.js';
import {type Shell, shells} from './invocation.js';

export const completionCommand = defineCommand({
  usage: 'completion [shell]',
  describe: 'print or install a shell completion script',
  examples: [
    ['completion --install', 'for the shell in $SHELL, effective in new shells'],
    ['completion fish --uninstall', 'remove the script'],
    ['completion bash > FILE', 'print the script'],
  ],
  positionals: {shell: {choices: shells, describe: 'shell: bash, zsh or fish (default: the one in $SHELL)'}},
  options: {
    install: {type: 'boolean', default: false, describe: 'write the script to where the shell looks for it'},
    uninstall: {type: 'boolean', default: false, describe: 'remove the script that --install wrote'},
  },
  parse: ({shell, install, uninstall}) => {
    if (install && uninstall) {
      throw new Error('--install and --uninstall cannot be combined');
    }

    return {command: 'completion', shell, action: install ? 'install' : uninstall ? 'uninstall' : 'print'};
  },
});

/**
 * The completion scripts. They run `zentop __complete -- WORDS`, whose last word is the one being typed. It prints one
 * candidate per line, some followed by a tab and a description, or `:files` if the shell should complete file names. Bash
 * inserts candidates as they are, so it passes the whole line and gets quoted candidates. No script evaluates a candidate.
 */
export const shellScripts: Readonly<Record<Shell, string>> = {
  bash: `# Bash completion for zentop: source this file, or put it where bash-completion finds it.
_zentop() {
  local word
  COMPREPLY=()
  while IFS= read -r word; do
    if [[ "$word" == ':files' ]]; then
      compopt -o default 2>/dev/null
      return
    fi
    COMPREPLY+=("$word")
  done < <(command zentop __complete --bash "\${COMP_LINE:0:COMP_POINT}" "$COMP_WORDBREAKS" 2>/dev/null)
}
complete -o nosort -F _zentop zentop 2>/dev/null || complete -F _zentop zentop
`,
  zsh: `#compdef zentop
# Zsh completion for zentop: source this file after compinit, or put it into a directory of $fpath as _zentop.
_zentop() {
  local line
  local -a lines described
  lines=("\${(@f)$(command zentop __complete -- "\${(@Q)words[2,CURRENT-1]}" "\${(Q)PREFIX}" 2>/dev/null)}")
  if [[ "\${lines[1]}" == ':files' ]]; then
    if [[ "$PREFIX" == --*=* ]]; then compset -P '*='; fi
    _files
    return
  fi
  for line in $lines; do
    if [[ "$line" == *$'\\t'* ]]; then
      described+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
    else
      described+=("\${line//:/\\\\:}")
    fi
  done
  _describe -V 'zentop' described
}
if [[ "\${funcstack[1]}" == '_zentop' ]]; then
  _zentop "$@"
else
  compdef _zentop zentop
fi
`,
  fish: `# Fish completion for zentop: source this file, or put it into ~/.config/fish/completions.
function __zentop_complete
    set -l words (commandline -opc)
    set -l typed (commandline -ct)
    set -l current (string unescape -- $typed 2>/dev/null)
    or set current (string trim --left --chars '"\\'' -- $typed)
    set -l lines (command zentop __complete -- $words[2..-1] "$current" 2>/dev/null)
    if test "$lines[1]" = ':files'
        set -l option (string match --regex '^--[^=]*=' -- $current)
        for path in (__fish_complete_path (string replace --regex '^--[^=]*=' '' -- $current))
            printf '%s%s\\n' "$option" $path
        end
        return
    end
    printf '%s\\n' $lines
end
complete -c zentop -f -k -a '(__zentop_complete)'
`,
};
