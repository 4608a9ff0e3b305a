/* header_cells.c - tells words, units and numbers of columns in the rows of a sheet. */
#include "geo/sheets/header_cells.h"

#include <stdlib.h>
#include <string.h>

#include "geo/base/cell.h"
#include "geo/base/text.h"
#include "geo/texts/text_mend.h"

/* White space, also U+00A0, which does not break. */
static const char *after_blanks(const char *text)
{
    for (;;) {
        if (*text > ' ') /* ASCII: the usual text */
            return text;
        if (*text && strchr(" \t\r\n\v\f", *text))
            text++;
        else if (strncmp(text, "\u00A0", 2) == 0)
            text += 2;
        else
            return text;
    }
}

const char *header_cell(const struct source_cells *row, size_t column)
{
    if (column >= row->n || row->cells[column].kind == SOURCE_CELL_EMPTY)
        return NULL;
    const char *text = row->cells[column].text;
    return *after_blanks(text) ? text : NULL;
}

char *header_cell_name(const struct source_cells *row, size_t column, struct arena *arena)
{
    struct text_mended mended = {0};
    const char *text = header_cell(row, column);
    text = text ? text_mend(cell_unguard(text), arena, &mended) : NULL;
    return text ? text_clean(arena, text) : NULL;
}

size_t header_width(const struct source_cells *row)
{
    size_t n = row->n;
    while (n && !header_cell(row, n - 1))
        n--;
    return n;
}

size_t header_filled(const struct source_cells *row)
{
    size_t n = 0;
    for (size_t c = 0; c < row->n; c++)
        n += header_cell(row, c) != NULL;
    return n;
}

static bool is_year(const char *text)
{
    char *end;
    long year = strtol(text, &end, 10);
    return year >= 1900 && year <= 2100 && !*after_blanks(end);
}

/* "N° de familias", not "-65.1", "31/12/2021". Bytes from 0x80 on are letters, or nearly: "°". */
static bool has_letter(const char *text)
{
    for (; *text; text++)
        if (((*text | 0x20) >= 'a' && (*text | 0x20) <= 'z') || (unsigned char)*text >= 0xC3)
            return true;
    return false;
}

static bool is_word(const struct source_cells *row, size_t column)
{
    const char *text = header_cell(row, column);
    return text && row->cells[column].kind == SOURCE_CELL_TEXT && has_letter(text);
}

bool header_is_words(const struct source_cells *row, bool or_years)
{
    for (size_t c = 0; c < row->n; c++) {
        const char *text = header_cell(row, c);
        if (text && !is_word(row, c) && !(or_years && is_year(text)))
            return false;
    }
    return true;
}

bool header_has_word(const struct source_cells *row)
{
    for (size_t c = 0; c < row->n; c++)
        if (is_word(row, c))
            return true;
    return false;
}

bool header_is_numbering(const struct source_cells *row, size_t width)
{
    for (size_t c = 0; c < width; c++) {
        const char *text = header_cell(row, c);
        if (!text)
            return false;
        text = after_blanks(text);
        text += *text == '(' || *text == '[';
        char *end;
        unsigned long number = strtoul(text, &end, 10);
        end += *end == ')' || *end == ']' || *end == '.';
        if (*text < '1' || *text > '9' || number != c + 1 || *after_blanks(end))
            return false;
    }
    return width >= 3;
}

static bool is_unit(const char *name, struct arena *arena)
{
    static const char *const units[] = {
        "unidad", "unidades", "ha",  "has", "m",    "m2",   "m3",      "km",         "km2",
        "cm",     "mm",       "kg",  "g",   "t",    "tn",   "ton",     "qq",         "l",
        "lt",     "bs",       "sus", "usd", "msnm", "n",    "nro",     "m s n m",    "hectareas",
        "metros", "grados",   "us",  "tm",  "l s",  "bs f", "kg ha 1", "dd mm aaaa", "aaaa mm dd",
    };
    size_t len = strlen(name);
    if (len > 2 && strchr("([", name[0]) && strchr(")]", name[len - 1]))
        return true;
    if (strcmp(name, "%") == 0 || strcmp(name, "°") == 0 || strcmp(name, "-") == 0)
        return true;
    const char *folded = len < 40 ? text_fold(arena, name) : NULL;
    for (size_t i = 0; folded && i < sizeof units / sizeof *units; i++)
        if (strcmp(folded, units[i]) == 0)
            return true;
    return false;
}

bool header_is_units(const struct source_cells *row, struct arena *arena)
{
    size_t n = 0;
    for (size_t c = 0; c < row->n; c++) {
        if (!header_cell(row, c))
            continue;
        const char *name = header_cell_name(row, c, arena);
        if (!name || !is_unit(name, arena))
            return false;
        n += strcmp(name, "-") != 0;
    }
    return n > 0;
}

const char *header_other_unit(const struct source_cells *row, size_t column, struct arena *arena)
{
    static const char *const units[] = {"m2", "km2", "kg", "g", "qq", "us", "usd", "sus"};
    char *name = header_cell_name(row, column, arena);
    if (!name)
        return NULL;
    size_t len = strlen(name);
    if (len > 2 && strchr("([", name[0]) && strchr(")]", name[len - 1])) {
        name[len - 1] = '\0';
        name++;
    }
    const char *folded = text_fold(arena, name);
    for (size_t i = 0; folded && i < sizeof units / sizeof *units; i++)
        if (strcmp(folded, units[i]) == 0)
            return name;
    return NULL;
}
