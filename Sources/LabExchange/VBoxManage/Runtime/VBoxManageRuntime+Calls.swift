extension VBoxManageRuntime {
  /// How the script calls VBoxManage, and what it remembers of its own work.
  static let calls = #"""
    # --- Calls of VBoxManage -------------------------------------------------------------------

    stop() {
      printf '%s: %s\n' "$LAB" "$1" >&2
      exit 1
    }

    note() { printf '%s: %s\n' "$LAB" "$1" >&2; }

    find_vboxmanage() {
      local name
      if [[ -n ${VBOXMANAGE:-} ]]; then return; fi
      for name in VBoxManage VBoxManage.exe; do
        if command -v "$name" >/dev/null; then
          VBOXMANAGE=$name
          return
        fi
      done
      stop 'VBoxManage is not on PATH; set VBOXMANAGE to where it is'
    }

    # In English, and without this script's input, which may be the script.
    vbox() { env LC_ALL=C.UTF-8 "$VBOXMANAGE" "$@" </dev/null; }

    # Prints what VBoxManage answers, with the line ends of Unix.
    ask() {
      local answer
      answer=$(vbox "$@") || stop "VBoxManage $1 failed"
      printf '%s\n' "${answer//$'\r'/}"
    }

    # Changes something, or says what it would change.
    change() {
      changes=$((changes + 1))
      printf '+ VBoxManage'
      printf ' %q' "$@"
      printf '\n'
      if [[ $dry == yes ]]; then return; fi
      vbox "$@" >/dev/null || stop "VBoxManage refused this: $*"
    }

    check_version() {
      local answer pattern='([0-9]+)\.([0-9]+)\.([0-9]+)'
      answer=$(ask --version)
      if [[ ! $answer =~ $pattern ]]; then stop "VBoxManage says no version, but: $answer"; fi
      version=$((BASH_REMATCH[1] * 1000000 + BASH_REMATCH[2] * 1000 + BASH_REMATCH[3]))
      if ((version < 6001000)); then stop "VirtualBox $answer is too old; this needs 6.1"; fi
    }

    # Lists of everything there is, each asked for once.
    read_lists() {
      vms=$(ask list vms)
      nat_networks=$(ask list --long natnets)
      dhcp_servers=$(ask list dhcpservers)
      host_interfaces=$(ask list hostonlyifs)
      marks=$(ask getextradata global enumerate)
    }

    # Sets REPLY to what stands behind the first colon of a line.
    value_of() {
      REPLY=${1#*:}
      REPLY=${REPLY#"${REPLY%%[! ]*}"}
    }

    # Whether a value that VBoxManage printed, perhaps with backslashes, is a given one.
    same() {
      local plain=${1//\\\"/\"}
      plain=${plain//\\\\/\\}
      [[ $1 == "$2" || $plain == "$2" ]]
    }

    # --- Marks: what this lab made -------------------------------------------------------------

    # Sets REPLY to the value of a key in the answer of getextradata enumerate.
    find_key() {
      local line
      REPLY=
      while IFS= read -r line; do
        if [[ $line == "Key: $2, Value: "* ]]; then
          REPLY=${line#"Key: $2, Value: "}
          return 0
        fi
      done <<<"$1"
      return 1
    }

    mark() { find_key "$marks" "labplan/$LAB/$1"; }

    is_created() { mark "$1" && [[ $REPLY == created* ]]; }

    set_mark() {
      if mark "$1" && [[ $REPLY == "$2" ]]; then return; fi
      change setextradata global "labplan/$LAB/$1" "$2"
      marks="Key: labplan/$LAB/$1, Value: $2"$'\n'$marks
    }

    clear_mark() {
      if mark "$1"; then change setextradata global "labplan/$LAB/$1"; fi
    }
    """#
}
