/* source_reader.c - reads the rows of a source's tables. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "geo/base/arena.h"
#include "geo/files/gdal_internal.h"
#include "geo/source/source_reader_internal.h"

bool source_reader_read(struct source_reader *source, size_t table, int64_t skip, struct err *err)
{
    struct source_raw raw;
    bool more = true;
    if (table >= source->info.n_tables)
        return err_set(err, ERR_DEPENDENCY, "la fuente no tiene una tabla %zu", table);
    gdal->CPLPushErrorHandler(source_reader_quiet);
    source->current = table;
    source->read = source->vertices = 0;
    source->mended = (struct text_mended){0};
    source->facts = NULL;
    source->heights = 0;
    bool ok = source_rows_rewind(&source->tables[table].rows, err);
    while (ok && more && source->read < skip) {
        source_rows_next(&source->tables[table].rows, &raw, &more, NULL);
        if (raw.geometry)
            gdal->OGR_G_DestroyGeometry(raw.geometry);
        source->read += more;
    }
    gdal->CPLPopErrorHandler();
    return ok;
}

void source_reader_spare(struct source_reader *source, const struct source_spoilt *spoilt, size_t n)
{
    source->spoilt = spoilt;
    source->n_spoilt = n;
}

/* Rows ----------------------------------------------------------------------------- */

static int64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* Repairs the polygon, unless that ended an earlier child. */
static bool try_repair(struct source_reader *source, struct geo_source_row *row, struct err *err)
{
    for (size_t i = 0; i < source->n_spoilt; i++)
        if (source->spoilt[i].table == source->current &&
            source->spoilt[i].record == source->read) {
            *err = source->spoilt[i].why;
            return false;
        }
    if (!source->geos && !(source->geos = geo_geos_new(err)))
        return false;
    buf_clear(&source->repaired);
    source->position->repair_began_ns = now_ns();
    bool ok = geo_geos_repair_wkb(source->geos, row->wkb, row->wkb_len, &source->repaired,
                                  &row->repair, err);
    source->position->repair_began_ns = 0;
    return ok;
}

static void repair(struct source_reader *source, struct geo_source_row *row)
{
    source->why = (struct err){0};
    if (try_repair(source, row, &source->why)) {
        row->wkb = (const unsigned char *)source->repaired.data;
        row->wkb_len = source->repaired.len;
    } else {
        bool hungry = source->why.kind == ERR_MEMORY || strstr(source->why.message, "bad_alloc");
        if (hungry) {
            geo_source_beyond(source->limits, GEO_LIMIT_MEMORY_MB, &source->why);
            source->why.kind = ERR_INPUT; /* of this record */
        }
        row->repair = (struct geo_repair){0};
        row->unrepaired = source->why.kind;
        row->unrepaired_why = source->why.message;
    }
}

/* Checks the limits of the whole source. */
static bool within_all(struct source_reader *source, const struct geo_source_row *row,
                       struct err *err)
{
    source->vertices += (int64_t)(row->wkb_len / 16);
    return geo_source_within(source->limits, GEO_LIMIT_RECORDS, source->read, err) &&
           geo_source_within(source->limits, GEO_LIMIT_ALL_VERTICES, source->vertices, err);
}

/* Texts that were decoded twice are mended. */
static bool mend(struct source_reader *source, const struct source_raw *raw, struct err *err)
{
    struct source_cell *cells = raw->ascii ? NULL : raw->cells;
    size_t n = source->info.tables[source->current].n_columns;
    for (size_t c = 0; cells && c < n; c++)
        if (cells[c].kind == SOURCE_CELL_TEXT &&
            !(cells[c].text = text_mend(cells[c].text, source->row, &source->mended)))
            return err_no_memory(err);
    return true;
}

/* The next row as the file has it; *ok: it is not faulty in itself. False: reading ends. */
static bool next_raw(struct source_reader *source, struct source_raw *raw, bool *more, bool *ok,
                     struct err *err)
{
    arena_reset(source->row);
    source->position->record = source->read + 1;
    *ok = source_rows_next(&source->tables[source->current].rows, raw, more, err);
    if (!*more)
        return *ok;
    source->read++;
    return mend(source, raw, err);
}

