public import LabCore
import LabFormats

/// Reads what is to be recommended for: a lab's document, or a beginner's answers, with every fault
/// that there is.
public func readQuestion(
  _ bytes: [UInt8], as format: DocumentFormat
) throws(DocumentRefusal) -> Lab {
  let document: DocumentNode
  do {
    document = try format.read(bytes)
  } catch {
    throw .syntax(error)
  }
  return try readQuestion(document)
}

/// Reads what is to be recommended for from a document's tree.
func readQuestion(_ document: DocumentNode) throws(DocumentRefusal) -> Lab {
  guard QuestionnaireReader.isQuestionnaire(document) else { return try readLab(document) }
  let (draft, faults) = QuestionnaireReader.read(document)
  // Faults of the answers come first: what they leave out would only be told twice.
  guard faults.isEmpty else { throw .faults(faults.map { LocatedFault($0, in: document) }) }
  switch resolve(draft) {
  case .success(let lab): return lab
  case .failure(let invalid):
    throw .faults(invalid.faults.map { LocatedFault($0, in: document) })
  }
}
