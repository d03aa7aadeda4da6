/// Brings the database at a path to the newest schema, creating it where there is none.
///
/// - Returns: how many migrations it had before and has now; 0 is a database without tables.
public func migrateDatabase(
  at path: String
) throws(MaintenanceError) -> (before: Int, after: Int) {
  try maintaining(path) { () throws(StoreError) in
    let location = try DatabaseLocation(path: path)
    try location.refuseForeignFile()
    let connection = try Connection(to: location, access: .readWrite)
    let migrator = Migrator()
    let before = try migrator.version(of: connection)
    try migrator.migrate(connection)
    return (before, try migrator.version(of: connection))
  }
}
