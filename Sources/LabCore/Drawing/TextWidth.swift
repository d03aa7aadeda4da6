/// How wide a text is at most, in whole units, in the common sans-serif fonts.
///
/// The widths are those of DejaVu Sans, the widest of the fonts that systems set by default, so
/// that texts fit in others as well.
func textWidth(_ text: String, _ style: Scene.Label.Style) -> Int {
  var thousandths = 0
  for scalar in text.unicodeScalars { thousandths += advance(of: scalar) }
  switch style {
  // 13 units, semibold: an eighth wider.
  case .name: return thousandths * 13 * 9 / 8000 + 1
  case .detail, .address: return thousandths * 11 / 1000 + 1
  }
}

/// In thousandths of the font's size.
private func advance(of scalar: Unicode.Scalar) -> Int {
  switch scalar {
  case "i", "j", "l": 278
  case " ", ".", ",", "·": 318
  case "f", "-", "/", ":": 361
  case "t", "r": 411
  case "s", "c", "z", "k": 579
  case "m": 974
  case "w": 818
  case "a"..."z", "0"..."9": 636
  default: scalar.isASCII ? 790 : 1000
  }
}
