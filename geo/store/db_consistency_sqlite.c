/* db_consistency_sqlite.c - compares the mark in the database file with those in its log.
 *
 * The file is read through SQLite's own handle: closing another descriptor of the file
 * would release the process's POSIX locks on it.
 */
#include "geo/store/db_consistency_sqlite.h"

#include <stdlib.h>
#include <string.h>

#include "geo/store/db_sqlite.h"

enum {
    MARK = 24,
    MAGIC = 8,
    NUMBER = 8,
    LOG_HEAD = 32,
    FRAME_HEAD = 24,
    CELL_HEAD_MAX = 32, /* bytes of a cell before those of the mark: sizes and types */
    TRIES = 3,          /* a page may be read while it is being written */
    PAUSE_MS = 2,
};

static const char magic[] = "SIGGmark";

struct mark {
    unsigned char now[NUMBER], before[NUMBER];
};

/* What is read in one transaction. */
struct sides {
    struct mark seen; /* the mark as SQLite sees it, log included */
    struct mark home; /* the mark in the file alone; zeroes if it has none */
    uint32_t page;    /* page number of the mark */
    uint32_t page_size, pages;
    int64_t file_bytes, log_bytes;
    sqlite3_file *file, *log;
    bool starved; /* memory was short: the result means nothing */
};

static bool same(const unsigned char *a, const unsigned char *b)
{
    return memcmp(a, b, NUMBER) == 0;
}

