/* What SQLite can do on this disk: CLIENTS threads each want one change stored at a time, and one
   writer stores all that wait in one transaction, as labplan does. A change is what labplan stores
   for POST …/vms on the labs named bench-… in turn: the lab's version is read; a VM with an adapter,
   the lab's revision, the adapter's address and hardware address, the counters that tell kept
   answers from old ones, and a row of the history are written. Nothing is parsed, checked, planned
   or sent.

   group_commit DATABASE CLIENTS SECONDS: a database that labplan made. Prints changes a second, and
   microseconds to the answer: p50 and p99. */
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { mostClients = 256, mostSamples = 1 << 22, mostLabs = 1 << 16 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t wanted = PTHREAD_COND_INITIALIZER, stored = PTHREAD_COND_INITIALIZER;
static int waiting, stopping;
/* Transactions. */
static unsigned long begun, ended, samples;
static unsigned micros[mostSamples];

static sqlite3 *database;
static struct lab {
  sqlite3_int64 id, revision, position;
  char name[64];
} stored_labs[mostLabs];
static int lab_count, next_lab;

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

static sqlite3_stmt *version, *vm, *adapter, *lab_row, *hardware_used, *address, *hardware, *host,
    *addressed, *starts, *history;

static void prepare_all(void) {
  version = prepare(
      "SELECT l.id, l.revision, coalesce(a.reservation_changes, 0) FROM labs AS l"
      " LEFT JOIN addressed_labs AS a ON a.lab_id = l.id WHERE l.name = ?");
  lab_row = prepare("UPDATE labs SET revision = ?, updated_at = ? WHERE id = ?");
  vm = prepare("INSERT INTO vms (lab_id, position, name, os) VALUES (?, ?, ?, 'linux')");
  adapter = prepare(
      "INSERT INTO adapters (lab_id, vm, position, network) VALUES (?, ?, 0, 'shared')");
  hardware_used = prepare(
      "SELECT 1 FROM assigned_hardware_addresses WHERE address = ? AND lab_id <> ? LIMIT 1");
  address = prepare(
      "INSERT INTO assigned_addresses"
      " (lab_id, network, sort_key, vm, slot, address, is_static, freed_at)"
      " VALUES (?, 'shared', ?, ?, 1, ?, 0, NULL)");
  hardware = prepare(
      "INSERT INTO assigned_hardware_addresses (lab_id, vm, slot, address) VALUES (?, ?, 1, ?)");
  host = prepare(
      "INSERT INTO shared_hosts (name, changes) VALUES ('host', 1)"
      " ON CONFLICT DO UPDATE SET changes = changes + 1");
  addressed = prepare(
      "INSERT INTO addressed_labs (lab_id, host, host_changes) VALUES (?, 'host', 1)"
      " ON CONFLICT DO UPDATE SET host_changes = host_changes + 1, reservation_changes = 0");
  starts = prepare("DELETE FROM reservation_starts WHERE lab_id = ?");
  history = prepare(
      "INSERT INTO revisions (lab, revision, kind, changed_at, client, patch, undo)"
      " VALUES (?, ?, 'changed', ?, '127.0.0.1', ?, ?)");
}

static void store(struct lab *lab) {
  char name[32], key[9], ip[32], mac[32], patch[256], undo[64];
  long long position = ++lab->position, now = time(0) * 1000ll;
  unsigned bits = 0x0a000000u + 16 + (unsigned)position;
  snprintf(name, sizeof name, "vm-%lld", position);
  snprintf(key, sizeof key, "%08x", bits);
  snprintf(ip, sizeof ip, "10.0.%u.%u", bits >> 8 & 255, bits & 255);
  /* Anywhere in the index, as labplan's, which are made from names. */
  unsigned hash = (unsigned)(lab->id * 65536 + position) * 2654435761u;
  snprintf(mac, sizeof mac, "08:00:27:%02x:%02x:%02x", hash >> 24, hash >> 16 & 255, hash >> 8 & 255);
  snprintf(patch, sizeof patch,
      "[{\"op\":\"add\",\"path\":\"/vms/-\",\"value\":{\"name\":\"%s\",\"os\":\"linux\","
      "\"adapters\":[{\"network\":\"shared\"}]}}]", name);
  snprintf(undo, sizeof undo, "[{\"op\":\"remove\",\"path\":\"/vms/%lld\"}]", position);
  sqlite3_bind_text(version, 1, lab->name, -1, SQLITE_STATIC);
  if (sqlite3_step(version) != SQLITE_ROW) die("no such lab");
  lab->revision = sqlite3_column_int64(version, 1) + 1;
  sqlite3_reset(version);
  sqlite3_bind_int64(lab_row, 1, lab->revision);
  sqlite3_bind_int64(lab_row, 2, now);
  sqlite3_bind_int64(lab_row, 3, lab->id);
  step(lab_row);
  sqlite3_bind_int64(vm, 1, lab->id);
  sqlite3_bind_int64(vm, 2, position);
  sqlite3_bind_text(vm, 3, name, -1, SQLITE_STATIC);
  step(vm);
  sqlite3_bind_int64(adapter, 1, lab->id);
  sqlite3_bind_text(adapter, 2, name, -1, SQLITE_STATIC);
  step(adapter);
  sqlite3_bind_text(hardware_used, 1, mac, -1, SQLITE_STATIC);
  sqlite3_bind_int64(hardware_used, 2, lab->id);
  sqlite3_step(hardware_used);
  sqlite3_reset(hardware_used);
  sqlite3_bind_int64(address, 1, lab->id);
  sqlite3_bind_text(address, 2, key, -1, SQLITE_STATIC);
  sqlite3_bind_text(address, 3, name, -1, SQLITE_STATIC);
  sqlite3_bind_text(address, 4, ip, -1, SQLITE_STATIC);
  step(address);
  sqlite3_bind_int64(hardware, 1, lab->id);
  sqlite3_bind_text(hardware, 2, name, -1, SQLITE_STATIC);
  sqlite3_bind_text(hardware, 3, mac, -1, SQLITE_STATIC);
  step(hardware);
  step(host);
  sqlite3_bind_int64(addressed, 1, lab->id);
  step(addressed);
  sqlite3_bind_int64(starts, 1, lab->id);
  step(starts);
  sqlite3_bind_text(history, 1, lab->name, -1, SQLITE_STATIC);
  sqlite3_bind_int64(history, 2, lab->revision);
  sqlite3_bind_int64(history, 3, now);
  sqlite3_bind_text(history, 4, patch, -1, SQLITE_STATIC);
  sqlite3_bind_text(history, 5, undo, -1, SQLITE_STATIC);
  step(history);
}

static void find_labs(void) {
  sqlite3_stmt *find = prepare(
      "SELECT id, name, (SELECT coalesce(max(position), 0) FROM vms WHERE lab_id = id) FROM labs"
      " WHERE name GLOB 'bench-*'");
  while (sqlite3_step(find) == SQLITE_ROW && lab_count < mostLabs) {
    struct lab *lab = &stored_labs[lab_count++];
    lab->id = sqlite3_column_int64(find, 0);
    snprintf(lab->name, sizeof lab->name, "%s", sqlite3_column_text(find, 1));
    lab->position = sqlite3_column_int64(find, 2);
  }
  sqlite3_finalize(find);
  if (!lab_count) fprintf(stderr, "no lab is called bench-...\n"), exit(1);
}

static int ascending(const void *one, const void *other) {
  unsigned a = *(const unsigned *)one, b = *(const unsigned *)other;
  return (a > b) - (a < b);
}

int main(int count, char **arguments) {
  if (count != 4) return fprintf(stderr, "group_commit DATABASE CLIENTS SECONDS\n"), 64;
  int clients = atoi(arguments[2]);
  if (clients < 1 || clients > mostClients) return 64;
  if (sqlite3_open(arguments[1], &database) != SQLITE_OK) die("open");
  run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON");
  find_labs();
  prepare_all();

  pthread_t threads[mostClients];
  for (int each = 0; each < clients; each++) pthread_create(&threads[each], 0, client, 0);
  unsigned long long start = now(), end = start + atoi(arguments[3]) * 1000000ull;
  unsigned long changes = 0;
  while (now() < end) {
    pthread_mutex_lock(&mutex);
    while (!waiting) pthread_cond_wait(&wanted, &mutex);
    int batch = waiting;
    waiting = 0;
    begun++;
    pthread_mutex_unlock(&mutex);
    run("BEGIN IMMEDIATE");
    for (int each = 0; each < batch; each++) store(&stored_labs[next_lab++ % lab_count]);
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
