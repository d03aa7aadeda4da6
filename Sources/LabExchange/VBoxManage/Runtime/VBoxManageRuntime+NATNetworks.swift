extension VBoxManageRuntime {
  /// NAT networks and their forwards.
  static let natNetworks = #"""
    # --- NAT networks --------------------------------------------------------------------------

    # Sets net_prefix, net_dhcp, net_ipv6, net_prefix6 and net_rules of the NAT network of a name.
    find_nat_network() {
      local line found=no in_rules=no
      net_prefix='' net_dhcp='' net_ipv6='' net_prefix6='' net_rules=''
      while IFS= read -r line; do
        case $line in
          'Name:'* | 'NetworkName:'*)
            if [[ $found == yes ]]; then break; fi
            value_of "$line"
            if [[ $REPLY == "$1" ]]; then found=yes; fi
            ;;
          *) if [[ $found == no ]]; then continue; fi ;;
        esac
        value_of "$line"
        case $line in
          'Network:'*) net_prefix=$REPLY ;;
          'DHCP Server:'* | 'DHCP Enabled:'*) net_dhcp=$REPLY ;;
          'IPv6:'* | 'IPv6 Enabled:'*) net_ipv6=$REPLY ;;
          'IPv6 Prefix:'*) net_prefix6=$REPLY ;;
          'Port-forwarding (ipv4)'*) in_rules=yes ;;
          ' '*)
            if [[ $in_rules == yes ]]; then net_rules+=${line#"${line%%[! ]*}"}$'\n'; fi
            ;;
          *) in_rules=no ;;
        esac
      done <<<"$nat_networks"
      [[ $found == yes ]]
    }

    check_nat_network() {
      local key=$1 name=$2 prefix=$3
      if ! find_nat_network "$name" || is_created "natnetwork/$key"; then return; fi
      if [[ $net_prefix != "$prefix" ]]; then
        stop "NAT network $name has $net_prefix, not $prefix, and is not this lab's"
      fi
    }

    apply_nat_network() {
      local key=$1 name=$2 prefix=$3 dhcp=$4 prefix6=$5
      local arguments=() ipv6=off
      if [[ -n $prefix6 ]]; then ipv6=on; fi
      if ! find_nat_network "$name"; then
        set_mark "natnetwork/$key" created
        arguments=(--netname "$name" --network "$prefix" --enable --dhcp "$dhcp")
        if [[ $ipv6 == on ]]; then arguments+=(--ipv6 on --ipv6-prefix "$prefix6"); fi
        change natnetwork add "${arguments[@]}"
        return
      fi
      if ! is_created "natnetwork/$key"; then return; fi
      if [[ $net_prefix != "$prefix" ]]; then arguments+=(--network "$prefix"); fi
      if [[ $(yes_no "$net_dhcp") != "$dhcp" ]]; then arguments+=(--dhcp "$dhcp"); fi
      if [[ $(yes_no "$net_ipv6") != "$ipv6" ]]; then arguments+=(--ipv6 "$ipv6"); fi
      if [[ $ipv6 == on && $net_prefix6 != "$prefix6" ]]; then
        arguments+=(--ipv6-prefix "$prefix6")
      fi
      if ((${#arguments[@]})); then
        change natnetwork modify --netname "$name" "${arguments[@]}"
      fi
    }

    remove_nat_network() {
      local key=$1 name=$2
      if is_created "natnetwork/$key" && find_nat_network "$name"; then
        change natnetwork remove --netname "$name"
      fi
      clear_mark "natnetwork/$key"
    }

    yes_no() { if [[ $1 == Yes ]]; then printf on; else printf off; fi; }

    # --- Forwards of NAT networks --------------------------------------------------------------

    # network_forward KEY NAME ID RULE: network_forwards_end makes them, once all are known.
    apply_network_forward() {
      wanted_ids+="$3 "
      wanted_rules+=$4$'\n'
    }

    apply_network_forwards_end() {
      local key=$1 name=$2 ids=$wanted_ids rules=$wanted_rules line id
      wanted_ids='' wanted_rules=''
      find_nat_network "$name" || true
      # What is in the way goes first: two rules can have neither one name nor one port of the host.
      while IFS= read -r line; do
        if [[ -z $line || $'\n'$rules == *$'\n'"$line"$'\n'* ]]; then continue; fi
        if is_created "natnetwork/$key" || [[ $'\n'$rules == *$'\n'"${line%%:*}:"* ]]; then
          change natnetwork modify --netname "$name" --port-forward-4 delete "${line%%:*}"
        fi
      done <<<"$net_rules"
      while IFS= read -r line; do
        if [[ -z $line ]]; then continue; fi
        id=${ids%% *} ids=${ids#* }
        if [[ $'\n'$net_rules == *$'\n'"$line"$'\n'* ]]; then continue; fi
        set_mark "forward/$key/$id" created
        change natnetwork modify --netname "$name" --port-forward-4 "$line"
      done <<<"$rules"
    }

    remove_network_forward() {
      local key=$1 name=$2 id=$3 rule=$4
      if ! mark "forward/$key/$id"; then return; fi
      if ! is_created "natnetwork/$key" && find_nat_network "$name"; then
        if [[ $'\n'$net_rules == *$'\n'"$rule"$'\n'* ]]; then
          change natnetwork modify --netname "$name" --port-forward-4 delete "${rule%%:*}"
        fi
      fi
      clear_mark "forward/$key/$id"
    }
    """#
}
