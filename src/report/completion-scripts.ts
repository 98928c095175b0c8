/** The shells for which there is a completion script. */
export const shells = ['bash', 'zsh', 'fish', 'powershell'] as const;
export type Shell = (typeof shells)[number];

// Each script runs `rupture __complete SHELL WORDS…` to get the candidates for the word at the cursor. It
// passes the words unchanged and never evaluates the answer. After a line `:files` or `:folders`, the shell
// completes paths itself.
const scripts: Readonly<Record<Shell, string>> = {
  // No titles here, because bash may insert whatever it lists into the command line.
  bash: `# rupture completion bash: in ~/.bashrc, source <(rupture completion bash)
_rupture_complete() {
  local line cur="\${COMP_WORDS[COMP_CWORD]}"
  COMPREPLY=()
  [[ $cur == "=" ]] && cur=""
  while IFS= read -r line; do
    case $line in
      :files | :folders)
        local kind=-f path
        [[ $line == :folders ]] && kind=-d
        compopt -o filenames 2>/dev/null
        while IFS= read -r path; do COMPREPLY+=("$path"); done < <(compgen "$kind" -- "$cur")
        ;;
      *) COMPREPLY+=("\${line%%$'\\t'*}") ;;
    esac
  done < <(rupture __complete bash "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _rupture_complete rupture
`,
  zsh: `#compdef rupture
# rupture completion zsh: in ~/.zshrc after compinit, source <(rupture completion zsh); or as the file _rupture in a folder of $fpath
_rupture() {
  local line value
  local -a values shown
  while IFS= read -r line; do
    case $line in
      :files) _files; return ;;
      :folders) _files -/; return ;;
    esac
    value=\${line%%$'\\t'*}
    values+=("$value")
    if [[ $line == *$'\\t'* ]]; then shown+=("\${(r:18:)value}  \${line#*$'\\t'}"); else shown+=("$value"); fi
  done < <(rupture __complete zsh "\${(@)words[2,CURRENT]}" 2>/dev/null)
  (( \${#values} )) && compadd -l -d shown -a values
}
if [[ \${funcstack[1]-} == _rupture ]]; then
  _rupture "$@"
else
  (( $+functions[compdef] )) || { autoload -Uz compinit && compinit; }
  compdef _rupture rupture
fi
`,
  fish: `# rupture completion fish: rupture completion fish > ~/.config/fish/completions/rupture.fish
function __rupture_complete
    set -l words (commandline -opc) (commandline -ct)
    for line in (command rupture __complete fish $words[2..-1] 2>/dev/null)
        switch $line
            case ':files'
                __fish_complete_path (commandline -ct)
            case ':folders'
                __fish_complete_directories (commandline -ct) ''
            case '*'
                printf '%s\\n' $line
        end
    end
end
complete -c rupture -e
complete -c rupture -f -k -a '(__rupture_complete)'
`,
  // Windows PowerShell drops an empty argument, so the script prefixes the word at the cursor with `=`.
  powershell: `# rupture completion powershell: in $PROFILE, rupture completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName rupture -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $words = @($commandAst.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.Extent.Text })
    $words += "=$wordToComplete"
    & rupture __complete powershell @words 2>$null | Where-Object { $_ -notlike ':*' } | ForEach-Object {
        $value, $about = $_ -split "\`t", 2
        if (-not $about) { $about = $value }
        [System.Management.Automation.CompletionResult]::new($value, $value, [System.Management.Automation.CompletionResultType]::ParameterValue, $about)
    }
}
`,
};

/** Returns the completion script for a shell. */
export function completionScript(shell: Shell): string {
  return scripts[shell];
}
