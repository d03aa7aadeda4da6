internal import Glibc

/// Does something on a thread made for it and waits for the result.
///
/// A thread that makes network namespaces ends up in one, and must not go on to other work.
func onThreadOfItsOwn<Value>(
  _ work: () throws(RehearsalError) -> Value
) throws(RehearsalError) -> Value {
  let result: Result<Value, RehearsalError>? = withoutActuallyEscaping(work) { work in
    var result: Result<Value, RehearsalError>?
    let number = runToEnd {
      do throws(RehearsalError) {
        result = .success(try work())
      } catch {
        result = .failure(error)
      }
    }
    return number == 0
      ? result : .failure(.refused(step: "start a thread", errorNumber: number))
  }
  guard let result else { throw .refused(step: "run a thread", errorNumber: ECANCELED) }
  return try result.get()
}

private final class ThreadBody {
  let work: () -> Void

  init(_ work: @escaping () -> Void) {
    self.work = work
  }
}

/// Runs something on a new thread and joins it; 0 or an error number.
private func runToEnd(_ work: @escaping () -> Void) -> Int32 {
  let body = ThreadBody(work)
  var thread = pthread_t()
  let number = pthread_create(
    &thread, nil,
    { argument in
      if let argument {
        Unmanaged<ThreadBody>.fromOpaque(argument).takeUnretainedValue().work()
      }
      return nil
    }, Unmanaged.passUnretained(body).toOpaque())
  guard number == 0 else { return number }
  pthread_join(thread, nil)
  // The thread borrows the body.
  withExtendedLifetime(body) {}
  return 0
}
