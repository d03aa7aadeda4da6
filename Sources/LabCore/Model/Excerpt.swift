/// A text as a message repeats it: its first 64 Unicode scalars, and an ellipsis in the place of the
/// others, so that no answer grows with what a client wrote.
public func excerpt(_ text: String) -> String {
  let limit = 64
  let scalars = text.unicodeScalars
  guard let end = scalars.index(scalars.startIndex, offsetBy: limit, limitedBy: scalars.endIndex),
    end < scalars.endIndex
  else { return text }
  return String(scalars[..<end]) + "…"
}
