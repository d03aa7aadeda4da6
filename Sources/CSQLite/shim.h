#pragma once
#include <sqlite3.h>
#include <stdint.h>

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

/* The shared memory in which the write-ahead log's index begins, where every process that has the
   database open looks for the last commit (https://www.sqlite.org/walformat.html, section 2.1). Null
   where the database has none. It stays for as long as the connection, which must have read once. */
static inline const void *labplan_sqlite3_wal_index(sqlite3 *database) {
  sqlite3_file *file = 0;
  void volatile *region = 0;
  if (sqlite3_file_control(database, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK)
    return 0;
  if (!file || !file->pMethods || file->pMethods->iVersion < 2 || !file->pMethods->xShmMap)
    return 0;
  if (file->pMethods->xShmMap(file, 0, 32 * 1024, 0, &region) != SQLITE_OK) return 0;
  return (const void *)region;
}

/* The first copy of the index's header, 48 bytes: among them a count of the changes, the number of
   frames, salts and checksums of them, so that no two commits leave the same. It is written, after
   the other copy, when a commit is durable. */
typedef struct {
  uint64_t words[6];
} labplan_wal_index_header;

static inline labplan_wal_index_header labplan_sqlite3_read_wal_index(const void *index) {
  labplan_wal_index_header header;
  for (int word = 0; word < 6; word++)
    header.words[word] = __atomic_load_n((const uint64_t *)index + word, __ATOMIC_ACQUIRE);
  return header;
}
