internal import Glibc

/// Raises the number of files this process may open to what the system allows at most, and tells
/// it. Where that fails, what held before still holds.
func raiseDescriptorLimit() -> Int {
  var limit = rlimit()
  let files = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
  guard getrlimit(files, &limit) == 0 else { return 1024 }
  let before = limit.rlim_cur
  limit.rlim_cur = limit.rlim_max
  let now = setrlimit(files, &limit) == 0 ? limit.rlim_cur : before
  return Int(clamping: now)
}
