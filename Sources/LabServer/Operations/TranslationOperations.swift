import HTTPServer
import LabAnswers
import LabCore
import LabStorage

/// Labs on other products; nothing is stored.
let translationOperations: [Operation] = [
  Operation(
    .post, "/v1/labs/{lab}/translation", query: [.to, .fields], for: .role(.read)
  ) { service, call throws(Problem) in
    let type = try call.negotiate(.json)
    let found = try service.addressedLab(call.labName, for: call.caller)
    let planned = try service.planned(found, family: .ipv4)
    return try call.translation(of: planned, to: call.targetProduct, as: type)
  },
  Operation(.post, "/v1/translate", query: [.to, .fields], for: .role(.read)) {
    service, call throws(Problem) in
    let type = try call.negotiate(.json)
    let lab = try call.lab(within: service.limits)
    return try call.translation(of: Plan(lab), to: call.targetProduct, as: type)
  },
]

extension Call {
  /// The product that the query names, or what labs that name none are on.
  fileprivate var targetProduct: Hypervisor.Product { query.product ?? .virtualbox }

  fileprivate func translation(
    of plan: Plan, to product: Hypervisor.Product, as type: MediaType
  ) throws(Problem) -> Response {
    let found = try within { (budget) throws(BudgetExhausted) in
      try translate(plan.lab, to: product, addresses: plan.addresses, budget: budget)
    }
    guard let found else {
      throw Problem(
        .invalidDocument,
        "\(product.facts.name) can take no form of this lab: its document asks for what none of the "
          + "product's modes has.")
    }
    return plainAnswer(jsonBody { $0.translation(found, of: plan.lab) }, as: type)
  }
}
