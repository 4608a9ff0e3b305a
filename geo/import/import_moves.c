/* import_moves.c - tells which stored records move to another place, or change their names. */
#include "geo/import/import_moves.h"

#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "geo/base/text.h"
#include "geo/fields/name_words.h"
#include "geo/import/import_declared.h"
#include "geo/import/import_located.h"
#include "geo/place/measure.h"
#include "geo/store/results.h"

enum { NAMED = 5 }; /* records; the others are counted */

struct import_move {
    int64_t id;
    const char *codigo; /* in run->kept */
    char from[7];       /* the municipality that counted it; "": none */
    double moved_m;     /* 0: it lay, or lies, nowhere */
};

/* "X-1 de Tarabuco a Villa Tunari, …", or "X-1 a 31 km, …". */
struct import_moves_list {
    int64_t n;
    struct buf named;
};

struct import_moves {
    struct geo_link_book *links;
    struct import_move *items;
    size_t n, cap;
    struct import_moves_list units, alliances, far, names;
};

void import_moves_free(struct import_moves *moves)
{
    if (!moves)
        return;
    geo_link_book_close(moves->links);
    free(moves->items);
    buf_free(&moves->units.named);
    buf_free(&moves->alliances.named);
    buf_free(&moves->far.named);
    buf_free(&moves->names.named);
    free(moves);
}

static bool open_moves(struct import_run *run, struct err *err)
{
    if (run->moves)
        return true;
    struct import_moves *moves = run->moves = calloc(1, sizeof *moves);
    if (!moves)
        return err_no_memory(err);
    buf_init(&moves->units.named);
    buf_init(&moves->alliances.named);
    buf_init(&moves->far.named);
    buf_init(&moves->names.named);
    if (!run->table->linked || !run->declared || run->options->link_later)
        return true;
    moves->links = geo_link_book_open(run->store, run->table->name,
                                      geo_edition_codigo(declared_edition(run->declared)), err);
    return moves->links != NULL;
}

static void add(struct import_moves_list *list, const char *codigo, const char *from,
                const char *to)
{
    if (list->n++ < NAMED)
        buf_printf(&list->named, "%s%s de %s a %s", list->n > 1 ? ", " : "", codigo, from, to);
}

static void add_far(struct import_moves_list *list, const struct import_move *move)
{
    if (list->n++ < NAMED)
        buf_printf(&list->named, "%s%s a %.0f km", list->n > 1 ? ", " : "", move->codigo,
                   move->moved_m / 1000);
}

/* Sets the middle of its bounds; false: it lies nowhere. */
static bool middle_of(const struct geo_record *record, double middle[2])
{
    struct err unread = {0};
    struct geo_shape *shape =
        record->wkb_len ? geo_shape_parse(record->wkb, record->wkb_len, &unread) : NULL;
    if (!shape)
        return false;
    middle[0] = (shape->box.min_x + shape->box.max_x) / 2;
    middle[1] = (shape->box.min_y + shape->box.max_y) / 2;
    geo_shape_free(shape);
    return true;
}

static double moved_m(const struct geo_record *before, const struct geo_record *after)
{
    double from[2], to[2];
    if (!middle_of(before, from) || !middle_of(after, to))
        return 0;
    return geo_measure_distance(from[0], from[1], to[0], to[1]);
}

/* Copies the code of the main municipality, which is read first; "": none. */
static bool copy_unit(void *arg, const struct geo_link_row *row)
{
    if (row->municipio && strlen(row->municipio) == 6)
        memcpy(arg, row->municipio, 7);
    return false;
}

static void note_alliance(struct import_run *run, const struct geo_record *record,
                          const char *codigo)
{
    int field = geo_table_field(run->table, "alianza_codigo");
    const char *from = field >= 0 ? geo_record_text(run->stored, field) : NULL;
    const char *to = from ? geo_record_text(record, field) : NULL;
    if (to && strcmp(from, to) != 0)
        add(&run->moves->alliances, codigo, from, to);
}

/* A name that shares no words with the one before. Municipalities are compared by
 * import_units_same.c. */
