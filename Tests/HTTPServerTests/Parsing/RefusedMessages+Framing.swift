import Testing

@testable import HTTPServer

private func chunked(_ body: String) -> String {
  fields("Transfer-Encoding: chunked") + body
}

let framingRefusals = [
  Row(fields("Content-Length: 1", "Content-Length: 2"), .repeatedContentLength),
  Row(fields("Content-Length: 2", "content-length: 2"), .repeatedContentLength),
  Row(fields("Content-Length: 2, 2"), .malformedContentLength),
  Row(fields("Content-Length:"), .malformedContentLength),
  Row(fields("Content-Length: +2"), .malformedContentLength),
  Row(fields("Content-Length: -2"), .malformedContentLength),
  Row(fields("Content-Length: 0x2"), .malformedContentLength),
  Row(fields("Content-Length: 2 2"), .malformedContentLength),
  Row(fields("Content-Length: 2.0"), .malformedContentLength),
  Row(fields("Content-Length: ٢"), .malformedContentLength),
  Row(fields("Content-Length: 9223372036854775808"), .malformedContentLength),
  Row(fields("Content-Length: 18446744073709551618"), .malformedContentLength),
  Row(fields("Content-Length: 9223372036854775807"), .bodyTooLarge, 413),
  Row(fields("Content-Length: 1001"), .bodyTooLarge, 413),
  Row(fields("Content-Length: 2", "Transfer-Encoding: chunked"), .lengthAndTransferCoding),
  Row(fields("Transfer-Encoding: chunked", "Content-Length: 0"), .lengthAndTransferCoding),
  Row(fields("Transfer-Encoding: gzip"), .unknownTransferCoding, 501),
  Row(fields("Transfer-Encoding: gzip, chunked"), .unknownTransferCoding, 501),
  Row(
    fields("Transfer-Encoding: gzip", "Transfer-Encoding: chunked"), .unknownTransferCoding, 501),
  Row(fields("Transfer-Encoding: identity"), .unknownTransferCoding, 501),
  Row(fields("Transfer-Encoding: xchunked"), .unknownTransferCoding, 501),
  Row(fields("Transfer-Encoding: chunked;q=1"), .unknownTransferCoding, 501),
  Row(fields("Transfer-Encoding: chunked, gzip"), .malformedTransferEncoding),
  Row(fields("Transfer-Encoding: chunked, chunked"), .malformedTransferEncoding),
  Row(
    fields("Transfer-Encoding: chunked", "Transfer-Encoding: chunked"), .malformedTransferEncoding),
  Row(fields("Transfer-Encoding:"), .malformedTransferEncoding),
  Row(fields("Transfer-Encoding: ,"), .malformedTransferEncoding),
  Row(
    "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", .malformedTransferEncoding),
]

let chunkRefusals = [
  Row(chunked("+3\r\nabc\r\n"), .malformedChunkSize),
  Row(chunked("-3\r\nabc\r\n"), .malformedChunkSize),
  Row(chunked("0x3\r\nabc\r\n"), .malformedChunkSize),
  Row(chunked("\r\nabc\r\n"), .malformedChunkSize),
  Row(chunked(" 3\r\nabc\r\n"), .malformedChunkSize),
  Row(chunked("3 \r\nabc\r\n"), .malformedChunkSize),
  Row(chunked("3 a\r\nabc\r\n"), .malformedChunkSize),
  Row(chunked("g\r\n"), .malformedChunkSize),
  Row(chunked(";a\r\n"), .malformedChunkSize),
  Row(chunked("3;\u{1}\r\nabc\r\n"), .malformedChunkSize),
  Row(chunked("3;a\rb\r\nabc\r\n"), .malformedChunkSize),
  Row(chunked("10000000000000000\r\n"), .malformedChunkSize),
  Row(chunked("8000000000000000\r\n"), .malformedChunkSize),
  Row(chunked("3;" + String(repeating: "a", count: 300)), .malformedChunkSize),
  Row(chunked("3\nabc\r\n"), .bareLineFeed),
  Row(chunked("3\r\nabc\n"), .malformedChunkEnd),
  Row(chunked("3\r\nabcd\r\n"), .malformedChunkEnd),
  Row(chunked("3\r\nabc\r\r\n"), .malformedChunkEnd),
  Row(chunked("7FFFFFFFFFFFFFFF\r\n"), .bodyTooLarge, 413),
  Row(chunked("3e9\r\n"), .bodyTooLarge, 413),
  Row(
    chunked("3e8\r\n" + String(repeating: "a", count: 1000) + "\r\n1\r\n"), .bodyTooLarge, 413),
  Row(chunked("0\r\nA : b\r\n\r\n"), .blankBeforeColon),
  Row(chunked("0\r\n b\r\n\r\n"), .foldedField),
  Row(chunked("0\r\nA: \u{0}\r\n\r\n"), .controlCharacter),
  Row(chunked("0\r\nA: b\n"), .bareLineFeed),
  Row(chunked("0\r\n\n"), .bareLineFeed),
  Row(
    chunked("0\r\n" + String(repeating: "A: b\r\n", count: 21) + "\r\n"), .tooManyFields, 431),
  Row(chunked("0\r\nA: " + String(repeating: "b", count: 2000)), .headTooLarge, 431),
  Row(
    chunked(
      String(
        repeating: "1;" + String(repeating: "a", count: 200) + "\r\na\r\n", count: 90)),
    .wastefulChunks),
]
