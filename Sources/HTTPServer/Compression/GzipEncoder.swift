internal import CZlib

/// Makes gzip (RFC 1952) of bytes that come piece by piece.
final class GzipEncoder {
  /// The system could not make gzip of it: there is no memory.
  struct Failure: Error {}

  /// At one place in memory for as long as it lives: zlib keeps the address.
  private let stream: UnsafeMutablePointer<z_stream>

  init() throws(Failure) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    guard labplan_gzip_begin(stream, Self.level) == Z_OK else { throw Failure() }
  }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
  }

  /// From 1, the fastest, to 9. JSON shrinks to a tenth already here; the next levels take twice the
  /// time for a twentieth less.
  private static var level: Int32 { 4 }

  /// Encodes the next bytes, so that all of them can be decoded from what has been given.
  ///
  /// - Parameter isLast: whether the text ends with them.
  func encode(_ piece: [UInt8], isLast: Bool) throws(Failure) -> [UInt8] {
    var piece = piece
    // The bound is for one call to the end; ending a piece takes a few bytes more.
    let bound = Int(deflateBound(stream, UInt(piece.count))) + 64
    var status = Z_OK
    let encoded = piece.withUnsafeMutableBufferPointer { input in
      [UInt8](unsafeUninitializedCapacity: bound) { output, count in
        stream.pointee.next_in = input.baseAddress
        stream.pointee.avail_in = UInt32(input.count)
        stream.pointee.next_out = output.baseAddress
        stream.pointee.avail_out = UInt32(bound)
        status = deflate(stream, isLast ? Z_FINISH : Z_SYNC_FLUSH)
        count = bound - Int(stream.pointee.avail_out)
      }
    }
    guard status == (isLast ? Z_STREAM_END : Z_OK) else { throw Failure() }
    return encoded
  }
}
