public import LabCore
import LabFormats

/// A lab, written down in a format.
public struct Export: Sendable {
  /// The format.
  public let format: ExportFormat
  /// The lab's name.
  public let lab: DNSLabel
  /// By name.
  public let files: [ExportFile]
  /// What the files do not say, in document order.
  public let warnings: [ExportWarning]

  /// The bytes that a client gets: those of the one file, or an archive of several.
  public var body: [UInt8] {
    switch format.files {
    case .one: files.first.map { Array($0.content.utf8) } ?? []
    case .several: ZIPWriter.archive(of: files)
    }
  }

  /// What a client saves the body as: a name of letters, digits, `.` and `-` alone.
  public var fileName: String {
    switch format.files {
    case .one: files.first?.name ?? lab.text
    case .several: "\(lab)-\(format.name).zip"
    }
  }

  /// The media type of ``body``.
  public var mediaType: String { format.mediaType }

  /// The files of one VM: those in its folder, and those that bear its name.
  public func restricted(to machine: DNSLabel) -> Export {
    let name = machine.text
    let kept = files.filter { file in
      file.name.hasPrefix("\(name)/") || file.name.prefix { $0 != "." } == name
    }
    return Export(format: format, lab: lab, files: kept, warnings: warnings)
  }

  /// `{"format", "files": [{"name", "media_type", "content"}], "warnings": […]}`.
  public var json: [UInt8] {
    var writer = JSONWriter(reservingCapacity: 512 + files.reduce(0) { $0 + $1.content.utf8.count })
    writer.object { writer in
      writer.member("format", format.name)
      writer.member("files", array: files) { writer, file in
        writer.object { writer in
          writer.member("name", file.name)
          writer.member("media_type", file.mediaType)
          writer.member("content", file.content)
        }
      }
      writer.member("warnings", array: warnings) { writer, warning in
        writer.object { writer in
          writer.member("pointer", warning.pointer.description)
          writer.member("code", warning.code.rawValue)
          writer.member("detail", warning.detail)
        }
      }
    }
    return writer.bytes + [UInt8(ascii: "\n")]
  }
}

extension ExportFormat {
  /// `{"exports": [{"format", "summary", "media_type", "files", "checked_with"}]}`: every format.
  public static var catalogue: [UInt8] {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("exports", array: all) { writer, format in
        writer.object { writer in
          writer.member("format", format.name)
          writer.member("summary", format.summary)
          writer.member("media_type", format.mediaType)
          writer.member("files", format.files.rawValue)
          writer.member("checked_with", format.checkedWith)
        }
      }
    }
    return writer.bytes + [UInt8(ascii: "\n")]
  }
}
