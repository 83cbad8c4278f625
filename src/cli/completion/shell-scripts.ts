export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/**
 * What each shell runs to complete. All of them ask `zentop __complete -- WORDS`, whose last word is the one being typed, and
 * get a candidate per line, with a tab and what it means behind some; or `:files` where the shell knows better.
 */
export const shellScripts: Readonly<Record<Shell, string>> = {
  bash: `# Completion of zentop for bash: source it, or put it where bash-completion looks.
_zentop() {
  local line="\${COMP_LINE:0:COMP_POINT}" current prefix='' breaks candidate meaning
  local -a words=()
  read -ra words <<< "$line"
  if [[ "$line" == *[[:space:]] ]]; then words+=(''); fi
  current="\${words[\${#words[@]}-1]}"
  # Readline replaces only what follows these characters.
  breaks="\${COMP_WORDBREAKS//[^:=]/}"
  if [[ -n "$breaks" ]]; then prefix="\${current%"\${current##*[$breaks]}"}"; fi
  COMPREPLY=()
  while IFS=$'\\t' read -r candidate meaning; do
    if [[ "$candidate" == ':files' ]]; then
      compopt -o default 2>/dev/null
      return
    fi
    COMPREPLY+=("$(printf '%q' "\${candidate#"$prefix"}")")
  done < <(command zentop __complete -- "\${words[@]:1}" 2>/dev/null)
}
complete -F _zentop zentop
`,
  zsh: `#compdef zentop
# Completion of zentop for zsh: source it after compinit, or put it into a folder of $fpath as _zentop.
_zentop() {
  local line
  local -a lines described
  lines=("\${(@f)$(command zentop __complete -- "\${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
  if [[ "\${lines[1]}" == ':files' ]]; then
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
  fish: `# Completion of zentop for fish: source it, or put it into ~/.config/fish/completions.
function __zentop_complete
    set -l words (commandline -opc)
    set -l lines (command zentop __complete -- $words[2..-1] (commandline -ct) 2>/dev/null)
    if test "$lines[1]" = ':files'
        __fish_complete_path (commandline -ct)
        return
    end
    printf '%s\\n' $lines
end
complete -c zentop -f -k -a '(__zentop_complete)'
`,
};
