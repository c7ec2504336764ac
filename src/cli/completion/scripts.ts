/** Scripts that have a shell ask `compass complete` what may stand at the cursor. */

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

const SCRIPTS: Readonly<Record<Shell, (bin: string) => string>> = {
  bash: (bin) => `_${bin}_complete() {
  local word
  COMPREPLY=()
  while IFS= read -r word; do
    COMPREPLY+=("$(printf '%q' "$word")")
  done < <(${bin} complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _${bin}_complete ${bin}
`,
  zsh: (bin) => `#compdef ${bin}
_${bin}_complete() {
  local -a found
  found=("\${(@f)$(${bin} complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  [[ -n "$found" ]] && compadd -a found
}
compdef _${bin}_complete ${bin}
`,
  fish: (bin) => `function __${bin}_complete
  set -l words (commandline -opc) (commandline -ct)
  ${bin} complete -- $words[2..-1] 2>/dev/null
end
complete -c ${bin} -f -a '(__${bin}_complete)'
`,
};

export const scriptFor = (shell: Shell, bin: string): string => SCRIPTS[shell](bin);
