extension VBoxManageRuntime {
  /// In which order what is done.
  static let order = #"""
    # --- Order ---------------------------------------------------------------------------------

    # Calls what the phase does with a part of the plan; nothing where it does nothing.
    part() {
      local name=${phase}_$1
      shift
      if declare -F "$name" >/dev/null; then "$name" "$@"; fi
    }

    nat_network() { part nat_network "$@"; }
    dhcp_server() { part dhcp_server "$@"; }
    host_only() { part host_only "$@"; }
    host_only_dhcp() { part host_only_dhcp "$@"; }
    host_only_quiet() { part host_only_quiet "$@"; }
    host_only_network() { part host_only_network "$@"; }
    uplink() { part uplink "$@"; }
    network_note() { part network_note "$@"; }
    reserve() { part reserve "$@"; }
    reserve_host_only() { part reserve_host_only "$@"; }
    network_forward() { part network_forward "$@"; }
    network_forwards_end() { part network_forwards_end "$@"; }

    apply_network_note() { set_mark "network/$1" "$2"; }
    remove_network_note() { clear_mark "network/$1"; }

    apply() {
      phase=check
      networks
      phase=apply
      networks
      machines
      reservations
      forwards
    }

    teardown() {
      phase=remove
      reservations
      forwards
      machines
      if [[ $kept_running == yes ]]; then
        note 'networks stay, because a VM runs on them'
        undone=yes
      else
        networks
      fi
    }

    main() {
      local action=${1:-apply}
      changes=0 undone=no dry=no delete_disks=no kept_running=no
      wanted_ids='' wanted_rules='' host_only_names='' uplink_name=''
      case $action-${2:-} in
        apply- | teardown-) ;;
        status-) dry=yes ;;
        teardown---delete-disks) delete_disks=yes ;;
        *)
          printf 'usage: %s [apply | status | teardown [--delete-disks]]\n' "$LAB.sh" >&2
          exit 2
          ;;
      esac
      # Git Bash would take /GROUP for a path.
      export MSYS_NO_PATHCONV=1 MSYS2_ARG_CONV_EXCL='*'
      find_vboxmanage
      check_version
      read_lists
      if [[ $action == teardown ]]; then teardown; else apply; fi
      if ((changes == 0)) && [[ $undone == no ]]; then printf '%s\n' "$LAB: nothing to change"; fi
      if [[ $undone == yes ]] || [[ $dry == yes && $changes -gt 0 ]]; then exit 3; fi
    }
    """#
}
