# bash completion of turnusctl. All that can be completed is said by `turnusctl complete`, from the
# same table by which commands and options are read, and from the charter that the line names.
_turnusctl() {
  local candidate cur=${COMP_WORDS[COMP_CWORD]}
  local -a program
  # Who has an alias with --config in it is answered from those settings.
  read -ra program <<<"${BASH_ALIASES[${COMP_WORDS[0]}]-}"
  [ ${#program[@]} -gt 0 ] || program=("${COMP_WORDS[0]}")
  [ "$cur" = = ] && cur=
  COMPREPLY=()
  while IFS=$'\t' read -r candidate _; do
    case $candidate in
      :files)
        compopt -o filenames
        while read -r candidate; do COMPREPLY+=("$candidate"); done < <(compgen -f -- "$cur")
        ;;
      :folders)
        compopt -o filenames
        while read -r candidate; do COMPREPLY+=("$candidate"); done < <(compgen -d -- "$cur")
        ;;
      *) COMPREPLY+=("$candidate") ;;
    esac
  done < <("${program[0]//\'/}" complete -- "${program[@]:1}" "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _turnusctl turnusctl
