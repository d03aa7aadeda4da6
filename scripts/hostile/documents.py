"""Valid lab documents at the limits that the service guarantees: wide, deep, long, many, equal."""

# No default of a limit lies below these.
VMS = 5000
NETWORKS = 5000
ADAPTERS = 36
FORWARDS = 10_000
REQUIREMENTS = 1000
RESERVATIONS = 65_536


def names(prefix, count):
    return [f"{prefix}{number}" for number in range(count)]


def vms_on(network, count, **more):
    return [{"name": name, "adapters": [{"network": network}], **more}
            for name in names("v", count)]


def one_switch(mode, count=VMS, **network):
    """Every VM on one network."""
    return {"networks": [{"name": "a", "mode": mode, **network}], "vms": vms_on("a", count)}


def translated(random):
    """Every VM behind a router of its own, and as many forwards to them as may be."""
    ports = random.sample(range(1025, 65_535), FORWARDS)
    forwards = [{"host_port": port, "vm": f"v{number % VMS}", "guest_port": 1 + number // VMS}
                for number, port in enumerate(ports)]
    return {**one_switch("nat"), "port_forwards": forwards}


def shared_forwards(random):
    """The same forwards, all to VMs of one NAT network."""
    return {**one_switch("nat-network", ipv4="10.64.0.0/16"),
            "port_forwards": translated(random)["port_forwards"]}


def many_networks(mode, members):
    """As many networks as may be, each with a prefix of its own and `members` VMs in all."""
    networks = [{"name": name, "mode": mode, "ipv4": f"10.{number // 256}.{number % 256}.0/24"}
                for number, name in enumerate(names("n", NETWORKS))]
    vms = [{"name": name, "adapters": [{"network": f"n{number % NETWORKS}"}]}
           for number, name in enumerate(names("v", members))]
    return {"networks": networks, "vms": vms}


def unplaced_networks(mode):
    """Networks that leave their prefix to the planner."""
    return {"networks": [{"name": name, "mode": mode} for name in names("n", NETWORKS)]}


def adapters(vms):
    """VMs with as many adapters as may be, each on another network."""
    mode = ("internal", "nat-network", "host-only", "bridged", "nat", "internal")
    networks = [{"name": f"n{slot}", "mode": mode[slot % len(mode)]} for slot in range(ADAPTERS)]
    slots = [{"network": f"n{slot}"} for slot in range(ADAPTERS)]
    return {"networks": networks,
            "vms": [{"name": name, "adapters": slots} for name in names("v", vms)]}


def requirements(random):
    """A requirement for each pair of tags; each VM has twenty of them."""
    tags = names("t", 40)
    vms = [{"name": name, "tags": random.sample(tags, 20),
            "adapters": [{"network": "ab"[number % 2]}]}
           for number, name in enumerate(names("v", 1000))]
    pairs = [(source, target) for source in tags for target in tags][:REQUIREMENTS]
    return {"networks": [{"name": "a", "mode": "internal"}, {"name": "b", "mode": "nat"}],
            "vms": vms, "requirements": [
                {"from": f"tag:{source}", "to": f"tag:{target}", "protocol": "tcp",
                 "port": 1 + number % 7, "allow": bool(number % 3)}
                for number, (source, target) in enumerate(pairs)]}


def unmet(count=VMS):
    """No pair of VMs can do what each of them must."""
    return {**one_switch("nat", count), "requirements": [{"from": "vms", "to": "vms"}]}


def twenty_ports(vms=5, mode="internal"):
    """Few VMs, and a requirement for each of twenty ports: a search without bounds never ends."""
    return {**one_switch(mode, vms),
            "requirements": [{"from": "vms", "to": "vms", "protocol": "tcp", "port": port}
                             for port in range(1, 21)]}


def twenty_targets():
    """Twenty ports, each of another pair, with the internet and the LAN as askers."""
    askers = ("lan", "internet", "host", "vms")
    return {**one_switch("nat", 20),
            "requirements": [{"from": askers[port % 4], "to": f"v{port % 20}", "protocol": "tcp",
                              "port": port, "allow": port % 5 > 0} for port in range(1, 41)]}


def equal_everything(count=VMS):
    """Every VM claims one address and one MAC address."""
    adapter = {"network": "a", "address": "10.1.2.3", "mac": "08:00:27:00:00:01"}
    return {"networks": [{"name": "a", "mode": "internal", "ipv4": "10.1.0.0/16"}],
            "vms": [{"name": name, "adapters": [adapter]} for name in names("v", count)]}


def equal_prefixes():
    """Every network claims one prefix."""
    networks = [{"name": name, "mode": "host-only", "ipv4": "10.1.0.0/16"}
                for name in names("n", NETWORKS)]
    vms = [{"name": name, "adapters": [{"network": f"n{number}"}]}
           for number, name in enumerate(names("v", 1000))]
    return {"networks": networks, "vms": vms}


def equal_forwards():
    """Every forward claims one port of the host."""
    forward = {"host_port": 2222, "vm": "v0", "guest_port": 22}
    return {**one_switch("nat", 10), "port_forwards": [forward] * FORWARDS}


def routers(count=100, routes=100):
    """A chain of forwarding VMs, each with routes to everything, in circles."""
    networks = [{"name": f"n{number}", "mode": "internal", "ipv4": f"10.0.{number}.0/24"}
                for number in range(count + 1)]
    vms = [{"name": name, "forwarding": True,
            "adapters": [{"network": f"n{number}", "address": f"10.0.{number}.2"},
                         {"network": f"n{number + 1}", "address": f"10.0.{number + 1}.3"}],
            "routes": [{"to": f"10.{1 + route}.0.0/16",
                        "via": f"10.0.{number + route % 2}.{2 + (number + route) % 2}"}
                       for route in range(routes)]}
           for number, name in enumerate(names("r", count))]
    return {"networks": networks, "vms": vms,
            "requirements": [{"from": "r0", "to": f"r{count - 1}"},
                             {"from": "vms", "to": "internet"}]}


def many_routes(count=1000, routes=256):
    """One VM with as many routes as may be, among a thousand VMs with a tag each."""
    vms = vms_on("a", count)
    for number, vm in enumerate(vms):
        vm["tags"] = [f"t{number}"]
    vms[0].update(forwarding=True, routes=[
        {"to": f"172.{16 + number // 250}.{number % 250}.0/24", "via": "10.2.0.9"}
        for number in range(routes)])
    return {"networks": [{"name": "a", "mode": "internal", "ipv4": "10.2.0.0/16"}], "vms": vms}


def many_tags(count=300, tags=64):
    """VMs that all have the same tags, and requirements about the last of them."""
    return {**one_switch("nat", count), "vms": vms_on("a", count, tags=names("t", tags)),
            "requirements": [{"from": f"tag:t{tags - 1 - number % tags}",
                              "to": f"tag:t{number // tags}"} for number in range(REQUIREMENTS)]}


def curious(count=VMS):
    """Every VM captures the frames of all others."""
    document = one_switch("internal", count)
    for vm in document["vms"]:
        vm["adapters"][0]["promiscuous"] = "allow-all"
    return document


def routed_host(count=1000):
    """A forwarding host with a VM on each of its networks."""
    return {**many_networks("host-only", count), "host": {"forwarding": True}}


def occupied(count=1000):
    """A host whose prefixes are mostly taken, and a network that needs one."""
    taken = [f"10.{number // 256}.{number % 256}.0/24" for number in range(count)]
    return {"host": {"occupied": taken},
            "networks": [{"name": "a", "mode": "internal", "size": 200}], "vms": vms_on("a", 3)}


def long_texts():
    """As long as texts may be, and a description that fills the body."""
    return {"description": "d" * (8_000_000 - 1000),
            "networks": [{"name": "n" * 63, "mode": "nat"}],
            "vms": [{"name": "v" * 63, "adapters": [{"network": "n" * 63}]}]}


def long_names(count=VMS):
    """Names of 63 letters, which differ in the last ones alone."""
    network = "n" * 63
    return {"networks": [{"name": network, "mode": "internal"}],
            "vms": [{"name": f"{'v' * 57}{number:06}", "adapters": [{"network": network}]}
                    for number in range(count)]}


def both_families():
    """IPv4 and IPv6 on one switch."""
    return one_switch("nat-network", ipv4="10.64.0.0/16", ipv6="fd00:1::/64")


def kept(count=1000):
    """Constraints that keep every adapter and network of a lab that does not meet its needs."""
    document = one_switch("internal", count)
    document["requirements"] = [{"from": "vms", "to": "internet"}]
    document["constraints"] = {"keep": {
        "networks": ["a"], "adapters": [{"vm": name, "slot": 1} for name in names("v", count)]}}
    return document


def all_labs(random):
    """Every document above, by name: valid, and within the limits."""
    return {
        "internal": one_switch("internal"),
        "bridged": one_switch("bridged"),
        "both-families": both_families(),
        "translated": translated(random),
        "shared-forwards": shared_forwards(random),
        "networks-alone": many_networks("host-only", 0),
        "networks": many_networks("internal", VMS),
        "nat-networks": many_networks("nat-network", VMS),
        "adapters": adapters(VMS // ADAPTERS),
        "requirements": requirements(random),
        "unmet": unmet(),
        "twenty-ports": twenty_ports(),
        "twenty-ports-nat": twenty_ports(12, "nat"),
        "twenty-targets": twenty_targets(),
        "equal-addresses": equal_everything(),
        "equal-prefixes": equal_prefixes(),
        "equal-forwards": equal_forwards(),
        "routers": routers(),
        "routes": many_routes(),
        "tags": many_tags(),
        "curious": curious(),
        "routed-host": routed_host(),
        "occupied": occupied(),
        "long-names": long_names(),
        "kept": kept(),
    }


def exceeding_labs(limits):
    """Documents that have one more of something than the service's flags let in.

    `limits` are the defaults of `--max-vms` and its like, by what follows `--max-`.
    """
    networks = limits.get("networks", NETWORKS)
    machines = limits.get("vms", VMS)
    adapters_in_all = limits.get("adapters", VMS * ADAPTERS)
    forwards = limits.get("forwards", FORWARDS)
    needs = limits.get("requirements", REQUIREMENTS)
    documents = {
        "networks": {"networks": [{"name": name, "mode": "internal"}
                                  for name in names("n", networks + 1)]},
        "vms": {"vms": [{"name": name} for name in names("v", machines + 1)]},
        "adapters": adapters(adapters_in_all // ADAPTERS + 1),
        "forwards": {**one_switch("nat", 2), "port_forwards": [
            {"host_port": 1 + number % 65_535, "vm": f"v{number // 65_535}", "guest_port": 1}
            for number in range(forwards + 1)]},
        "requirements": {**one_switch("nat", 2), "requirements": [
            {"from": "v0", "to": "v1", "port": 1 + number % 65_535}
            for number in range(needs + 1)]},
    }
    return {f"one-more-of-{name}": documents[name] for name in limits if name in documents}


def beyond_labs():
    """Valid in form, and larger than any limit has to let in."""
    return {
        "unplaced-networks": unplaced_networks("nat-network"),
        "unplaced-host-only": unplaced_networks("host-only"),
        "all-adapters": adapters(VMS),
        "twenty-thousand-vms": one_switch("nat-network", 20_000, ipv4="10.64.0.0/15"),
        "long-texts": long_texts(),
        "too-many-tags": many_tags(2, 10_000),
        "too-many-routes": many_routes(2, 1000),
        "too-much-occupied": occupied(10_000),
        "twenty-thousand-forwards": {
            **one_switch("nat", 10),
            "port_forwards": [{"host_port": 1025 + number, "vm": "v0", "guest_port": 1 + number}
                              for number in range(20_000)]},
        "hundred-thousand-requirements": {
            **one_switch("nat", 10),
            "requirements": [{"from": "v0", "to": "v1", "port": 1 + number % 65_535}
                             for number in range(100_000)]},
    }