static uint32_t number_at(const unsigned char *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* Reads zeroes beyond the end. */
static bool read_at(sqlite3_file *file, int64_t at, void *to, int n)
{
    int code = file->pMethods->xRead(file, to, n, at);
    return code == SQLITE_OK || code == SQLITE_IOERR_SHORT_READ;
}

static bool ask_number(struct db *db, const char *sql, uint32_t *number, struct err *err)
{
    sqlite3_stmt *statement = db_statement(db, sql, err);
    if (!statement)
        return false;
    int step = sqlite3_step(statement);
    if (step == SQLITE_ROW)
        *number = (uint32_t)sqlite3_column_int64(statement, 0);
    else if (step == SQLITE_DONE)
        *number = 0;
    else
        db_fail(db, err, "abrir");
    sqlite3_finalize(statement);
    return step == SQLITE_ROW || step == SQLITE_DONE;
}

static bool take_mark(const void *bytes, size_t len, struct mark *mark)
{
    const unsigned char *at = bytes;
    *mark = (struct mark){0};
    if (len != MARK || memcmp(at, magic, MAGIC) != 0)
        return false;
    memcpy(mark->now, at + MAGIC, NUMBER);
    memcpy(mark->before, at + MAGIC + NUMBER, NUMBER);
    return true;
}

static bool read_seen(struct db *db, struct mark *mark, struct err *err)
{
    if (!db->mark)
        db->mark = db_statement(db, "SELECT marca FROM marca_archivo WHERE id = 1", err);
    if (!db->mark)
        return false;
    int step = sqlite3_step(db->mark);
    if (step == SQLITE_ROW)
        take_mark(sqlite3_column_blob(db->mark, 0), (size_t)sqlite3_column_bytes(db->mark, 0),
                  mark);
    else
        db_fail(db, err, "abrir");
    sqlite3_reset(db->mark);
    return step == SQLITE_ROW;
}

/* Finds the mark in the first cell of a table's leaf page; zeroes if the page is not one. */
static void mark_in_page(const unsigned char *page, uint32_t size, struct mark *mark)
{
    *mark = (struct mark){0};
    uint32_t cell = (uint32_t)page[8] << 8 | page[9];
    if (page[0] != 13 || cell < 10 || cell + MARK > size)
        return;
    uint32_t room = size - cell;
    const unsigned char *found = memmem(
        page + cell, room < CELL_HEAD_MAX + MARK ? room : CELL_HEAD_MAX + MARK, magic, MAGIC);
    if (found && found + MARK <= page + size)
        take_mark(found, MARK, mark);
}

/* Zeroed memory; the caller frees it. */
static unsigned char *room(struct sides *sides, size_t bytes)
{
    unsigned char *found = calloc(bytes, 1);
    sides->starved = sides->starved || !found;
    return found;
}

static bool unread(struct db *db, const struct sides *sides, const char *doing, struct err *err)
{
    return sides->starved ? err_no_memory(err) : db_fail(db, err, doing);
}

static bool read_files(struct db *db, struct sides *sides)
{
    sqlite3_int64 bytes = 0;
    if (sqlite3_file_control(db->handle, "main", SQLITE_FCNTL_FILE_POINTER, &sides->file) !=
            SQLITE_OK ||
        !sides->file->pMethods ||
        sides->file->pMethods->xFileSize(sides->file, &bytes) != SQLITE_OK)
        return false;
    sides->file_bytes = bytes;
    sides->log_bytes = 0;
    if (!db->still &&
        sqlite3_file_control(db->handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &sides->log) ==
            SQLITE_OK &&
        sides->log && sides->log->pMethods &&
        sides->log->pMethods->xFileSize(sides->log, &bytes) == SQLITE_OK)
        sides->log_bytes = bytes;
    unsigned char *page = room(sides, sides->page_size);
    bool ok = page && read_at(sides->file, (int64_t)(sides->page - 1) * sides->page_size, page,
                              (int)sides->page_size);
    if (ok)
        mark_in_page(page, sides->page_size, &sides->home);
    free(page);
    return ok;
}

/* ---- the log ---------------------------------------------------------------- */

/* Calls fn with each frame of the log's current generation. False: fn returned false,
 * because it found what it looked for. */
typedef bool frame_fn(void *arg, const struct sides *sides, uint32_t page, int64_t bytes_at);

static bool each_frame(const struct sides *sides, frame_fn *fn, void *arg)
{
    unsigned char head[LOG_HEAD], frame[FRAME_HEAD];
    int64_t step = FRAME_HEAD + (int64_t)sides->page_size;
    if (sides->log_bytes < LOG_HEAD || !read_at(sides->log, 0, head, LOG_HEAD) ||
        number_at(head + 8) != sides->page_size)
        return true;
    for (int64_t at = LOG_HEAD; at + step <= sides->log_bytes; at += step) {
        if (!read_at(sides->log, at, frame, FRAME_HEAD) || memcmp(frame + 8, head + 16, 8) != 0)
            return true; /* salts of an earlier generation: the end of this one */
        if (!fn(arg, sides, number_at(frame), at + FRAME_HEAD))
            return false;
    }
    return true;
}

static bool is_other_mark(void *arg, const struct sides *sides, uint32_t page, int64_t bytes_at)
{
    unsigned char *bytes = arg;
    struct mark mark;
    if (page != sides->page || !read_at(sides->log, bytes_at, bytes, (int)sides->page_size))
        return true;
    mark_in_page(bytes, sides->page_size, &mark);
    return !same(mark.now, sides->home.now) && !same(mark.before, sides->home.now);
}

/* True if the file's mark is the current one, the one before, or another in the log. */
static bool goes_on(struct sides *sides)
{
    if (same(sides->home.now, sides->seen.now) || same(sides->home.now, sides->seen.before))
        return true;
    unsigned char *bytes = room(sides, sides->page_size);
    bool found = bytes && !each_frame(sides, is_other_mark, bytes);
    free(bytes);
    return found;
}

struct missing {
    uint32_t first, n; /* pages beyond the end of the file */
    unsigned char *there;
};

static bool note_page(void *arg, const struct sides *sides, uint32_t page, int64_t bytes_at)
{
    struct missing *missing = arg;
    (void)sides;
    (void)bytes_at;
    if (page >= missing->first && page - missing->first < missing->n)
        missing->there[page - missing->first] = 1;
    return true;
}

/* True if every page is in the file or in the log. */
static bool all_there(struct sides *sides)
{
    enum { LOCK_BYTE = 0x40000000 }; /* SQLite never uses the page of this byte */
    uint32_t in_file = (uint32_t)(sides->file_bytes / sides->page_size);
    if (in_file >= sides->pages)
        return true;
    struct missing missing = {in_file + 1, sides->pages - in_file, NULL};
    if (sides->log_bytes / sides->page_size < missing.n - 1)
        return false;
    missing.there = room(sides, missing.n);
    bool ok = missing.there && each_frame(sides, note_page, &missing);
    for (uint32_t i = 0; ok && i < missing.n; i++)
        ok = missing.there[i] || missing.first + i == LOCK_BYTE / sides->page_size + 1;
    free(missing.there);
    return ok;
}

/* The index as readers see it: sqlite.org/walformat.html, "The WAL-Index File Format". */
enum {
    INDEX_HEAD = 48, /* there are two, alike unless one is being written */
    INDEX_BYTES = 32768,
    INDEX_FRAMES = 16, /* how many frames of the log are committed */
    INDEX_SALTS = 32,  /* those in the head of the log */
    LOG_SALTS = 16,
    SALTS = 8,
};

/* False where there is no index, or it is being written. */
static bool read_index(const struct sides *sides, unsigned char head[INDEX_HEAD])
{
    const sqlite3_io_methods *methods = sides->file->pMethods;
    volatile void *region = NULL;
    unsigned char second[INDEX_HEAD];
    if (methods->iVersion < 2 || !methods->xShmMap ||
        methods->xShmMap(sides->file, 0, INDEX_BYTES, 0, &region) != SQLITE_OK || !region)
        return false;
    const volatile unsigned char *bytes = region;
    for (int i = 0; i < INDEX_HEAD; i++)
        head[i] = bytes[i];
    for (int i = 0; i < INDEX_HEAD; i++)
        second[i] = bytes[INDEX_HEAD + i];
    return memcmp(head, second, INDEX_HEAD) == 0;
}

/* True if the log contains every frame that the index lists. A log that changes meanwhile
 * counts as whole: the next call looks at it again. */
static bool log_as_indexed(const struct sides *sides)
{
    unsigned char before[INDEX_HEAD], after[INDEX_HEAD], head[LOG_HEAD];
    uint32_t frames = 0;
    sqlite3_int64 bytes = 0;
    if (!sides->log || !sides->log->pMethods || !read_index(sides, before))
        return true;
    memcpy(&frames, before + INDEX_FRAMES, sizeof frames); /* in the machine's order */
    if (frames == 0)
        return true;
    bool ok = sides->log->pMethods->xFileSize(sides->log, &bytes) == SQLITE_OK &&
              bytes >= LOG_HEAD + frames * (FRAME_HEAD + (int64_t)sides->page_size) &&
              read_at(sides->log, 0, head, LOG_HEAD) &&
              memcmp(head + LOG_SALTS, before + INDEX_SALTS, SALTS) == 0;
    return ok || !read_index(sides, after) || memcmp(before, after, INDEX_HEAD) != 0;
}

/* ---- the question ------------------------------------------------------------ */

/* Page of the mark, and page size. Read once: only migrations change the schema. */
static bool find_page(struct db *db, struct err *err)
{
    return ask_number(db, "SELECT rootpage FROM sqlite_master WHERE name = 'marca_archivo'",
                      &db->mark_page, err) &&
           ask_number(db, "PRAGMA page_size", &db->page_size, err);
}

static bool look(struct db *db, struct sides *sides, struct err *err)
{
    sides->page = db->mark_page;
    sides->page_size = db->page_size;
    return read_seen(db, &sides->seen, err) &&
           ask_number(db, "PRAGMA page_count", &sides->pages, err) &&
           (read_files(db, sides) || unread(db, sides, "abrir", err));
}

static void remember(struct db *db, const struct sides *sides)
{
    memcpy(db->home_mark, sides->home.now, NUMBER);
    db->home_bytes = sides->file_bytes;
}

static bool look_once(struct db *db, bool *consistent, struct err *err)
{
    struct sides sides = {0};
    bool begin = !db->in_transaction;
    if (begin && !db_script(db, "BEGIN", "abrir", err))
        return false;
    bool ok = (db->mark_page || find_page(db, err));
    *consistent = ok && !db->mark_page;
    if (ok && db->mark_page) {
        ok = look(db, &sides, err);
        *consistent = ok && goes_on(&sides) && all_there(&sides);
        if (ok && sides.starved)
            ok = *consistent = err_no_memory(err);
    }
    if (*consistent)
        remember(db, &sides);
    if (begin)
        sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
    return ok;
}

static bool not_of_one(const struct db *db, struct err *err)
{
    return err_set(err, ERR_DEPENDENCY,
                   "%s: el archivo y su -wal no son de la misma base de datos, o falta una parte: "
                   "«sigg restore COPIA» pone en su lugar una copia de «sigg backup»",
                   db->path);
}

bool db_consistent(struct db *db, struct err *err)
{
    bool consistent = false;
    for (int i = 0; i < TRIES && !consistent; i++) {
        if (i)
            sqlite3_sleep(PAUSE_MS);
        if (!look_once(db, &consistent, err))
            return false;
    }
    return consistent || not_of_one(db, err);
}

bool db_goes_on(struct db *db, struct err *err)
{
    struct sides sides = {.page = db->mark_page, .page_size = db->page_size};
    if (!db->mark_page) /* the database is being created */
        return true;
    if (!read_seen(db, &sides.seen, err))
        return false;
    for (int i = 0; i < TRIES; i++) {
        if (i)
            sqlite3_sleep(PAUSE_MS);
        if (!read_files(db, &sides))
            return db_fail(db, err, "guardar");
        if (goes_on(&sides))
            return true;
    }
    return not_of_one(db, err);
}

bool db_log_holds(struct db *db, struct err *err)
{
    struct sides sides = {.page = db->mark_page, .page_size = db->page_size};
    if (!db->mark_page)
        return true;
    if (!read_files(db, &sides))
        return db_fail(db, err, "guardar");
    return log_as_indexed(&sides) || not_of_one(db, err);
}

bool db_sound(struct db *db, struct err *err)
{
    struct sides sides = {.page = db->mark_page, .page_size = db->page_size};
    if (!db_files_check(db, err))
        return false;
    if (!db->mark_page)
        return true;
    if (!read_files(db, &sides))
        return unread(db, &sides, "leer", err);
    if (!log_as_indexed(&sides))
        return not_of_one(db, err);
    return (same(sides.home.now, db->home_mark) && sides.file_bytes == db->home_bytes) ||
           db_consistent(db, err);
}

bool db_mark(struct db *db, struct err *err)
{
    unsigned char mark[MARK];
    struct mark before;
    uint32_t page = 0;
    if (!db->mark_page &&
        !ask_number(db, "SELECT rootpage FROM sqlite_master WHERE name = 'marca_archivo'", &page,
                    err))
        return false;
    if (!db->mark_page && !page)
        return true; /* an old schema without marks */
    if (!read_seen(db, &before, err))
        return false;
    if (!db->put_mark)
        db->put_mark = db_statement(db, "UPDATE marca_archivo SET marca = ?1 WHERE id = 1", err);
    if (!db->put_mark)
        return false;
    memcpy(mark, magic, MAGIC);
    sqlite3_randomness(NUMBER, mark + MAGIC);
    memcpy(mark + MAGIC + NUMBER, before.now, NUMBER);
    sqlite3_bind_blob(db->put_mark, 1, mark, MARK, SQLITE_STATIC);
    bool ok = db_statement_run(db, db->put_mark, "guardar", err);
    sqlite3_clear_bindings(db->put_mark);
    return ok;
}
