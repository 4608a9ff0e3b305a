/* source.c - gives the rows of a source, from its child process or its reader.
 *
 * Built-in data are read in this process, all else in a child. The rows of a table that was
 * studied are kept (source_spool.h): a table is read and its polygons are repaired once.
 */
#include "geo/source/source.h"

#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "geo/source/source_child.h"
#include "geo/source/source_fetch.h"
#include "geo/source/source_spool.h"

/* After so many records whose repair ended a child the import is given up. */
enum { MAX_SPOILT = 100, ROWS_BETWEEN_WORDS = 1024 };

struct geo_source {
    struct geo_source_options options;
    struct source_reader *reader; /* for built-in data; else NULL */
    struct source_position position;
    struct source_child *child;
    struct arena *arena;
    unsigned char *told; /* the frame with the texts of info */
    struct source_info info;
    struct source_cell *cells;  /* of a row of the widest table */
    size_t table;               /* the one being read */
    int64_t given;              /* its rows so far */
    bool reading;               /* the child was told to send rows, and has not ended */
    bool studying;              /* it sends them with their facts */
    bool spooled;               /* rows come from the spool */
    struct source_spool *spool; /* NULL until a table is studied */
    struct source_spoilt *spoilt;
    size_t n_spoilt, cap_spoilt;
};

/* Opening -------------------------------------------------------------------------- */

static bool senseless(struct err *err)
{
    return err_set(err, ERR_DEPENDENCY, "el proceso que lee la fuente contestó algo sin sentido");
}

static bool keep_info(struct geo_source *source, const unsigned char *bytes, size_t len,
                      struct err *err)
{
    source->told = malloc(len + 1);
    if (!source->told)
        return err_no_memory(err);
    memcpy(source->told, bytes, len);
    if (!wire_info(source->told, len, source->arena, &source->info, err))
        return false;
    size_t widest = 0;
    for (size_t t = 0; t < source->info.n_tables; t++)
        if (source->info.tables[t].n_columns > widest)
            widest = source->info.tables[t].n_columns;
    source->cells = arena_array(source->arena, widest, sizeof *source->cells);
    return source->cells || err_no_memory(err);
}

/* Starts a child, and waits until it has opened the source. Only the first one's
 * description of the source is used. */
static bool start(struct geo_source *source, struct err *err)
{
    const struct source_child_start how = {
        .options = &source->options, .spoilt = source->spoilt, .n_spoilt = source->n_spoilt};
    enum wire_kind kind;
    const unsigned char *bytes;
    size_t len;
    int64_t spoilt;
    struct err said;
    source->child = source_child_new(&how, err);
    if (source->child && source->options.meanwhile && !source->told)
        source->options.meanwhile(source->options.meanwhile_arg);
    if (!source->child || !source_child_frame(source->child, &kind, &bytes, &len, &spoilt, err))
        return false;
    if (kind == WIRE_INFO)
        return source->told || keep_info(source, bytes, len, err);
    if (kind == WIRE_ERROR && wire_error(bytes, len, &said, err) && said.kind != ERR_NONE) {
        if (err)
            *err = said;
        return false;
    }
    return senseless(err);
}

static bool open_here(struct geo_source *source, struct err *err)
{
    source->reader = source_reader_new(&source->options, &source->position, err);
    if (!source->reader || !source_reader_open(source->reader, err))
        return false;
    source->info = *source_reader_info(source->reader);
    return true;
}

struct geo_source *geo_source_open(const struct geo_source_options *options, struct err *err)
{
    struct geo_source *source = calloc(1, sizeof *source);
    if (!source) {
        err_no_memory(err);
        return NULL;
    }
    source->options = *options;
    if (!source->options.limits)
        source->options.limits = &geo_source_usual_limits;
    source->arena = arena_new();
    if ((source->arena || err_no_memory(err)) &&
        (options->embedded ? open_here(source, err) : start(source, err)))
        return source;
    geo_source_close(source);
    return NULL;
}

void geo_source_close(struct geo_source *source)
{
    if (!source)
        return;
    source_reader_free(source->reader);
    source_child_stop(source->child);
    source_spool_free(source->spool);
    arena_free(source->arena);
    free(source->told);
    free(source->spoilt);
    free(source);
}

/* Rows --------------------------------------------------------------------------- */

static bool add_spoilt(struct geo_source *source, int64_t record, const struct err *why,
                       struct err *err)
{
    if (source->n_spoilt == MAX_SPOILT)
        return err_set(err, ERR_LIMIT,
                       "más de %d registros con geometrías que no se pueden "
                       "reparar: corríjalas con otro programa",
                       MAX_SPOILT);
    if (!array_reserve(source->spoilt, source->cap_spoilt, source->n_spoilt + 1))
        return err_no_memory(err);
    source->spoilt[source->n_spoilt++] = (struct source_spoilt){source->table, record, *why};
    return true;
}

/* The child sends the table from its first row, and its facts at the end. */
static void begin_study(struct geo_source *source)
{
    source->given = 0;
    source_spool_begin(source->spool, source->table);
    source_child_facts(source->child, source->table);
}

/* A record's repair ended the child. Starts another, which does not repair that record, and
 * continues after the last row given; a study begins again. A URL may now give another file; then
 * the import ends. */
static bool go_on_without(struct geo_source *source, int64_t record, struct err *err)
{
    struct err why = *err;
    if (source_is_url(source->options.path))
        return err_wrap(err, "registro %lld", (long long)record);
    source_child_stop(source->child);
    source->child = NULL;
    if (!add_spoilt(source, record, &why, err) || !start(source, err))
        return false;
    if (source->studying)
        begin_study(source);
    else
        source_child_read(source->child, source->table, source->given);
    return true;
}