static void note_name(struct import_run *run, const struct geo_record *record, const char *codigo)
{
    enum { SHOWN = 60 };
    struct import_moves_list *list = &run->moves->names;
    bool units = geo_table_field(run->table, "edicion") >= 0;
    int field = units ? -1 : geo_table_field(run->table, "nombre");
    const char *from = field >= 0 ? geo_record_text(run->stored, field) : NULL;
    const char *to = from ? geo_record_text(record, field) : NULL;
    if (!to || strcmp(from, to) == 0 || !name_words_differ(run->row, from, to))
        return;
    if (list->n++ < NAMED)
        buf_printf(&list->named, "%s%s de «%.*s» a «%.*s»", list->n > 1 ? ", " : "", codigo,
                   text_cut(from, SHOWN), from, text_cut(to, SHOWN), to);
}

bool import_moves_note(struct import_run *run, const struct geo_record *record,
                       const struct import_outcome *outcome, struct err *err)
{
    struct import_move move = {.id = outcome->id};
    if (outcome->action != IMPORT_UPDATED || !run->stored || run->over_simulated ||
        !outcome->codigo)
        return true;
    if (!open_moves(run, err))
        return false;
    struct import_moves *moves = run->moves;
    note_alliance(run, record, outcome->codigo);
    note_name(run, record, outcome->codigo);
    move.moved_m = moved_m(run->stored, record);
    if (moves->links && !geo_link_book_read(moves->links, move.id, copy_unit, move.from, err))
        return false;
    if (!move.from[0] && move.moved_m <= IMPORT_LOCATED_FAR_M)
        return true;
    move.codigo = arena_strdup(run->kept, outcome->codigo);
    if (!move.codigo || !array_reserve(moves->items, moves->cap, moves->n + 1))
        return err_no_memory(err);
    moves->items[moves->n++] = move;
    return true;
}

static const char *name_of(const struct geo_edition *edition, const char *codigo)
{
    int unit = geo_edition_find(edition, codigo);
    return unit >= 0 ? geo_edition_unit(edition, (size_t)unit)->nombre : codigo;
}

static void add_unit(struct import_run *run, const struct import_move *move, const char *to)
{
    const struct geo_edition *edition = declared_edition(run->declared);
    add(&run->moves->units, move->codigo, name_of(edition, move->from),
        to[0] ? name_of(edition, to) : "ninguno");
}

static void tell(struct import_run *run, struct import_moves_list *list, const char *one,
                 const char *many)
{
    if (list->n == 0)
        return;
    if (list->n > NAMED)
        buf_printf(&list->named, " y %lld más", (long long)(list->n - NAMED));
    if (!buf_failed(&list->named))
        import_note(run, NULL,
                    arena_printf(run->kept,
                                 "%lld %s: %s; si son otros registros, deles otro código",
                                 (long long)list->n, list->n == 1 ? one : many, list->named.data));
}

bool import_moves_tell(struct import_run *run, struct err *err)
{
    struct import_moves *moves = run->moves;
    if (!moves)
        return true;
    for (size_t i = 0; i < moves->n; i++) {
        const struct import_move *move = &moves->items[i];
        char to[7] = "";
        if (moves->links && !geo_link_book_read(moves->links, move->id, copy_unit, to, err))
            return false;
        bool moved = move->from[0] && strcmp(move->from, to) != 0;
        if (!moved && move->moved_m > IMPORT_LOCATED_FAR_M)
            add_far(&moves->far, move);
        if (moved)
            add_unit(run, move, to);
    }
    tell(run, &moves->units, "registro guardado pasa a otro municipio",
         "registros guardados pasan a otro municipio");
    tell(run, &moves->far, "registro guardado se aleja de donde estaba",
         "registros guardados se alejan de donde estaban");
    tell(run, &moves->alliances, "registro guardado pasa a otra alianza",
         "registros guardados pasan a otra alianza");
    tell(run, &moves->names, "registro guardado cambia de nombre",
         "registros guardados cambian de nombre");
    return (!buf_failed(&moves->units.named) && !buf_failed(&moves->far.named) &&
            !buf_failed(&moves->alliances.named) && !buf_failed(&moves->names.named)) ||
           err_no_memory(err);
}
