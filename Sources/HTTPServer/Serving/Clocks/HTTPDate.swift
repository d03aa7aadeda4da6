internal import Glibc

/// The value of `Date` (RFC 9110, section 5.6.7), written once a second.
struct HTTPDate {
  private var second = time_t.min
  private var text: [UInt8] = []

  /// The present time: `Sun, 06 Nov 1994 08:49:37 GMT`.
  mutating func now() -> [UInt8] {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME_COARSE, &time)
    if time.tv_sec != second {
      second = time.tv_sec
      text = Array(httpDate(second).utf8)
    }
    return text
  }
}

/// A time in seconds since 1970 as HTTP writes it.
func httpDate(_ second: time_t) -> String {
  var second = second
  var parts = tm()
  gmtime_r(&second, &parts)
  let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
  let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
  let date = "\(twoDigits(parts.tm_mday)) \(months[Int(parts.tm_mon)]) \(parts.tm_year + 1900)"
  let time = [parts.tm_hour, parts.tm_min, parts.tm_sec].map(twoDigits).joined(separator: ":")
  return "\(days[Int(parts.tm_wday)]), \(date) \(time) GMT"
}

private func twoDigits(_ number: Int32) -> String {
  number < 10 ? "0\(number)" : "\(number)"
}
