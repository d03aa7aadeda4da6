extension VBoxManageRuntime {
  /// VMs and their adapters.
  static let machines = #"""
    # --- VMs -----------------------------------------------------------------------------------

    # Sets vm_uuid to that of the VM of a name.
    find_vm() {
      local line
      vm_uuid=
      while IFS= read -r line; do
        if [[ $line == "\"$1\" {"*'}' ]]; then
          vm_uuid=${line##*\{}
          vm_uuid=${vm_uuid%\}}
          return 0
        fi
      done <<<"$vms"
      return 1
    }

    # vm NAME TYPE: begins a VM; its adapters and notes follow, then vm_end.
    vm() {
      vm_name=$1 vm_type=$2 vm_state='' vm_chipset='' vm_medium='' vm_notes='' vm_owner=''
      vm_arguments=() vm_deletes=() vm_adds=() vm_slots=' ' vm_rules='' vm_keys=''
      vm_promiscuous='' vm_ich9=no
      nic=() nic_target=() nic_type=() nic_mac=() nic_cable=() nic_rules=() nic_prefix=()
      if find_vm "$1"; then read_vm; else vm_owner=new nic[1]=nat; fi
    }

    # How the VM is: its state, its adapters, its disks, and who made it.
    read_vm() {
      local line key slot=0 value info
      local numbered='^([a-z-]+)([0-9]+)="(.*)"$' rule='^Forwarding\([0-9]+\)="(.*)"$'
      local medium='^".*-[0-9]+-[0-9]+"="(.*[/\\].*)"$'
      info=$(ask showvminfo "$vm_uuid" --machinereadable)
      while IFS= read -r line; do
        if [[ $line =~ $numbered ]]; then
          key=${BASH_REMATCH[1]} value=${BASH_REMATCH[3]}
          case $key in
            nic)
              slot=${BASH_REMATCH[2]}
              nic[slot]=$value
              ;;
            nictype) nic_type[BASH_REMATCH[2]]=$value ;;
            macaddress) nic_mac[BASH_REMATCH[2]]=$value ;;
            cableconnected) nic_cable[BASH_REMATCH[2]]=$value ;;
            natnet) nic_prefix[BASH_REMATCH[2]]=$value ;;
            bridgeadapter | intnet | hostonlyadapter | nat-network | hostonly-network)
              nic_target[BASH_REMATCH[2]]=$value
              ;;
          esac
        elif [[ $line =~ $rule ]]; then
          nic_rules[slot]="${nic_rules[slot]-}${BASH_REMATCH[1]}"$'\n'
        elif [[ $line =~ $medium ]]; then
          value=${BASH_REMATCH[1]}
          case $value in *.iso | *.ISO | *.viso) ;; *) vm_medium=$value ;; esac
        elif [[ $line == 'VMState="'* ]]; then
          vm_state=${line#*\"} vm_state=${vm_state%\"}
        elif [[ $line == 'chipset="'* ]]; then
          vm_chipset=${line#*\"} vm_chipset=${vm_chipset%\"}
        fi
      done <<<"$info"
      vm_notes=$(ask getextradata "$vm_uuid" enumerate)
      vm_owner=adopted
      if find_key "$vm_notes" labplan/lab; then
        if [[ $REPLY == "$LAB" ]]; then vm_owner=created; else vm_owner=other; fi
      fi
    }

    is_locked() { case $vm_state in '' | poweroff | aborted) return 1 ;; *) return 0 ;; esac; }

    # The policy is in the long form of showvminfo alone. A VM that this lab made has deny where the
    # plan does not say otherwise.
    promiscuous_of() {
      local line
      if [[ $vm_owner == created && $2 == deny ]]; then
        REPLY=deny
        return
      fi
      if [[ -z $vm_promiscuous ]]; then vm_promiscuous=$(ask showvminfo "$vm_uuid"); fi
      REPLY=
      while IFS= read -r line; do
        if [[ $line == "NIC $1:"*'Promisc Policy: '* ]]; then
          REPLY=${line##*Promisc Policy: }
          REPLY=${REPLY%%,*}
        fi
      done <<<"$vm_promiscuous"
    }

    # adapter SLOT MODE TARGET MAC TYPE PROMISCUOUS CABLE
    adapter() {
      if [[ $phase != apply ]]; then return; fi
      local slot=$1 mode=$2 target=$3 mac=$4 type=$5 promiscuous=$6 cable=$7 shown=$2 companion=''
      vm_slots+="$slot "
      if ((slot > 8)) && ! has_ich9; then return; fi
      case $mode in
        natnetwork) companion=--nat-network ;;
        intnet) companion=--intnet ;;
        hostonly)
          companion=--hostonlyadapter
          host_only_name "$target"
          target=$REPLY
          ;;
        hostonlynet) companion=--host-only-net shown=hostonlynetwork ;;
        bridged) companion=--bridgeadapter target=$uplink_name ;;
      esac
      if [[ $vm_owner == new || ${nic[slot]-} != "$shown" ]]; then
        vm_arguments+=("--nic$slot" "$mode")
        if [[ -n $companion ]]; then vm_arguments+=("$companion$slot" "$target"); fi
      elif [[ -n $companion ]] && ! same "${nic_target[slot]-}" "$target"; then
        vm_arguments+=("$companion$slot" "$target")
      fi
      if [[ $mode == nat ]]; then nat_prefix "$slot" "$target"; fi
      if [[ ${nic_type[slot]-} != "$type" ]]; then vm_arguments+=("--nictype$slot" "$type"); fi
      if [[ ${nic_mac[slot]-} != "$mac" ]]; then vm_arguments+=("--macaddress$slot" "$mac"); fi
      if [[ ${nic_cable[slot]-} != "$cable" ]]; then
        vm_arguments+=("--cableconnected$slot" "$cable")
      fi
      if [[ $vm_owner == new ]]; then REPLY=; else promiscuous_of "$slot" "$promiscuous"; fi
      if [[ $REPLY != "$promiscuous" ]]; then vm_arguments+=("--nicpromisc$slot" "$promiscuous"); fi
    }

    # Slots above 8 are those of the chipset ICH9. What was there before keeps its own.
    has_ich9() {
      if [[ $vm_chipset == ich9 || $vm_ich9 == yes ]]; then return 0; fi
      case $vm_owner in
        new | created)
          vm_ich9=yes
          vm_arguments=(--chipset ich9 ${vm_arguments[@]+"${vm_arguments[@]}"})
          ;;
        *)
          note "$vm_name has no adapters above 8; its chipset would have to be ich9"
          undone=yes
          return 1
          ;;
      esac
    }

    nat_prefix() {
      local shown=$2
      if [[ $2 == default ]]; then shown=nat; fi
      if [[ ${nic_prefix[$1]-nat} != "$shown" ]]; then vm_arguments+=("--natnet$1" "$2"); fi
    }

    # localhost SLOT on|off: whether guests reach the host's loopback. VBoxManage does not show it,
    # so a note remembers what was set.
    localhost() {
      if [[ $phase != apply ]]; then return; fi
      if ((version < 7000000)); then stop 'localhost_reachable needs VirtualBox 7.0'; fi
      find_key "$vm_notes" "labplan/adapter$1/localhost-reachable" || true
      if [[ $REPLY != "$2" ]]; then
        vm_arguments+=("--nat-localhostreachable$1" "$2")
      fi
      keep "adapter$1/localhost-reachable" "$2"
    }

    # forward SLOT NAME RULE
    forward() {
      if [[ $phase != apply ]]; then return; fi
      local slot=$1 name=$2 rule=$3 line
      vm_rules+="$slot $rule"$'\n'
      while IFS= read -r line; do
        if same "$line" "$rule"; then return; fi
        # Somebody gave the same rule another name.
        if [[ $vm_owner == adopted && ${line#*,} == "${rule#*,}" ]]; then return; fi
      done <<<"${nic_rules[slot]-}"
      while IFS= read -r line; do
        if [[ -n $line ]] && same "${line%%,*}" "$name"; then
          vm_deletes+=("--natpf$slot" delete "$name")
        fi
      done <<<"${nic_rules[slot]-}"
      vm_adds+=("--natpf$slot" "$rule")
    }

    # keep KEY VALUE: a note that travels with the VM's own settings.
    keep() { vm_keys+="$1=$2"$'\n'; }

    # What the plan does not have leaves a VM that this lab made.
    drop_leftovers() {
      local slot line
      for slot in ${nic[@]+"${!nic[@]}"}; do
        if [[ $vm_slots == *" $slot "* ]]; then
          while IFS= read -r line; do
            if [[ -z $line || $'\n'$vm_rules == *$'\n'"$slot $line"$'\n'* ]]; then continue; fi
            if [[ $'\n'$vm_rules == *$'\n'"$slot ${line%%,*},"* ]]; then continue; fi
            vm_deletes+=("--natpf$slot" delete "${line%%,*}")
          done <<<"${nic_rules[slot]-}"
        elif [[ ${nic[slot]} != none ]]; then
          vm_arguments+=("--nic$slot" none)
        fi
      done
    }

    vm_end() { "${phase}_vm"; }

    apply_vm() {
      case $vm_owner in new | created) drop_leftovers ;; esac
      if [[ $vm_owner == new ]]; then
        change createvm --name "$vm_name" --ostype "$vm_type" --groups "/$LAB" --register
        change setextradata "$vm_name" labplan/lab "$LAB"
        vm_uuid=$vm_name
      fi
      # Rules go before others come: two can have neither one name nor one port of the host.
      vm_arguments+=(${vm_deletes[@]+"${vm_deletes[@]}"} ${vm_adds[@]+"${vm_adds[@]}"})
      if ((${#vm_arguments[@]})); then
        if is_locked; then
          note "$vm_name is $vm_state and stays as it is; it would get: ${vm_arguments[*]}"
          undone=yes
        else
          change modifyvm "$vm_uuid" "${vm_arguments[@]}"
        fi
      fi
      if [[ $vm_owner == adopted ]]; then keep adopted "$LAB"; fi
      if [[ $vm_owner != other ]]; then apply_notes; fi
    }

    apply_notes() {
      local line key
      while IFS= read -r line; do
        if [[ -z $line ]]; then continue; fi
        key=labplan/${line%%=*}
        if find_key "$vm_notes" "$key" && [[ $REPLY == "${line#*=}" ]]; then continue; fi
        change setextradata "$vm_uuid" "$key" "${line#*=}"
      done <<<"$vm_keys"
      while IFS= read -r line; do
        key=${line#Key: } key=${key%%, Value: *}
        if [[ $key != labplan/* || $key == labplan/lab ]]; then continue; fi
        if [[ $'\n'$vm_keys == *$'\n'"${key#labplan/}="* ]]; then continue; fi
        change setextradata "$vm_uuid" "$key"
      done <<<"$vm_notes"
    }

    remove_vm() {
      local line key
      if [[ $vm_owner == created ]]; then
        unregister_vm
      elif [[ $vm_owner == adopted ]] && find_key "$vm_notes" labplan/adopted; then
        if [[ $REPLY != "$LAB" ]]; then return; fi
        note "$vm_name was there before, and stays with the adapters that it has"
        while IFS= read -r line; do
          key=${line#Key: } key=${key%%, Value: *}
          if [[ $key == labplan/* ]]; then change setextradata "$vm_uuid" "$key"; fi
        done <<<"$vm_notes"
      fi
    }

    unregister_vm() {
      if [[ -n $vm_medium && $delete_disks == no ]]; then
        note "$vm_name stays: it has a disk, $vm_medium; teardown --delete-disks deletes both"
        if is_locked; then kept_running=yes; fi
        return
      fi
      case $vm_state in
        running | paused | stuck | starting | gurumeditation)
          change controlvm "$vm_uuid" poweroff
          wait_until_off
          ;;
      esac
      change unregistervm "$vm_uuid" --delete
    }

    # VirtualBox lets go of a VM a moment after it is off.
    wait_until_off() {
      local tries info
      if [[ $dry == yes ]]; then return; fi
      for ((tries = 0; tries < 20; tries++)); do
        info=$(ask showvminfo "$vm_uuid" --machinereadable)
        case $'\n'$info in *$'\n''VMState="poweroff"'* | *$'\n''VMState="aborted"'*) return ;; esac
        sleep 0.5
      done
      stop "$vm_name does not switch off"
    }
    """#
}
