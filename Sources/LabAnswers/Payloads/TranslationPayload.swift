public import LabCore
public import LabFormats

extension JSONWriter {
  /// Writes the answer of `POST …/translation` and `POST /v1/translate`.
  ///
  /// - Parameter lab: the lab that was moved.
  public mutating func translation(_ translation: Translation, of lab: Lab) {
    object { writer in
      writer.member("product", translation.lab.hypervisor.product.rawValue)
      writer.key("lab")
      writer.document(translation.lab.draft)
      writer.key("changes")
      writer.bounded { $0.patch(.difference(from: lab.draft, to: translation.lab.draft)) }
      let changes = translation.difference.cells
      let cells = writer.member("cells", firstOf: changes, of: changes.countAll()) {
        $0.cellChange($1)
      }
      let lost = writer.member("lost", firstOf: translation.lost) { $0.loss($1) }
      let work = writer.member("hand_work", firstOf: translation.handWork) { $0.string($1) }
      writer.member("requirements") { writer in
        writer.requirements("met", translation.requirements.met)
        writer.requirements("broken", translation.requirements.broken)
      }
      writer.more(["cells": cells, "lost": lost, "hand_work": work])
    }
  }

  private mutating func loss(_ loss: Translation.Loss) {
    object { writer in
      writer.member("pointer", loss.pointer.description)
      writer.member("what", loss.what)
      writer.member("because", loss.because)
    }
  }

  private mutating func requirements(_ key: StaticString, _ indices: [Int]) {
    member(key, array: indices) { $0.string(JSONPointer.root["requirements"][$1].description) }
  }
}
