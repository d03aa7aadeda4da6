/* What SQLite can do on this disk: CLIENTS threads each want one change stored at a time, and one
   writer stores all that wait in one transaction, as labplan does. A change is the statements of
   POST …/vms: a VM with an adapter, the lab's revision, and a row of its history.

   group_commit DATABASE LAB CLIENTS SECONDS: a database that labplan made, with a lab that has a
   network. Prints changes a second, and microseconds to the answer: p50 and p99. */
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { mostClients = 256, mostSamples = 1 << 22 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t wanted = PTHREAD_COND_INITIALIZER, stored = PTHREAD_COND_INITIALIZER;
static int waiting, stopping;
/* Transactions. */
static unsigned long begun, ended, samples;
static unsigned micros[mostSamples];

static sqlite3 *database;
static sqlite3_int64 lab_id, position, revision;
static const char *lab_name;

static void die(const char *what) {
  fprintf(stderr, "%s: %s\n", what, sqlite3_errmsg(database));
  exit(1);
}

static void run(const char *sql) {
  if (sqlite3_exec(database, sql, 0, 0, 0) != SQLITE_OK) die(sql);
}

static sqlite3_stmt *prepare(const char *sql) {
  sqlite3_stmt *statement;
  if (sqlite3_prepare_v3(database, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, 0)) die(sql);
  return statement;
}

static void step(sqlite3_stmt *statement) {
  if (sqlite3_step(statement) != SQLITE_DONE) die(sqlite3_sql(statement));
  sqlite3_reset(statement);
}

static unsigned long long now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1000000ull + time.tv_nsec / 1000;
}

static void *client(void *unused) {
  while (1) {
    unsigned long long start = now();
    pthread_mutex_lock(&mutex);
    if (stopping) { pthread_mutex_unlock(&mutex); return unused; }
    /* Stored by the next transaction that begins. */
    unsigned long mine = begun + 1;
    waiting++;
    pthread_cond_signal(&wanted);
    while (ended < mine && !stopping) pthread_cond_wait(&stored, &mutex);
    if (ended >= mine && samples < mostSamples) micros[samples++] = now() - start;
    pthread_mutex_unlock(&mutex);
  }
}

static void store(sqlite3_stmt *vm, sqlite3_stmt *adapter, sqlite3_stmt *lab, sqlite3_stmt *row) {
  char name[32], patch[256], undo[64];
  position++;
  revision++;
  snprintf(name, sizeof name, "vm-%lld", position);
  snprintf(patch, sizeof patch,
      "[{\"op\":\"add\",\"path\":\"/vms/%lld\",\"value\":{\"name\":\"%s\",\"os\":\"linux\","
      "\"adapters\":[{\"network\":\"shared\"}]}}]", position, name);
  snprintf(undo, sizeof undo, "[{\"op\":\"remove\",\"path\":\"/vms/%lld\"}]", position);
  sqlite3_bind_int64(vm, 1, lab_id);
  sqlite3_bind_int64(vm, 2, position);
  sqlite3_bind_text(vm, 3, name, -1, SQLITE_STATIC);
  step(vm);
  sqlite3_bind_int64(adapter, 1, lab_id);
  sqlite3_bind_text(adapter, 2, name, -1, SQLITE_STATIC);
  step(adapter);
  sqlite3_bind_int64(lab, 1, revision);
  sqlite3_bind_int64(lab, 2, time(0) * 1000ll);
  sqlite3_bind_int64(lab, 3, lab_id);
  step(lab);
  sqlite3_bind_text(row, 1, lab_name, -1, SQLITE_STATIC);
  sqlite3_bind_int64(row, 2, revision);
  sqlite3_bind_int64(row, 3, time(0) * 1000ll);
  sqlite3_bind_text(row, 4, patch, -1, SQLITE_STATIC);
  sqlite3_bind_text(row, 5, undo, -1, SQLITE_STATIC);
  step(row);
}

static int ascending(const void *one, const void *other) {
  unsigned a = *(const unsigned *)one, b = *(const unsigned *)other;
  return (a > b) - (a < b);
}

int main(int count, char **arguments) {
  if (count != 5) return fprintf(stderr, "group_commit DATABASE LAB CLIENTS SECONDS\n"), 64;
  lab_name = arguments[2];
  int clients = atoi(arguments[3]);
  if (clients < 1 || clients > mostClients) return 64;
  if (sqlite3_open(arguments[1], &database) != SQLITE_OK) die("open");
  run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON");
  sqlite3_stmt *find = prepare(
      "SELECT id, revision, (SELECT count(*) - 1 FROM vms WHERE lab_id = id) FROM labs"
      " WHERE name = ?");
  sqlite3_bind_text(find, 1, lab_name, -1, SQLITE_STATIC);
  if (sqlite3_step(find) != SQLITE_ROW) die("no such lab");
  lab_id = sqlite3_column_int64(find, 0);
  revision = sqlite3_column_int64(find, 1);
  position = sqlite3_column_int64(find, 2);
  sqlite3_finalize(find);
  sqlite3_stmt *vm = prepare(
      "INSERT INTO vms (lab_id, position, name, os) VALUES (?, ?, ?, 'linux')");
  sqlite3_stmt *adapter = prepare(
      "INSERT INTO adapters (lab_id, vm, position, network) VALUES (?, ?, 0, 'shared')");
  sqlite3_stmt *lab = prepare("UPDATE labs SET revision = ?, updated_at = ? WHERE id = ?");
  sqlite3_stmt *row = prepare(
      "INSERT INTO revisions (lab, revision, kind, changed_at, client, patch, undo)"
      " VALUES (?, ?, 'changed', ?, '127.0.0.1', ?, ?)");

  pthread_t threads[mostClients];
  for (int each = 0; each < clients; each++) pthread_create(&threads[each], 0, client, 0);
  unsigned long long start = now(), end = start + atoi(arguments[4]) * 1000000ull;
  unsigned long changes = 0;
  while (now() < end) {
    pthread_mutex_lock(&mutex);
    while (!waiting) pthread_cond_wait(&wanted, &mutex);
    int batch = waiting;
    waiting = 0;
    begun++;
    pthread_mutex_unlock(&mutex);
    run("BEGIN IMMEDIATE");
    for (int each = 0; each < batch; each++) store(vm, adapter, lab, row);
    run("COMMIT");
    changes += batch;
    pthread_mutex_lock(&mutex);
    ended = begun;
    pthread_cond_broadcast(&stored);
    pthread_mutex_unlock(&mutex);
  }
  double seconds = (now() - start) / 1e6;
  pthread_mutex_lock(&mutex);
  stopping = 1;
  pthread_cond_broadcast(&stored);
  pthread_mutex_unlock(&mutex);
  for (int each = 0; each < clients; each++) pthread_join(threads[each], 0);
  qsort(micros, samples, sizeof *micros, ascending);
  printf("%.0f %u %u\n", changes / seconds, micros[samples / 2], micros[samples * 99 / 100]);
  return 0;
}