static void put_passed(struct source_passed passed, const char *place, struct buf *note)
{
    bool record = strcmp(place, "registro") == 0;
    if (passed.blank)
        buf_printf(note, "%lld %s%s en blanco, que no se %s", (long long)passed.blank,
                   record ? "registro" : "fila", passed.blank == 1 ? "" : "s",
                   passed.blank == 1 ? "lee" : "leen");
    if (passed.repeated)
        buf_printf(note, "%s%lld %s el encabezado y no se %s (%s %lld)", note->len ? "; " : "",
                   (long long)passed.repeated,
                   passed.repeated == 1 ? "fila repite" : "filas repiten",
                   passed.repeated == 1 ? "lee" : "leen", place, (long long)passed.repeated_line);
    if (passed.hidden)
        buf_printf(note, "%s%lld %s en la hoja, y se %s igual (%s %lld)", note->len ? "; " : "",
                   (long long)passed.hidden,
                   passed.hidden == 1 ? "fila está oculta" : "filas están ocultas",
                   passed.hidden == 1 ? "lee" : "leen", place, (long long)passed.hidden_line);
    if (passed.links)
        buf_printf(note,
                   "%s%lld %s detrás un enlace de mapa, que no se lee (%s %lld): póngalo en una "
                   "columna propia",
                   note->len ? "; " : "", (long long)passed.links,
                   passed.links == 1 ? "texto tiene" : "textos tienen", place,
                   (long long)passed.link_line);
    if (passed.cut)
        buf_printf(note,
                   "%s%lld %s menos celdas que el encabezado (%s %lld): las que faltan se "
                   "leen como vacías",
                   note->len ? "; " : "", (long long)passed.cut,
                   passed.cut == 1 ? "fila tiene" : "filas tienen", place,
                   (long long)passed.cut_line);
}

static void put_count(int64_t n, const char *one, const char *many, int64_t line, struct buf *note)
{
    if (!n)
        return;
    buf_printf(note, "%s%lld %s", note->len ? "; " : "", (long long)n, n == 1 ? one : many);
    if (line)
        buf_printf(note, " (fila %lld)", (long long)line);
}

/* What a sheet has beside the values of its cells. */
static void put_marks(const struct source_passed *passed, struct buf *note)
{
    put_count(passed->comments, "comentario en la hoja, que no se lee",
              "comentarios en la hoja, que no se leen", passed->comment_line, note);
    put_count(passed->boxes, "cuadro de texto en la hoja, que no se lee",
              "cuadros de texto en la hoja, que no se leen", 0, note);
    put_count(passed->raised, "celda tiene letras o cifras voladas, que se leen como tales",
              "celdas tienen letras o cifras voladas, que se leen como tales", passed->raised_line,
              note);
    put_count(passed->struck_parts, "celda tiene una parte tachada, que no se lee",
              "celdas tienen una parte tachada, que no se lee", passed->part_line, note);
    put_count(
        passed->yearless,
        "fecha se muestra sin su año («04-mar»), y se lee con el que guarda la hoja, que puede "
        "ser solo el del día en que se escribió: revíselo",
        "fechas se muestran sin su año («04-mar»), y se leen con el que guarda la hoja, que "
        "puede ser solo el del día en que se escribieron: revíselo",
        passed->yearless_line, note);
    put_count(passed->struck, "celda está tachada, y se lee igual",
              "celdas están tachadas, y se leen igual", passed->struck_line, note);
}

bool source_reader_studied(const struct source_reader *source, struct buf *note, struct err *err)
{
    const struct source_rows *rows = &source->tables[source->current].rows;
    put_passed(source_rows_passed(rows), source->info.tables[source->current].place, note);
    struct source_passed passed = source_rows_passed(rows);
    put_marks(&passed, note);
    source_rows_put_note(rows, note);
    if (source->heights && source->options->geometry != GEO_NO_GEOMETRY)
        buf_printf(note, "%s%lld %s altura, que no se guarda", note->len ? "; " : "",
                   (long long)source->heights,
                   source->heights == 1 ? "geometría trae" : "geometrías traen");
    struct buf mended;
    buf_init(&mended);
    text_mended_put(&source->mended, &mended);
    if (mended.len)
        buf_printf(note, "%s%s", note->len ? "; " : "", mended.data);
    bool ok = !buf_failed(&mended) && !buf_failed(note);
    buf_free(&mended);
    return ok || err_no_memory(err);
}

