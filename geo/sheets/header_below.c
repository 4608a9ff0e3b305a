/* header_below.c - tells rows that describe the columns from data. */
#include "geo/sheets/header_below.h"

#include <ctype.h>
#include <string.h>

#include "geo/base/text.h"
#include "geo/sheets/header_cells.h"

enum { NAME_BYTES = 500 /* of a cell that may be a known name */ };

size_t header_count_known(const struct header_finder *f, int row)
{
    const struct source_cells *cells = &f->in->rows[row];
    size_t n = 0;
    for (size_t c = 0; f->in->known && c < cells->n; c++) {
        const char *text = header_cell(cells, c);
        if (text && strlen(text) <= NAME_BYTES)
            n += header_is_known(f, header_cell_name(cells, c, f->arena));
    }
    return n;
}

bool header_is_names(const struct header_finder *f, int row, size_t n_known)
{
    if (!header_is_words(&f->in->rows[row], false))
        return false;
    size_t n = header_count_known(f, row);
    return n > 1 && 2 * n > n_known;
}

/* True if the row numbers the columns: "1, 2, 3", where data below have words. */
static bool is_numbering(const struct header_finder *f, int row)
{
    const struct source_cells *rows = f->in->rows;
    return header_is_numbering(&rows[row], header_width(&rows[f->row])) &&
           (size_t)row + 1 < f->in->n_rows && header_has_word(&rows[row + 1]);
}

static bool starts_with_one_of(const char *text, const char *const *words)
{
    for (; *words; words++)
        if (strncmp(text, *words, strlen(*words)) == 0)
            return true;
    return false;
}

/* "integer", "TEXT(255)", "select_one si_no", "obligatorio": of a form or a data dictionary. */
static bool is_type(const char *name, const char *folded)
{
    static const char *const whole[] = {
        "text",      "texto",     "string",   "cadena",      "alfanumerico", "number",
        "numeric",   "numero",    "integer",  "int",         "entero",       "numerico",
        "decimal",   "real",      "double",   "float",       "date",         "fecha",
        "datetime",  "time",      "hora",     "boolean",     "logico",       "si no",
        "geopoint",  "geotrace",  "geoshape", "obligatorio", "obligatoria",  "opcional",
        "requerido", "requerida", "required", "optional"};
    static const char *const begins[] = {"select one",      "select multiple",    "esrifieldtype",
                                         "seleccion unica", "seleccion multiple", NULL};
    static const char *const sized[] = {"text(", "varchar(", "char(", "numeric(", "decimal(", NULL};
    char start[12];
    size_t n = 0;
    for (; n + 1 < sizeof start && name[n]; n++)
        start[n] = (char)tolower((unsigned char)name[n]);
    start[n] = '\0';
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++)
        if (strcmp(folded, whole[i]) == 0)
            return true;
    return starts_with_one_of(folded, begins) || starts_with_one_of(start, sized);
}

/* "#adm3+name": a tag of the Humanitarian Exchange Language. */
static bool is_tag(const char *name, const char *folded)
{
    (void)folded;
    return name[0] == '#' && isalpha((unsigned char)name[1]) && !strchr(name, ' ');
}

static bool is_question(const char *name, const char *folded)
{
    (void)folded;
    return strstr(name, "\u00BF") != NULL;
}

static bool is_example(const char *name, const char *folded)
{
    static const char *const begins[] = {"ejemplo", "por ejemplo", "p ej ", "example", NULL};
    static const char *const marked[] = {"ej.", "ej:", "Ej.", "Ej:", "EJ.", "EJ:", "e.g.", NULL};
    return starts_with_one_of(folded, begins) || starts_with_one_of(name, marked);
}

/* True if two cells or more are of the kind, and as many of those that are not blank as wanted. */
static bool has_cells(const struct header_finder *f, int row,
                      bool (*is)(const char *name, const char *folded), bool all)
{
    const struct source_cells *cells = &f->in->rows[row];
    size_t n = 0;
    for (size_t c = 0; c < cells->n; c++) {
        const char *text = header_cell(cells, c);
        if (!text || strlen(text) > NAME_BYTES)
            continue;
        const char *name = header_cell_name(cells, c, f->arena);
        const char *folded = name ? text_fold(f->arena, name) : NULL;
        n += folded && is(name, folded);
    }
    size_t filled = header_filled(cells);
    return n > 1 && (all ? n == filled : 2 * n >= filled);
}

const char *header_below(const struct header_finder *f, int row, size_t n_known)
{
    if (is_numbering(f, row))
        return "numera las columnas y no se lee";
    if (header_is_units(&f->in->rows[row], f->arena))
        return "da las unidades y no se lee";
    bool wider =
        f->in->is_text && header_width(&f->in->rows[row]) > header_width(&f->in->rows[f->row]);
    if (!wider && header_is_names(f, row, n_known)) /* a wider one is two lines joined */
        return "nombra las columnas otra vez y no se lee";
    if (has_cells(f, row, is_type, true))
        return "da los tipos de las columnas y no se lee";
    if (has_cells(f, row, is_tag, true))
        return "da las etiquetas de las columnas y no se lee";
    if (has_cells(f, row, is_question, false))
        return "da las preguntas del formulario y no se lee";
    if (has_cells(f, row, is_example, false))
        return "da ejemplos y no se lee";
    return NULL;
}
