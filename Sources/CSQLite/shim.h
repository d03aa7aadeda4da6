#pragma once
#include <sqlite3.h>

/* sqlite3_db_config is variadic, which Swift cannot call. Turns off the reading of "text" as a
   string literal where no such column exists, in DML and in DDL. */
static inline int labplan_sqlite3_disable_double_quoted_strings(sqlite3 *database) {
  int code = sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DML, 0, (void *)0);
  if (code != SQLITE_OK) return code;
  return sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DDL, 0, (void *)0);
}
