/* store_cells.c - reads values of rows, checks them against the schema. */
#include "geo/store/store_cells.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "geo/base/parse.h"
#include "geo/base/text.h"

#define MEND                                                                                     \
    "la base está dañada o la cambió otro programa; «sigg check» nombra todo lo que está " \
    "así: corríjalo ahí o vuelva a una copia con «sigg restore COPIA»"

enum { SHOWN_MAX = 40 }; /* bytes of a value that a message shows */

/* Describes the stored value for a message: «el texto «cinco»». */
static void say_value(const struct db_cell *cell, char *words, size_t size)
{
    switch (cell->kind) {
    case DB_INT:
        snprintf(words, size, "el número %lld", (long long)cell->integer);
        break;
    case DB_REAL:
        snprintf(words, size, "el número %.15g", cell->real);
        break;
    case DB_TEXT:
        if (cell->text && text_is_utf8(cell->text, strlen(cell->text)))
            snprintf(words, size, "el texto «%.*s»", text_cut(cell->text, SHOWN_MAX), cell->text);
        else
            snprintf(words, size, "un texto que no se puede leer");
        break;
    case DB_BYTES:
        snprintf(words, size, "%zu bytes sin tipo", cell->len);
        break;
    default:
        snprintf(words, size, "ningún valor");
    }
}

struct store_cells_spot {
    const char *table;
    char row[SHOWN_MAX + 16]; /* "registro 12" */
    const char *column;
};

static bool bad_cell(const struct db_cell *cell, const struct store_cells_spot *spot,
                     const char *promised, struct err *err)
{
    char words[SHOWN_MAX + 64];
    say_value(cell, words, sizeof words);
    return err_set(err, ERR_DEPENDENCY, "%s, %s: la columna «%s» tiene %s, y ahí va %s: " MEND,
                   spot->table, spot->row, spot->column, words, promised);
}

/* True if the text is ASCII without NUL; tests eight bytes at a time. */
static bool is_plain(const char *text, size_t len)
{
    const uint64_t high = UINT64_C(0x8080808080808080), low = UINT64_C(0x0101010101010101);
    uint64_t seen = 0, word = low;
    size_t i = 0;
    for (; i + sizeof word <= len; i += sizeof word) {
        memcpy(&word, text + i, sizeof word);
        seen |= word | ((word - low) & ~word);
    }
    for (word = low; i < len; i++)
        seen |= (uint64_t)(unsigned char)text[i] | (text[i] ? 0 : high);
    return !(seen & high);
}

/* NULL: not valid UTF-8, or short memory. */
static const char *text_of(const struct db_cell *cell)
{
    if (cell->kind != DB_TEXT || !cell->text || is_plain(cell->text, cell->len))
        return cell->kind == DB_TEXT ? cell->text : NULL;
    bool sound = !memchr(cell->text, '\0', cell->len) && text_is_utf8(cell->text, cell->len);
    return sound ? cell->text : NULL;
}

/* Reads an integer; false if that would lose something. */
static bool whole_number(const struct db_cell *cell, int64_t *number)
{
    const double exact = 9007199254740992.0; /* 2^53 */
    if (cell->kind == DB_INT) {
        *number = cell->integer;
        return true;
    }
    double real = cell->kind == DB_REAL ? cell->real : NAN;
    if (!(fabs(real) <= exact) || real != floor(real))
        return false;
    *number = (int64_t)real;
    return true;
}

static bool finite_number(const struct db_cell *cell, double *number)
{
    if (cell->kind != DB_INT && cell->kind != DB_REAL)
        return false;
    *number = cell->real;
    return isfinite(*number);
}

static bool is_choice(const struct geo_field *field, const char *text)
{
    for (const struct geo_choice *choice = field->choices; choice && choice->value; choice++)
        if (strcmp(choice->value, text) == 0)
            return true;
    return false;
}

