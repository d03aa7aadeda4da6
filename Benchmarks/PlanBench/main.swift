import LabCore

/// The median of five timings, in milliseconds, and the last result.
func timed<Result>(_ work: () throws -> Result) rethrows -> (Double, Result) {
  let clock = ContinuousClock()
  var timings: [Duration] = []
  var result = try work()
  for _ in 0..<5 {
    let start = clock.now
    result = try work()
    timings.append(clock.now - start)
  }
  timings.sort()
  let median = timings[2].components
  return (Double(median.seconds) * 1e3 + Double(median.attoseconds) / 1e15, result)
}

func row(_ name: String, _ milliseconds: Double) {
  let hundredths = Int(milliseconds * 100 + 0.5)
  let padding = String(repeating: " ", count: max(1, 34 - name.count))
  let fraction = hundredths % 100
  print("  \(name)\(padding)\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction) ms")
}

let sizes = [(3, 5), (100, 10), (150, 16), (300, 29), (1_000, 20), (1_000, 50), (5_000, 50)]
let wanted = CommandLine.arguments.dropFirst().compactMap { Int($0) }

for (machines, networks) in sizes where wanted.isEmpty || wanted.contains(machines) {
  print("\(machines) VMs, \(networks) networks")
  let draft = try benchLab(machines: machines, networks: networks)
  let (resolving, lab) = try timed { try resolve(draft).get() }
  let (planning, addresses) = timed { assignAddresses(in: lab) }
  let (compiling, plan) = timed { Plan(lab, addresses: addresses) }
  let memory = peakMemory { plan.connectivity() }
  let (solving, matrix) = timed { plan.connectivity() }
  let (explaining, _) = timed {
    explain(
      from: .machine(0), to: .machine(1), of: lab, in: plan.fabric, query: ConnectivityQuery())
  }
  let (drawing, _) = try timed { try plan.drawing() }
  row("resolve", resolving)
  row("assign addresses", planning)
  row("compile the fabric", compiling)
  row("solve \(matrix.endpoints.count * matrix.endpoints.count) cells", solving)
  row("all of these", resolving + planning + compiling + solving)
  row("explain a pair", explaining)
  row("draw", drawing)
  if let memory {
    let cells = matrix.endpoints.count * matrix.endpoints.count
    let hundredths = memory * 100 / cells
    print(
      "  memory at the peak of solving     \(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100) bytes a cell"
    )
  }
}

for machines in [300, 1_000] where wanted.isEmpty || wanted.contains(machines) {
  print("\(machines) VMs behind 20 gateways that translate and filter")
  let lab = try resolve(try gatewayLab(machines: machines, gateways: 20)).get()
  let plan = Plan(lab)
  let (solving, matrix) = timed { plan.connectivity() }
  let (mending, _) = timed {
    remedies(from: .lan, to: .machine(machines - 1), of: lab, query: ConnectivityQuery())
  }
  row("solve \(matrix.endpoints.count * matrix.endpoints.count) cells", solving)
  row("a blocked pair with remedies", mending)
}
