extension VBoxManageRuntime {
  /// DHCP servers and reservations.
  static let dhcpServers = #"""
    # --- DHCP servers --------------------------------------------------------------------------

    # Sets dhcp_address to dhcp_clients to what is known of the server of a network.
    find_dhcp_server() {
      local line found=no section=global
      dhcp_address='' dhcp_first='' dhcp_last='' dhcp_mask='' dhcp_enabled=''
      dhcp_router=none dhcp_clients=''
      while IFS= read -r line; do
        value_of "$line"
        case $line in
          'NetworkName:'*)
            if [[ $found == yes ]]; then break; fi
            if [[ $REPLY == "$1" ]]; then found=yes; fi
            continue
            ;;
          *) if [[ $found == no ]]; then continue; fi ;;
        esac
        case $line in
          'Dhcpd IP:'*) dhcp_address=$REPLY ;;
          'LowerIPAddress:'*) dhcp_first=$REPLY ;;
          'UpperIPAddress:'*) dhcp_last=$REPLY ;;
          'NetworkMask:'*) dhcp_mask=$REPLY ;;
          'Enabled:'*) dhcp_enabled=$REPLY ;;
          'Group'*':'*) if [[ $line != 'Groups:'* ]]; then section=other; fi ;;
          'Individual Config'*) section=clients ;;
        esac
        if [[ $section == clients ]]; then dhcp_clients+=$line$'\n'; fi
        if [[ $section == global && $line == *' 3/legacy: '* ]]; then
          dhcp_router=${line#*3/legacy: }
        fi
      done <<<"$dhcp_servers"
      [[ $found == yes ]]
    }

    # Whether the server that was found is as planned.
    is_dhcp_as_planned() {
      local server=$1 mask=$2 first=$3 last=$4 router=$5
      [[ $dhcp_enabled == Yes && $dhcp_address == "$server" && $dhcp_mask == "$mask" ]] || return 1
      [[ $dhcp_first == "$first" && $dhcp_last == "$last" ]] || return 1
      [[ $router == any || $dhcp_router == "$router" ]]
    }

    # dhcp_server KEY NETWORK OWNER SERVER MASK FIRST LAST ROUTER: OWNER is the mark of the network.
    check_dhcp_server() {
      local key=$1 network=$2 owner=$3
      if is_created "dhcp/$key" || ! find_dhcp_server "$network"; then return; fi
      shift 3
      if is_dhcp_as_planned "$@"; then return; fi
      # The server of a network that was there before is left as it is.
      if [[ -n $owner ]] && find_nat_network "$network" && ! is_created "$owner"; then return; fi
      stop "network $network has a DHCP server that is not this lab's and serves other addresses;\
     VBoxManage dhcpserver remove --network='$network' removes it"
    }

    apply_dhcp_server() { serve_dhcp "$1" "$2" "--network=$2" "${@:4}"; }

    # serve_dhcp KEY NETWORK OPTION SERVER MASK FIRST LAST ROUTER
    serve_dhcp() {
      local key=$1 network=$2 which=$3 server=$4 mask=$5 first=$6 last=$7 router=$8
      local settings=(
        "$which" --server-ip="$server" --netmask="$mask" --lower-ip="$first" --upper-ip="$last"
        --enable
      )
      case $router in any | none) ;; *) settings+=(--set-opt=3 "$router") ;; esac
      if ! find_dhcp_server "$network"; then
        set_mark "dhcp/$key" created
        change dhcpserver add "${settings[@]}"
        return
      fi
      if is_dhcp_as_planned "${@:4}"; then return; fi
      if ! is_created "dhcp/$key"; then
        note "the DHCP server of $network was there before and serves $dhcp_first to $dhcp_last,\
     not as planned; it is left as it is"
        return
      fi
      if [[ $router == none && $dhcp_router != none ]]; then settings+=(--unset-opt=3); fi
      change dhcpserver modify "${settings[@]}"
    }

    remove_dhcp_server() { stop_dhcp "$1" "$2" "--network=$2"; }

    # The server of a NAT network or an interface outlives what it serves.
    stop_dhcp() {
      local key=$1 network=$2 which=$3
      if is_created "dhcp/$key" && find_dhcp_server "$network"; then
        change dhcpserver remove "$which"
      fi
      clear_mark "dhcp/$key"
    }

    # --- Reservations --------------------------------------------------------------------------

    # reserve VM SLOT MAC NETWORK ADDRESS
    apply_reserve() { reserve_at "$1" "$2" "$3" "$4" "--network=$4" "$5"; }

    reserve_at() {
      local name=$1 slot=$2 mac=$3 network=$4 which=$5 address=$6
      find_vm "$name" || true
      if find_dhcp_server "$network" && is_reserved "$vm_uuid" "$mac" "$address"; then return; fi
      change dhcpserver modify "$which" --vm="$name" --nic="$slot" --fixed-address="$address"
    }

    # Whether the server that was found pins an address to an adapter. VBoxManage counts slots from
    # 0 here and from 1 elsewhere, so the hardware address decides where it is printed.
    is_reserved() {
      local uuid=$1 mac=$2 address=$3 line client=no found=1
      if [[ -z $uuid ]]; then return 1; fi
      shopt -s nocasematch
      while IFS= read -r line; do
        case $line in
          'Individual Config'*)
            client=no
            if [[ $line == *"$uuid"* ]]; then
              line=${line//:/}
              if [[ $line != *', MAC '* || $line == *"MAC $mac"* ]]; then client=yes; fi
            fi
            ;;
          *'Fixed Address:'*)
            if [[ $client == yes && ${line##* } == "$address" ]]; then found=0; fi
            ;;
        esac
      done <<<"$dhcp_clients"
      shopt -u nocasematch
      return "$found"
    }

    remove_reserve() { release_at "$1" "$2" "$3" "$4" "--network=$4" "$5" "$6"; }

    # A server of this lab goes as a whole; another one gives the address back.
    release_at() {
      local name=$1 slot=$2 mac=$3 network=$4 which=$5 address=$6 key=$7
      if is_created "dhcp/$key" || ! find_vm "$name"; then return; fi
      if find_dhcp_server "$network" && is_reserved "$vm_uuid" "$mac" "$address"; then
        change dhcpserver modify "$which" --vm="$vm_uuid" --nic="$slot" --remove-config
      fi
    }
    """#
}
