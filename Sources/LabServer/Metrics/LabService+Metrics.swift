import HTTPServer

extension LabService {
  /// Counts the requests that are being answered.
  var metricsStep: Step {
    Step { [metrics] request, rest in metrics.countInFlight { rest(request) } }
  }

  /// Every metric, for Prometheus.
  func prometheusText() -> String {
    let counts = metrics.total()
    var text = PrometheusText()
    text.requests(counts)
    text.begin(
      "labplan_http_requests_in_flight", .gauge, "Requests that are being answered now.")
    text.sample("labplan_http_requests_in_flight", counts.requestsInFlight)
    if let load = serverLoad.withLock({ $0 })?() ?? nil {
      text.begin("labplan_http_connections", .gauge, "Connections that are open now.")
      text.sample("labplan_http_connections", load.openConnections)
      text.begin("labplan_http_threads", .gauge, "Threads that answer requests.")
      text.sample("labplan_http_threads", load.threads)
    }
    text.store(counts)
    text.begin("labplan_plan_duration_seconds", .histogram, "How long planning a lab took.")
    text.histogram("labplan_plan_duration_seconds", counts.work[.plan])
    return text.text
  }
}

extension PrometheusText {
  fileprivate mutating func requests(_ counts: ServiceMetrics.Counts) {
    begin("labplan_http_requests_total", .counter, "Requests that were answered.")
    let kinds = counts.requests.sorted {
      ($0.key.route, $0.key.method, $0.key.status) < ($1.key.route, $1.key.method, $1.key.status)
    }
    for (kind, count) in kinds {
      sample(
        "labplan_http_requests_total", count,
        [("method", kind.method), ("route", kind.route), ("status", "\(kind.status)")])
    }
    begin("labplan_http_sent_bytes_total", .counter, "Bytes of responses.")
    sample("labplan_http_sent_bytes_total", counts.bytesSent)
    begin(
      "labplan_http_request_duration_seconds", .histogram,
      "From the moment that a request was read until its response was out.")
    for (route, histogram) in counts.durations.sorted(by: { $0.key < $1.key }) {
      self.histogram("labplan_http_request_duration_seconds", histogram, [("route", route)])
    }
  }

  fileprivate mutating func store(_ counts: ServiceMetrics.Counts) {
    begin(
      "labplan_sqlite_duration_seconds", .histogram,
      "How long reading and writing the database took, waiting for one's turn included.")
    for work in [ServiceMetrics.Work.read, .write] {
      histogram(
        "labplan_sqlite_duration_seconds", counts.work[work], [("operation", "\(work)")])
    }
    begin("labplan_sqlite_queue", .gauge, "Writes that are waiting or under way now.")
    sample("labplan_sqlite_queue", counts.workInProgress[ServiceMetrics.Work.write.rawValue])
  }
}

extension [Histogram] {
  fileprivate subscript(work: ServiceMetrics.Work) -> Histogram { self[work.rawValue] }
}
