import LabCore

/// In what a form of a mode differs from VirtualBox's mode of the same word, as sentences without a
/// full stop; each is read off two sample labs, or off the two profiles.
func differences(of form: ModeProfile, of hypervisor: Hypervisor) -> [String] {
  let virtualBox = Hypervisor()
  guard let usual = ProductProfile(virtualBox, on: .linux)[form.mode],
    let own = ModeSample(form, of: hypervisor), let other = ModeSample(usual, of: virtualBox)
  else { return [] }
  var sentences: [String] = []
  if form.host.isOnSwitch, !usual.host.isOnSwitch {
    let reach = own.outcome(ModeSample.Cell(from: .host, to: .machine(0))).name
    sentences.append("the host is on the network: host to VM is \(reach)")
  }
  for cell in ModeSample.cells where own.outcome(cell) != other.outcome(cell) {
    sentences.append(
      "\(cell.fromName) to \(cell.toName) is \(own.outcome(cell).name), "
        + "on VirtualBox \(other.outcome(cell).name)")
  }
  if form.forwards != usual.forwards { sentences.append(form.forwards.sentence) }
  if !form.handsOutAddresses, usual.handsOutAddresses {
    sentences.append("nothing hands out addresses")
  }
  return sentences
}

extension ForwardReach {
  /// Who reaches forwarded ports, by the words of answers.
  var clients: [String] {
    switch self {
    case .nobody: []
    case .everybody: ["host", "lan", "vms"]
    case .lan: ["lan"]
    }
  }

  fileprivate var sentence: String {
    switch self {
    case .nobody: "port forwards do not exist"
    case .everybody: "port forwards serve the host, the LAN and VMs"
    case .lan: "port forwards serve those who come by the LAN, not the host"
    }
  }
}
