#pragma once
#include <sqlite3.h>

/* STRICT tables and SQLITE_OPEN_EXRESCODE came with 3.37. */
#if SQLITE_VERSION_NUMBER < 3037000
#error "labplan needs SQLite 3.37 or newer"
#endif

/* sqlite3_db_config is variadic, which Swift cannot call. Turns off the reading of "text" as a
   string literal where no such column exists, in DML and in DDL. */
static inline int labplan_sqlite3_disable_double_quoted_strings(sqlite3 *database) {
  int code = sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DML, 0, (void *)0);
  if (code != SQLITE_OK) return code;
  return sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DDL, 0, (void *)0);
}

/* SQLITE_TRANSIENT is a cast of -1 to a function pointer, which Swift does not import. The bytes
   are copied before this returns. An empty string may come without an address, which SQLite would
   bind as NULL. */
static inline int labplan_sqlite3_bind_text(
    sqlite3_stmt *statement, int index, const char *bytes, sqlite3_uint64 count) {
  return sqlite3_bind_text64(
      statement, index, bytes ? bytes : "", count, SQLITE_TRANSIENT, SQLITE_UTF8);
}

/* sqlite3_config is variadic too. SQLite counts every allocation under one mutex that all
   connections share; without the count they share nothing. To be called before the first
   connection is opened. */
static inline int labplan_sqlite3_disable_memory_statistics(void) {
  return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}