/* Limits of a numeric field as it is stored: money in centavos. */
static void bounds_of(const struct geo_field *field, double *min, double *max)
{
    double unit = field->type == GEO_MONEY ? 100 : 1;
    bool none = field->min == 0 && field->max == 0;
    *min = none ? -(double)STORE_INTEGER_MAX : field->min * unit;
    *max = none ? (double)STORE_INTEGER_MAX : field->max * unit;
    if (field->type == GEO_FLAG)
        *min = 0, *max = 1;
}

static bool read_text(const struct db_cell *cell, const struct geo_field *field,
                      struct geo_value *value)
{
    const char *text = text_of(cell);
    if (!text)
        return false;
    *value = (struct geo_value){.kind = GEO_TEXT_VALUE, .text = text};
    if (field->type == GEO_TEXT)
        return true;
    if (!text[0]) /* a form stores "" in a field that was emptied */
        value->kind = GEO_NULL;
    return !text[0] || (field->type == GEO_DATE ? parse_date(text) : is_choice(field, text));
}

static bool read_number(const struct db_cell *cell, const struct geo_field *field,
                        struct geo_value *value)
{
    double min, max;
    bounds_of(field, &min, &max);
    if (field->type == GEO_REAL) {
        *value = (struct geo_value){.kind = GEO_REAL_VALUE};
        bool bounded = field->min != 0 || field->max != 0;
        return finite_number(cell, &value->real) &&
               (!bounded || (value->real >= min && value->real <= max));
    }
    *value = (struct geo_value){.kind = GEO_INT_VALUE};
    return whole_number(cell, &value->integer) && (double)value->integer >= min &&
           (double)value->integer <= max;
}

static const char *promised(const struct geo_field *field, char *words, size_t size)
{
    double min, max;
    bounds_of(field, &min, &max);
    switch (field->type) {
    case GEO_TEXT:
        return "un texto en UTF-8";
    case GEO_DATE:
        return "una fecha AAAA-MM-DD";
    case GEO_CHOICE:
        return "una de las opciones de la columna";
    case GEO_REAL:
        if (field->min == 0 && field->max == 0)
            return "un número";
        snprintf(words, size, "un número de %.15g a %.15g", min, max);
        return words;
    case GEO_FLAG:
    case GEO_INTEGER:
    case GEO_MONEY:
        break;
    }
    snprintf(words, size, "un número entero de %.15g a %.15g", min, max);
    return words;
}

static bool is_text_type(enum geo_type type)
{
    return type == GEO_TEXT || type == GEO_DATE || type == GEO_CHOICE;
}

static struct store_cells_spot spot_of(const char *table, int64_t row, const char *column)
{
    struct store_cells_spot spot = {.table = table, .column = column};
    snprintf(spot.row, sizeof spot.row, "registro %lld", (long long)row);
    return spot;
}

bool store_cell(const struct db_query *query, int column, const struct geo_table *table,
                const struct geo_field *field, int64_t row, struct geo_value *value,
                struct err *err)
{
    const struct db_cell cell = db_cell(query, column);
    *value = (struct geo_value){.kind = GEO_NULL};
    bool null = cell.kind == DB_NULL;
    if (null && !(field->flags & GEO_REQUIRED))
        return true;
    if (!null &&
        (is_text_type(field->type) ? read_text(&cell, field, value)
                                   : read_number(&cell, field, value)) &&
        (value->kind != GEO_NULL || !(field->flags & GEO_REQUIRED)))
        return true;
    char words[96];
    const struct store_cells_spot spot = spot_of(table->name, row, field->name);
    *value = (struct geo_value){.kind = GEO_NULL};
    return bad_cell(&cell, &spot, promised(field, words, sizeof words), err);
}

/* Geometry ----------------------------------------------------------------- */

