/* store_cells.c - reads values of rows, checks them against the schema. */
#include "geo/store/store_cells.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "geo/base/parse.h"
#include "geo/base/text.h"
#include "geo/store/store_internal.h"

#define MEND                                                                                     \
    "la base está dañada o la cambió otro programa; «sigg check» nombra todo lo que está " \
    "así: corríjalo ahí o vuelva a una copia con «sigg restore COPIA»"

enum { SHOWN_MAX = 40 }; /* bytes of a value that a message shows */

/* Describes the stored value for a message: «el texto «cinco»». */
static void say_value(sqlite3_stmt *statement, int column, char *words, size_t size)
{
    const char *text;
    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER:
        snprintf(words, size, "el número %lld", (long long)sqlite3_column_int64(statement, column));
        break;
    case SQLITE_FLOAT:
        snprintf(words, size, "el número %.15g", sqlite3_column_double(statement, column));
        break;
    case SQLITE_TEXT:
        text = (const char *)sqlite3_column_text(statement, column);
        if (text && text_is_utf8(text, strlen(text)))
            snprintf(words, size, "el texto «%.*s»", text_cut(text, SHOWN_MAX), text);
        else
            snprintf(words, size, "un texto que no se puede leer");
        break;
    case SQLITE_BLOB:
        snprintf(words, size, "%d bytes sin tipo", sqlite3_column_bytes(statement, column));
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

static bool bad_cell(sqlite3_stmt *statement, int column, const struct store_cells_spot *spot,
                     const char *promised, struct err *err)
{
    char words[SHOWN_MAX + 64];
    say_value(statement, column, words, sizeof words);
    return err_set(err, ERR_DEPENDENCY, "%s, %s: la columna «%s» tiene %s, y ahí va %s: " MEND,
                   spot->table, spot->row, spot->column, words, promised);
}

/* The value of a column, looked up once for several reads. It is SQLite's "unprotected"
 * kind, which is safe because no other thread uses the connection. */
static sqlite3_value *cell_of(sqlite3_stmt *statement, int column)
{
    return sqlite3_column_value(statement, column);
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
static const char *text_of(sqlite3_value *cell)
{
    if (sqlite3_value_type(cell) != SQLITE_TEXT)
        return NULL;
    const char *text = (const char *)sqlite3_value_text(cell);
    size_t len = text ? (size_t)sqlite3_value_bytes(cell) : 0;
    if (!text || is_plain(text, len))
        return text;
    return !memchr(text, '\0', len) && text_is_utf8(text, len) ? text : NULL;
}

static const char *sound_text(sqlite3_stmt *statement, int column)
{
    return text_of(cell_of(statement, column));
}

/* Reads an integer; false if that would lose something. */
static bool whole_number(sqlite3_value *cell, int64_t *number)
{
    const double exact = 9007199254740992.0; /* 2^53 */
    int type = sqlite3_value_type(cell);
    if (type == SQLITE_INTEGER) {
        *number = sqlite3_value_int64(cell);
        return true;
    }
    double real = type == SQLITE_FLOAT ? sqlite3_value_double(cell) : NAN;
    if (!(fabs(real) <= exact) || real != floor(real))
        return false;
    *number = (int64_t)real;
    return true;
}

static bool finite_number(sqlite3_value *cell, double *number)
{
    int type = sqlite3_value_type(cell);
    if (type != SQLITE_INTEGER && type != SQLITE_FLOAT)
        return false;
    *number = sqlite3_value_double(cell);
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

static bool read_text(sqlite3_value *cell, const struct geo_field *field, struct geo_value *value)
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

static bool read_number(sqlite3_value *cell, const struct geo_field *field, struct geo_value *value)
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

bool store_cell(sqlite3_stmt *statement, int column, const struct geo_table *table,
                const struct geo_field *field, int64_t row, struct geo_value *value,
                struct err *err)
{
    sqlite3_value *cell = cell_of(statement, column);
    *value = (struct geo_value){.kind = GEO_NULL};
    bool null = sqlite3_value_type(cell) == SQLITE_NULL;
    if (null && !(field->flags & GEO_REQUIRED))
        return true;
    if (!null &&
        (is_text_type(field->type) ? read_text(cell, field, value)
                                   : read_number(cell, field, value)) &&
        (value->kind != GEO_NULL || !(field->flags & GEO_REQUIRED)))
        return true;
    char words[96];
    const struct store_cells_spot spot = spot_of(table->name, row, field->name);
    *value = (struct geo_value){.kind = GEO_NULL};
    return bad_cell(statement, column, &spot, promised(field, words, sizeof words), err);
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

bool store_cell_geometry(sqlite3_stmt *statement, int column, const struct geo_table *table,
                         int64_t row, struct buf *wkb, struct err *err)
{
    const struct store_cells_spot spot = spot_of(table->name, row, "geom");
    buf_clear(wkb);
    int type = sqlite3_column_type(statement, column);
    if (type == SQLITE_NULL)
        return true;
    if (type != SQLITE_BLOB)
        return bad_cell(statement, column, &spot, "una geometría", err);
    const unsigned char *blob = sqlite3_column_blob(statement, column);
    const char *wrong =
        store_wkb(blob, blob ? (size_t)sqlite3_column_bytes(statement, column) : 0, wkb);
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

static bool is_whole(sqlite3_value *cell, int64_t min, int64_t max)
{
    int64_t number;
    return whole_number(cell, &number) && number >= min && number <= max;
}

static bool is_day(sqlite3_value *cell)
{
    const char *text = text_of(cell);
    return text && (!text[0] || parse_date(text));
}

/* NULL if the value has that kind; else what it should be, for a message. */
static const char *is_not(sqlite3_value *cell, char kind)
{
    double number;
    int type = sqlite3_value_type(cell);
    if (kind == '-' || (type == SQLITE_NULL && isupper((unsigned char)kind)))
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
        return type == SQLITE_INTEGER ? NULL : "un número entero";
    default:
        return type == SQLITE_BLOB ? NULL : "bytes";
    }
}

static void name_row(sqlite3_stmt *statement, int n, struct store_cells_spot *spot)
{
    snprintf(spot->row, sizeof spot->row, "un registro");
    for (int i = 0; i < n; i++) {
        const char *text = sound_text(statement, i);
        if (text) {
            snprintf(spot->row, sizeof spot->row, "registro «%.*s»", text_cut(text, SHOWN_MAX),
                     text);
            return;
        }
        if (sqlite3_column_type(statement, i) == SQLITE_INTEGER) {
            snprintf(spot->row, sizeof spot->row, "registro %lld",
                     (long long)sqlite3_column_int64(statement, i));
            return;
        }
    }
}

bool store_row_is(sqlite3_stmt *statement, const char *table, const char *kinds, struct err *err)
{
    for (int i = 0; kinds[i]; i++) {
        const char *wanted = is_not(cell_of(statement, i), kinds[i]);
        if (!wanted)
            continue;
        struct store_cells_spot spot = {.table = table,
                                        .column = sqlite3_column_name(statement, i)};
        name_row(statement, (int)strlen(kinds), &spot);
        if (!spot.column)
            spot.column = "?";
        return bad_cell(statement, i, &spot, wanted, err);
    }
    return true;
}

int store_step(struct geo_store *store, sqlite3_stmt *statement, const char *table,
               const char *kinds, const char *doing, struct err *err)
{
    int step = sqlite3_step(statement);
    if (step == SQLITE_ROW)
        return store_row_is(statement, table, kinds, err) ? step : SQLITE_CORRUPT;
    if (step != SQLITE_DONE)
        store_fail(store, err, doing);
    return step;
}
