# Completion of stretcher(1) for bash 4.1 and newer. Made by the build.

# Sets flags to those of a command.
_stretcher_flags() {
  flags='@common@'
  case $1 in
@flags@
  esac
}

# Sets by, and words, to what completes the value of a flag of a command. Those of Go have one dash,
# too.
_stretcher_value() {
  local flag=$2
  [[ $flag != -[!-]?* ]] || flag=-$flag
  by='' words=''
  case $1:$flag in
@values@
  esac
}

# The same for its argument.
_stretcher_argument() {
  by='' words=''
  case $1 in
@arguments@
  esac
}

_stretcher() {
  local line=${COMP_LINE:0:COMP_POINT} program=${COMP_WORDS[0]/#\~/$HOME}
  local command='' argument='' pending='' word current value replaced breaks by='' words='' flags='' each i
  local -a given=() store=() found=()
  COMPREPLY=()
  read -ra given <<<"$line"
  [[ $line != *[[:space:]] ]] || given+=('')
  # Variables may stand before the command.
  while ((${#given[@]} > 1)) && [[ ${given[0]} != "${COMP_WORDS[0]}" ]]; do
    given=("${given[@]:1}")
  done

  for ((i = 1; i < ${#given[@]} - 1; i++)); do
    word=${given[i]}
    if [[ -n $pending ]]; then
      word=$pending=$word pending=''
    elif [[ $word == -* && $word != *=* && $word != -- && $word != -n[0-9]* ]]; then
      _stretcher_value "$command" "$word"
      [[ $by == switch ]] || pending=$word
      continue
    fi
    case $word in
      --store=* | --config=* | --state-dir=* | --app=* | --dest=*) store+=("$word") ;;
      -*) ;;
      *)
        if [[ -z $command ]]; then
          command=$word
        else
          argument=$word
        fi
        ;;
    esac
  done

  current=${given[${#given[@]} - 1]}
  value=$current by='' words=''
  if [[ -n $pending ]]; then
    _stretcher_value "$command" "$pending"
  elif [[ $current == -*=* ]]; then
    value=${current#*=}
    _stretcher_value "$command" "${current%%=*}"
  elif [[ $current == -* ]]; then
    _stretcher_flags "$command"
    by=flags words=$flags
  elif [[ -z $command ]]; then
    words='@commands@'
  elif [[ -z $argument ]]; then
    _stretcher_argument "$command"
  fi

  case $by in
    files) return ;;
    directories) compopt +o default -o dirnames && return ;;
    archives)
      compopt +o default -o filenames -o plusdirs
      mapfile -t found < <(for each in .tar.gz .tgz .tar.zst; do compgen -f -X "!*$each" -- "$value"; done)
      ;;
    apps | dests | nodes | places | releases | versions)
      case $by:$argument in
        releases:?*) store+=("--dest=${argument/#\~/$HOME}") ;;
        versions:?*) store+=("--app=$argument") ;;
      esac
      mapfile -t found < <("$program" __choices "$by" ${store[@]+"${store[@]}"} 2>/dev/null </dev/null)
      compopt +o default
      case $by in
        dests) compopt -o filenames -o dirnames ;;
        places) compopt -o nospace ;;
        nodes)
          # Each name goes behind those that are there.
          [[ $value != *,* || ${#found[@]} -eq 0 ]] || found=("${found[@]/#/${value%,*},}")
          ;;
      esac
      ;;
    *)
      read -ra found <<<"$words"
      compopt +o default
      ;;
  esac
  # Only what follows = or : is replaced, unless somebody has changed that.
  breaks=${COMP_WORDBREAKS//[^:=]/} replaced=$current
  [[ -z $breaks ]] || replaced=${current##*[$breaks]}
  for word in ${found[@]+"${found[@]}"}; do
    # Bash does not quote these where they were typed, and would run what is in them.
    [[ $word != *[\$\`]* && $word == "$value"* ]] || continue
    word=${current%"$value"}$word
    COMPREPLY+=("${word#"${current%"$replaced"}"}")
  done
  # What follows is the value.
  [[ ${#COMPREPLY[@]} -ne 1 || ${COMPREPLY[0]} != *= ]] || compopt -o nospace
}

complete -o default -F _stretcher stretcher