/* True if the geometry begins or ends at a height: all programs write 0 where they know none. */
static bool has_height(OGRGeometryH geometry)
{
    int parts = gdal->OGR_G_GetGeometryCount(geometry);
    if (!gdal->OGR_G_Is3D(geometry))
        return false;
    if (parts > 0)
        return has_height(gdal->OGR_G_GetGeometryRef(geometry, 0)) ||
               has_height(gdal->OGR_G_GetGeometryRef(geometry, parts - 1));
    int points = gdal->OGR_G_GetPointCount(geometry);
    double first = points ? gdal->OGR_G_GetZ(geometry, 0) : 0;
    double last = points ? gdal->OGR_G_GetZ(geometry, points - 1) : 0;
    return (isfinite(first) && first != 0) || (isfinite(last) && last != 0);
}

/* Rows that are faulty count too. */
static void count_row(struct source_reader *source, const struct source_raw *raw)
{
    size_t n = source->info.tables[source->current].n_columns;
    for (size_t c = 0; raw->cells && c < n; c++)
        column_facts_add(&source->facts[c], &raw->cells[c], raw->line);
    source->heights += raw->geometry && has_height(raw->geometry);
}

bool source_reader_study(struct source_reader *source, size_t table, struct column_facts *facts,
                         struct err *err)
{
    bool ok = source_reader_read(source, table, 0, err);
    source->facts = facts;
    return ok;
}

static bool convert(struct source_reader *source, const struct source_raw *raw,
                    struct geo_source_row *row, struct err *err)
{
    struct source_geometry *to = &source->tables[source->current].geometry;
    bool empty = raw->empty || (raw->geometry && gdal->OGR_G_IsEmpty(raw->geometry));
    if (!source_geometry_read(to, raw->geometry, row, err))
        return false;
    if (empty && to->wanted != GEO_NO_GEOMETRY)
        snprintf(to->note, sizeof to->note, "viene con una geometría vacía (EMPTY)");
    row->note = to->note[0] ? to->note : raw->note;
    if (raw->note && to->note[0] &&
        !(row->note = arena_printf(source->row, "%s; %s", raw->note, to->note)))
        return err_no_memory(err);
    if (source->options->repair && row->shape == GEO_SOURCE_POLYGON)
        repair(source, row);
    return true;
}

static bool read_row(struct source_reader *source, struct geo_source_row *row, bool *more,
                     struct err *err)
{
    struct source_raw raw;
    bool ok;
    *row = (struct geo_source_row){0};
    if (!next_raw(source, &raw, more, &ok, err)) {
        *more = false;
        return false;
    }
    if (!*more)
        return true;
    if (source->facts)
        count_row(source, &raw);
    *row = (struct geo_source_row){.line = raw.line, .cells = raw.cells};
    if (ok)
        ok = convert(source, &raw, row, err);
    else if (raw.geometry)
        gdal->OGR_G_DestroyGeometry(raw.geometry);
    if (!within_all(source, row, err))
        ok = *more = false;
    return ok;
}

bool source_reader_next(struct source_reader *source, struct geo_source_row *row, bool *more,
                        struct err *err)
{
    gdal->CPLPushErrorHandler(source_reader_quiet);
    bool ok = read_row(source, row, more, err);
    gdal->CPLPopErrorHandler();
    return ok;
}

bool source_reader_facts(struct source_reader *source, size_t table, struct column_facts *facts,
                         struct buf *note, struct err *err)
{
    struct geo_source_row row;
    struct err bad = {0};
    bool more = true, ok = source_reader_study(source, table, facts, err);
    while (ok && more)
        ok = source_reader_next(source, &row, &more, &bad) || more;
    if (!ok && bad.kind != ERR_NONE)
        *err = bad;
    return ok && source_reader_studied(source, note, err);
}
