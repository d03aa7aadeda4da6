extension ExportFormat {
  /// Every format, in the order in which they are listed. A format is added here and in a folder of
  /// its own.
  public static let all: [ExportFormat] = [
    .vboxmanage, .vagrant, .ansible, .hosts, .sshConfig, .netplan, .cloudInit, .windows, .svg,
    .dot, .mermaid, .csv, .graph,
  ]
}
