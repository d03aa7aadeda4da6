extension VBoxManageRuntime {
  /// Host-only interfaces, host-only networks of macOS, and uplinks.
  static let hostOnly = #"""
    # --- Host-only networks --------------------------------------------------------------------

    # Sets if_name, if_address, if_mask, if_address6 and if_length6 of the first interface of which
    # a field has a value.
    find_interface() {
      local line value found=no
      if_name='' if_address='' if_mask='' if_address6='' if_length6=''
      while IFS= read -r line; do
        value_of "$line"
        value=$REPLY
        if [[ $line == 'Name:'* ]]; then
          if [[ $found == yes ]]; then break; fi
          if_name=$value if_address='' if_mask='' if_address6='' if_length6=''
        fi
        case $line in
          'IPAddress:'*) if_address=$value ;;
          'NetworkMask:'*) if_mask=$value ;;
          'IPV6Address:'*) if_address6=$value ;;
          'IPV6NetworkMaskPrefixLength:'*) if_length6=$value ;;
        esac
        if [[ $line == "$1:"* && $value == "$2" ]]; then found=yes; fi
      done <<<"$host_interfaces"
      [[ $found == yes ]]
    }

    # Sets if_name to the interface of a host-only network, and if_owner to created or adopted.
    locate_host_only() {
      local key=$1 address=$2 recorded
      if mark "hostonly/$key"; then
        recorded=$REPLY
        if [[ $recorded == 'created '* ]]; then
          if_owner=created
          if find_interface Name "${recorded#created }"; then return 0; fi
        elif find_interface Name "$recorded" && [[ $if_address == "$address" ]]; then
          if_owner=adopted
          return 0
        fi
      fi
      if_owner=adopted
      find_interface IPAddress "$address"
    }

    check_host_only() {
      local key=$1 address=$2 mask=$3 length=$4
      if ((version >= 7000000)) && [[ $(uname -s) == Darwin ]]; then
        stop 'VirtualBox on macOS has no host-only interfaces; set host.os of the lab to macos'
      fi
      if locate_host_only "$key" "$address" && [[ $if_address == "$address" ]]; then
        if [[ $if_mask == "$mask" || $if_owner == created ]]; then return; fi
        stop "$if_name has $address with mask $if_mask, not $mask, and is not this lab's"
      fi
      check_range "$address" "$length"
    }

    # VirtualBox gives host-only interfaces what networks.conf allows (6.1.28 and later).
    check_range() {
      local file=${VBOX_NETWORKS_CONF:-/etc/vbox/networks.conf} star rest range words ranges=()
      case $VBOXMANAGE in *.exe) return ;; esac
      case $(uname -s) in Linux | Darwin | SunOS) ;; *) return ;; esac
      if ((version < 6001028)); then return; fi
      if [[ ! -e $file ]]; then
        ranges=(192.168.56.0/21)
      else
        while read -r star rest || [[ -n $star ]]; do
          if [[ $star != '*' ]]; then continue; fi
          read -r -a words <<<"$rest"
          ranges+=(${words[@]+"${words[@]}"})
        done <"$file"
      fi
      for range in ${ranges[@]+"${ranges[@]}"}; do
        if [[ $range != *:* ]] && is_inside "$1" "$2" "$range"; then return; fi
      done
      stop "VirtualBox allows no host-only interface $1/$2 here; add this line to $file: * $1/$2"
    }

    is_inside() {
      local a b c d number base length=${3#*/}
      IFS=. read -r a b c d <<<"$1"
      number=$((a << 24 | b << 16 | c << 8 | d))
      IFS=. read -r a b c d <<<"${3%/*}"
      base=$((a << 24 | b << 16 | c << 8 | d))
      (($2 >= length && number >> (32 - length) == base >> (32 - length)))
    }

    # host_only KEY ADDRESS MASK LENGTH ADDRESS6 LENGTH6
    apply_host_only() {
      local key=$1 address=$2 mask=$3 address6=$5 length6=$6
      if ! locate_host_only "$key" "$address"; then
        create_host_only "$key"
      elif [[ $if_owner == adopted ]]; then
        set_mark "hostonly/$key" "$if_name"
        host_only_names+="$key=$if_name"$'\n'
        return
      fi
      host_only_names+="$key=$if_name"$'\n'
      if [[ $if_address != "$address" || $if_mask != "$mask" ]]; then
        change hostonlyif ipconfig "$if_name" --ip "$address" --netmask "$mask"
      fi
      if [[ -n $address6 && $if_address6/$if_length6 != "$address6/$length6" ]]; then
        change hostonlyif ipconfig "$if_name" --ipv6 "$address6" --netmasklengthv6 "$length6"
      fi
    }

    # VirtualBox chooses the name, and says it between quotes.
    create_host_only() {
      local answer pattern="'([^']+)'"
      if_name='(new interface)' if_address='' if_mask='' if_address6='' if_length6=''
      changes=$((changes + 1))
      printf '+ VBoxManage hostonlyif create\n'
      if [[ $dry == yes ]]; then return; fi
      answer=$(ask hostonlyif create)
      if [[ ! $answer =~ $pattern ]]; then stop "hostonlyif create says no name, but: $answer"; fi
      if_name=${BASH_REMATCH[1]}
      set_mark "hostonly/$1" "created $if_name"
    }

    # Sets REPLY to the interface of a host-only network.
    host_only_name() {
      local line
      while IFS= read -r line; do
        if [[ ${line%%=*} == "$1" ]]; then
          REPLY=${line#*=}
          return
        fi
      done <<<"$host_only_names"
      stop "host-only network $1 has no interface"
    }

    # host_only_dhcp KEY SERVER MASK FIRST LAST
    apply_host_only_dhcp() {
      host_only_name "$1"
      serve_dhcp "$1" "HostInterfaceNetworking-$REPLY" "--interface=$REPLY" "${@:2}" none
    }

    # host_only_quiet KEY: no DHCP server is planned.
    apply_host_only_quiet() {
      local interface
      host_only_name "$1"
      interface=$REPLY
      if find_dhcp_server "HostInterfaceNetworking-$interface" && [[ $dhcp_enabled == Yes ]]; then
        note "$interface has a DHCP server, and none is planned; it is left as it is"
      fi
    }

    remove_host_only_dhcp() {
      local REPLY
      if ! mark "hostonly/$1"; then return; fi
      REPLY=${REPLY#created }
      stop_dhcp "$1" "HostInterfaceNetworking-$REPLY" "--interface=$REPLY"
    }

    remove_host_only() {
      if is_created "hostonly/$1" && find_interface Name "${REPLY#created }"; then
        change hostonlyif remove "$if_name"
      fi
      clear_mark "hostonly/$1"
    }

    # reserve_host_only VM SLOT MAC KEY ADDRESS
    apply_reserve_host_only() {
      host_only_name "$4"
      reserve_at "$1" "$2" "$3" "HostInterfaceNetworking-$REPLY" "--interface=$REPLY" "$5"
    }

    remove_reserve_host_only() {
      local interface
      if ! mark "hostonly/$4"; then return; fi
      interface=${REPLY#created }
      release_at "$1" "$2" "$3" "HostInterfaceNetworking-$interface" "--interface=$interface" \
        "$5" "$4"
    }

    # --- Host-only networks of macOS, and uplinks ----------------------------------------------

    # host_only_network KEY NAME MASK FIRST LAST
    apply_host_only_network() {
      local key=$1 name=$2 mask=$3 first=$4 last=$5 line
      if ((version < 7000000)); then stop 'host-only networks of macOS need VirtualBox 7.0'; fi
      if [[ -z ${host_networks+set} ]]; then host_networks=$(ask list hostonlynets); fi
      while IFS= read -r line; do
        value_of "$line"
        if [[ $line == 'Name:'* && $REPLY == "$name" ]]; then return; fi
      done <<<"$host_networks"
      set_mark "hostonlynet/$key" created
      change hostonlynet add --name="$name" --netmask="$mask" --lower-ip="$first" \
        --upper-ip="$last" --enable
    }

    remove_host_only_network() {
      if is_created "hostonlynet/$1"; then change hostonlynet remove --name="$2"; fi
      clear_mark "hostonlynet/$1"
    }

    # uplink NAME: where bridged adapters go; by default the only interface that is up.
    check_uplink() {
      local line name='' names='' up='' answer
      answer=$(ask list bridgedifs)
      while IFS= read -r line; do
        value_of "$line"
        case $line in
          'Name:'*)
            name=$REPLY
            names+="; $name"
            if [[ $name == "$1" ]]; then
              uplink_name=$name
              return
            fi
            ;;
          'Status:'*) if [[ $REPLY == Up ]]; then up+=$name$'\n'; fi ;;
        esac
      done <<<"$answer"
      if [[ -n $1 ]]; then stop "there is no interface $1 to bridge to; there are${names#;}"; fi
      up=${up%$'\n'}
      if [[ -z $up || $up == *$'\n'* ]]; then
        stop "say in host.uplink.interface of the lab what to bridge to; there are${names#;}"
      fi
      uplink_name=$up
    }
    """#
}
