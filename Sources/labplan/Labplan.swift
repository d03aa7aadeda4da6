import ArgumentParser
import LabServer

/// The command line: nothing but the choice of a command.
@main
struct Labplan: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "labplan",
    abstract:
      "Plan virtual machine labs: addresses, who reaches whom, and which network modes fit.",
    discussion: """
      A lab is a document in YAML or JSON: its VMs, its networks by their modes (nat, nat-network, \
      bridged, internal, host-only, routed), port forwards, and requirements.

      EXAMPLES:
        labplan plan lab.yaml                  addresses, matrix, recommendations
        labplan plan lab.yaml --format json    the same for programs
        labplan recommend                      asks what is needed, and says which modes do it
        labplan check lab.yaml                 all that is wrong or risky, with line and column
        labplan draw lab.yaml -o lab.svg       the lab as a picture
        labplan translate lab.yaml --to proxmox  the lab on another product
        labplan export lab.yaml --format vboxmanage  a script that makes the lab
        labplan serve --database labs.sqlite   the REST service, on port 8080
        labplan backup labs.sqlite.bak         a copy, while the service runs
        labplan token create alice             a token, for a service that others can reach
        labplan rehearse lab.yaml              real packets beside the prediction
        labplan openapi > openapi.yaml         the service, as OpenAPI 3.1
      """,
    version: "labplan \(labplanVersion)",
    subcommands: [
      Serve.self, PlanCommand.self, RecommendCommand.self, Check.self, DrawCommand.self,
      TranslateCommand.self, ExportCommand.self, Rehearse.self, TokenCommand.self, Health.self,
      OpenAPI.self,
      Backup.self, Restore.self, CheckDatabase.self, Migrate.self,
    ])
}
