import Testing

@testable import HTTPServer

@Suite struct AcceptEncodingTests {
  @Test(
    arguments: [
      (nil, false), ("", false), ("gzip", true), ("GZIP", true), ("x-gzip", true),
      ("deflate, gzip;q=0.5", true), ("gzip;q=0", false), ("gzip; q=0.000", false),
      ("br, deflate", false), ("*", true), ("*;q=0", false), ("*, gzip;q=0", false),
      ("gzip, *;q=0", true), ("identity", false), (",,gzip,", true), ("gzipped", false),
      ("gzip;q=0.001", true), (";q=1", false),
    ] as [(String?, Bool)])
  func gzipIsTaken(field: String?, isTaken: Bool) {
    #expect(takesGzip(field) == isTaken, "\(field ?? "nil")")
  }
}