static bool next_frame(struct geo_source *source, enum wire_kind *kind, const unsigned char **bytes,
                       size_t *len, struct err *err)
{
    struct err said = {0};
    int64_t spoilt;
    while (!source_child_frame(source->child, kind, bytes, len, &spoilt, &said)) {
        if (spoilt && go_on_without(source, spoilt, &said)) {
            said = (struct err){0};
            continue;
        }
        if (err)
            *err = said;
        return false;
    }
    return true;
}

/* A row as it came from the child; false with *more true: of a faulty record. */
static bool decode(struct geo_source *source, const unsigned char *bytes, size_t len,
                   struct geo_source_row *row, bool *more, struct err *err)
{
    struct err said = {0};
    size_t n_columns = source->info.tables[source->table].n_columns;
    *more = wire_row(bytes, len, source->cells, n_columns, row, &said, err);
    if (*more && said.kind != ERR_NONE && err)
        *err = said;
    return *more && said.kind == ERR_NONE;
}

static bool read_from_spool(struct geo_source *source, struct geo_source_row *row, bool *more,
                            struct err *err)
{
    const unsigned char *bytes;
    size_t len;
    if (!source_spool_next(source->spool, &bytes, &len, more, err))
        return false;
    return !*more || decode(source, bytes, len, row, more, err);
}

static bool read_from_child(struct geo_source *source, struct geo_source_row *row, bool *more,
                            struct err *err)
{
    enum wire_kind kind;
    const unsigned char *bytes;
    size_t len;
    struct err said = {0};
    if (!source->child || !next_frame(source, &kind, &bytes, &len, err))
        return false;
    if (kind == WIRE_ROW) {
        source->given++;
        return decode(source, bytes, len, row, more, err);
    }
    if (kind != WIRE_END)
        return senseless(err);
    if (!wire_error(bytes, len, &said, err))
        return false;
    source->reading = false;
    if (said.kind != ERR_NONE && err)
        *err = said;
    return said.kind == ERR_NONE;
}

bool geo_source_next(struct geo_source *source, struct geo_source_row *row, bool *more,
                     struct err *err)
{
    if (source->reader)
        return source_reader_next(source->reader, row, more, err);
    *row = (struct geo_source_row){0};
    *more = false;
    if (source->spooled)
        return read_from_spool(source, row, more, err);
    return !source->reading || read_from_child(source, row, more, err);
}

/* Reads to the end of the table: the child takes no command before. */
static bool pass_over_rest(struct geo_source *source, struct err *err)
{
    struct geo_source_row row;
    bool more = true;
    source->spooled = false;
    while (source->reading)
        if (!geo_source_next(source, &row, &more, err) && !more && source->reading)
            return false;
    return true;
}

/* Waits for the child no longer than the caller wants: rows come without a pause. */
static bool go_on_studying(const struct geo_source *source, struct err *err)
{
    const struct geo_source_options *options = &source->options;
    return !options->waiting || source->given % ROWS_BETWEEN_WORDS ||
           options->waiting(options->waiting_arg, source->given, err);
}

/* Keeps the rows of the table, up to its facts. */
static bool study(struct geo_source *source, struct column_facts *facts, struct buf *note,
                  struct err *err)
{
    enum wire_kind kind;
    const unsigned char *bytes;
    size_t len;
    struct err said = {0};
    size_t n_columns = source->info.tables[source->table].n_columns;
    begin_study(source);
    for (;;) {
        if (!next_frame(source, &kind, &bytes, &len, err))
            return false;
        if (kind != WIRE_ROW)
            break;
        source_spool_put(source->spool, bytes, len);
        source->given++;
        if (!go_on_studying(source, err))
            return false;
    }
    source_spool_end(source->spool);
    if (kind == WIRE_FACTS)
        return wire_facts(bytes, len, facts, n_columns, note, err);
    if (kind != WIRE_END || !wire_error(bytes, len, &said, err) || said.kind == ERR_NONE)
        return senseless(err);
    *err = said;
    return false;
}

bool geo_source_facts(struct geo_source *source, size_t table, struct column_facts *facts,
                      struct buf *note, struct err *err)
{
    if (source->reader)
        return source_reader_facts(source->reader, table, facts, note, err);
    if (!source->child)
        return senseless(err);
    if (!pass_over_rest(source, err))
        return false;
    if (!source->spool && !(source->spool = source_spool_new(source->info.n_tables)))
        return err_no_memory(err);
    source->table = table;
    source->studying = true;
    bool ok = study(source, facts, note, err);
    source->studying = false;
    return ok;
}

bool geo_source_read(struct geo_source *source, size_t table, struct err *err)
{
    if (source->reader)
        return source_reader_read(source->reader, table, 0, err);
    if (!source->child)
        return senseless(err);
    if (!pass_over_rest(source, err))
        return false;
    source->table = table;
    source->given = 0;
    source->spooled = source_spool_has(source->spool, table);
    if (source->spooled) {
        source_spool_rewind(source->spool, table);
        return true;
    }
    source->reading = true;
    source_child_read(source->child, table, 0);
    return true;
}

/* What it is ----------------------------------------------------------------------- */

size_t geo_source_tables(const struct geo_source *source)
{
    return source->info.n_tables;
}

const struct geo_source_table *geo_source_table(const struct geo_source *source, size_t index)
{
    return &source->info.tables[index];
}

const char *geo_source_note(const struct geo_source *source)
{
    return source->info.note;
}
