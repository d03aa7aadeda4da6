public import LabCore
public import LabFormats

/// Reads what is to be recommended for: a lab's document, or a beginner's answers, with every fault
/// that there is.
public func readQuestion(
  _ bytes: [UInt8], as format: DocumentFormat, within limits: DocumentLimits = DocumentLimits()
) throws(DocumentRefusal) -> Lab {
  let document: DocumentNode
  do {
    document = try format.read(bytes)
  } catch {
    throw .syntax(error)
  }
  return try readQuestion(document, within: limits)
}

/// Reads what is to be recommended for from a document's tree.
public func readQuestion(
  _ document: DocumentNode, within limits: DocumentLimits = DocumentLimits()
) throws(DocumentRefusal) -> Lab {
  guard QuestionnaireReader.isQuestionnaire(document) else {
    return try readLab(document, within: limits)
  }
  let (draft, faults) = QuestionnaireReader.read(document)
  switch resolve(draft) {
  case .success(let lab) where faults.isEmpty: return lab
  case .success: throw .faults(LocatedFault.locate(faults, in: document))
  case .failure(let invalid) where faults.isEmpty:
    throw .faults(LocatedFault.locate(invalid.faults, in: document))
  case .failure(let invalid):
    // Faults of the answers count: what they leave out would only be told twice. What is excluded
    // depends on no other answer.
    let excluded = invalid.faults.filter {
      $0.pointer.tokens.starts(with: ["constraints", "exclude"])
    }
    throw .faults(LocatedFault.locate(faults.merged(with: excluded), in: document))
  }
}