static bool takes_kind(enum geo_geometry column, unsigned kind)
{
    enum { POINT = 1, MULTIPOLYGON = 6 };
    switch (column) {
    case GEO_POINT:
        return kind == POINT;
    case GEO_MULTIPOLYGON:
        return kind == MULTIPOLYGON;
    default:
        return kind >= POINT && kind <= MULTIPOLYGON;
    }
}

bool store_cell_geometry(const struct db_query *query, int column, const struct geo_table *table,
                         int64_t row, struct buf *wkb, struct err *err)
{
    const struct store_cells_spot spot = spot_of(table->name, row, "geom");
    const struct db_cell cell = db_cell(query, column);
    buf_clear(wkb);
    if (cell.kind == DB_NULL)
        return true;
    if (cell.kind != DB_BYTES)
        return bad_cell(&cell, &spot, "una geometría", err);
    const char *wrong = db_wkb(query, column, wkb);
    if (buf_failed(wkb))
        return err_no_memory(err);
    if (!wrong && !takes_kind(table->geometry, (unsigned char)wkb->data[1]))
        wrong = "es de otro tipo que el de su columna";
    if (!wrong)
        return true;
    buf_clear(wkb);
    return err_set(err, ERR_DEPENDENCY,
                   "%s, %s: la columna «geom» tiene una geometría que %s: " MEND, spot.table,
                   spot.row, wrong);
}

/* Other tables ------------------------------------------------------------- */

static bool is_whole(const struct db_cell *cell, int64_t min, int64_t max)
{
    int64_t number;
    return whole_number(cell, &number) && number >= min && number <= max;
}

static bool is_day(const struct db_cell *cell)
{
    const char *text = text_of(cell);
    return text && (!text[0] || parse_date(text));
}

/* NULL if the value has that kind; else what it should be, for a message. */
static const char *is_not(const struct db_cell *cell, char kind)
{
    double number;
    if (kind == '-' || (cell->kind == DB_NULL && isupper((unsigned char)kind)))
        return NULL;
    switch (tolower((unsigned char)kind)) {
    case 't':
        return text_of(cell) ? NULL : "un texto en UTF-8";
    case 'd':
        return is_day(cell) ? NULL : "una fecha AAAA-MM-DD";
    case 'i':
        return is_whole(cell, -STORE_INTEGER_MAX, STORE_INTEGER_MAX) ? NULL : "un número entero";
    case 'n':
        return is_whole(cell, 0, STORE_INTEGER_MAX) ? NULL : "un número entero, no negativo";
    case 'f':
        return is_whole(cell, 0, 1) ? NULL : "0 o 1";
    case 'r':
        return finite_number(cell, &number) ? NULL : "un número";
    case 'm':
        return cell->kind == DB_INT ? NULL : "un número entero";
    default:
        return cell->kind == DB_BYTES ? NULL : "bytes";
    }
}

static void name_row(const struct db_query *query, int n, struct store_cells_spot *spot)
{
    snprintf(spot->row, sizeof spot->row, "un registro");
    for (int i = 0; i < n; i++) {
        const struct db_cell cell = db_cell(query, i);
        const char *text = text_of(&cell);
        if (text) {
            snprintf(spot->row, sizeof spot->row, "registro «%.*s»", text_cut(text, SHOWN_MAX),
                     text);
            return;
        }
        if (cell.kind == DB_INT) {
            snprintf(spot->row, sizeof spot->row, "registro %lld", (long long)cell.integer);
            return;
        }
    }
}

bool store_row_is(const struct db_query *query, const char *table, const char *kinds,
                  struct err *err)
{
    for (int i = 0; kinds[i]; i++) {
        const struct db_cell cell = db_cell(query, i);
        const char *wanted = is_not(&cell, kinds[i]);
        if (!wanted)
            continue;
        struct store_cells_spot spot = {.table = table, .column = db_column_name(query, i)};
        name_row(query, (int)strlen(kinds), &spot);
        if (!spot.column)
            spot.column = "?";
        return bad_cell(&cell, &spot, wanted, err);
    }
    return true;
}
