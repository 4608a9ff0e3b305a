/* workbook_xlsx_sheet.c - reads the rows of a sheet of an XLSX workbook. */
#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "geo/base/parse.h"
#include "geo/sheets/workbook_xlsx_internal.h"

enum {
    SHEET = 1,
    COLUMNS,
    COLUMN,
    DATA,
    ROW,
    CELL,
    INLINE,
    RUN,
    PROPERTIES,
    ALIGN,
    STRIKE,
    VALUE = WORKBOOK_XML_TEXT,
    FORMULA,
    TEXT
};

static const struct workbook_xml_rule rules[] = {
    {ROW, "c", CELL},
    {CELL, "v", VALUE},
    {DATA, "row", ROW},
    {CELL, "f", FORMULA},
    {CELL, "is", INLINE},
    {INLINE, "t", TEXT},
    {INLINE, "r", RUN},
    {RUN, "t", TEXT},
    {RUN, "rPr", PROPERTIES},
    {PROPERTIES, "vertAlign", ALIGN},
    {PROPERTIES, "strike", STRIKE},
    {SHEET, "sheetData", DATA},
    {SHEET, "cols", COLUMNS},
    {COLUMNS, "col", COLUMN},
    {WORKBOOK_XML_ROOT, "worksheet", SHEET},
    {0},
};

/* The type that a cell states (18.18.11). */
enum xlsx_type {
    XLSX_NUMBER,
    XLSX_SHARED,
    XLSX_STRING, /* of a formula */
    XLSX_INLINE,
    XLSX_FLAG,
    XLSX_ERROR,
    XLSX_DATE, /* ISO 8601 */
    XLSX_TYPES
};
static const char *const type_names[XLSX_TYPES] = {"n", "s", "str", "inlineStr", "b", "e", "d"};

/* A formula that several cells share; the first of them has it. */
struct xlsx_formula {
    const char *index, *text;
};

struct xlsx_rows {
    struct geo_workbook_rows rows; /* first: a pointer to it is one to this */
    /* The cell that is being read; its text is rows.text. */
    size_t column;
    enum xlsx_type type;
    const struct workbook_style *style;
    bool has_value, has_formula;
    size_t run_at; /* where the text of the element begins */
    struct workbook_run run;
    bool raised, struck; /* some of its letters were */
    struct buf formula;
    char *shared;                /* index of its shared formula, or NULL */
    struct workbook_links links; /* behind cells, by their place */
    struct arena *shared_arena;
    struct xlsx_formula *formulas;
    size_t n_formulas, cap_formulas;
    size_t formula_bytes;
};

static bool bad_cell(const struct xlsx_rows *xlsx, const char *what, const char *value,
                     struct err *err)
{
    char name[WORKBOOK_CELL_NAME];
    return err_set(err, ERR_INPUT,
                   "el archivo está dañado: celda %s: %s «%.60s»; ábralo y guárdelo de nuevo",
                   workbook_cell_name(xlsx->rows.line, xlsx->column, name), what, value);
}

/* Starts ---------------------------------------------------------------------------- */

static bool is_hidden(const char *const *attributes)
{
    const char *hidden = workbook_xml_attribute(attributes, "hidden");
    return hidden && (strcmp(hidden, "1") == 0 || strcmp(hidden, "true") == 0);
}

/* <col min="3" max="5" hidden="1"/> */
static bool start_column(struct xlsx_rows *xlsx, const char *const *attributes, struct err *err)
{
    const char *min = workbook_xml_attribute(attributes, "min");
    const char *max = workbook_xml_attribute(attributes, "max");
    int64_t first, last;
    return !is_hidden(attributes) || !min || !max || !parse_int(min, 1, INT32_MAX, &first) ||
           !parse_int(max, 1, INT32_MAX, &last) ||
           workbook_rows_hide(&xlsx->rows, first - 1, last - 1, err);
}

static bool start_row(struct xlsx_rows *xlsx, const char *const *attributes, struct err *err)
{
    const char *text = workbook_xml_attribute(attributes, "r");
    int64_t line = xlsx->rows.line + 1;
    xlsx->rows.hidden = is_hidden(attributes);
    xlsx->column = SIZE_MAX; /* the next one is 0 */
    if (text && !parse_int(text, 1, INT32_MAX, &line))
        return err_set(err, ERR_INPUT,
                       "el archivo está dañado: «%.60s» no es una fila; ábralo y guárdelo de nuevo",
                       text);
    return workbook_row_begin(&xlsx->rows, line, err);
}

static bool read_place(struct xlsx_rows *xlsx, const char *text, struct err *err)
{
    int64_t line = xlsx->rows.line;
    xlsx->column++;
    if (!text)
        return true;
    const char *at = text;
    return (workbook_reference(&at, &line, &xlsx->column) && !*at && line == xlsx->rows.line) ||
           err_set(err, ERR_INPUT,
                   "el archivo está dañado: la fila %lld tiene una celda «%.60s»; ábralo y "
                   "guárdelo de nuevo",
                   (long long)xlsx->rows.line, text);
}

static bool read_type(struct xlsx_rows *xlsx, const char *text, struct err *err)
{
    for (xlsx->type = XLSX_NUMBER; text && xlsx->type < XLSX_TYPES; xlsx->type++)
        if (strcmp(type_names[xlsx->type], text) == 0)
            return true;
    return !text || bad_cell(xlsx, "tiene un tipo desconocido,", text, err);
}

static bool read_style(struct xlsx_rows *xlsx, const char *text, struct err *err)
{
    const struct workbook_xlsx *book = xlsx->rows.workbook->xlsx;
    int64_t style = 0;
    if (text && !parse_int(text, 0, INT32_MAX, &style))
        return bad_cell(xlsx, "tiene un estilo imposible,", text, err);
    if (style > 0 && style >= (int64_t)book->n_styles)
        return bad_cell(xlsx, "le falta al libro su estilo", text, err);
    xlsx->style = book->n_styles ? &book->styles[style] : NULL;
    return true;
}

static bool start_cell(struct xlsx_rows *xlsx, const char *const *attributes, struct err *err)
{
    xlsx->has_value = xlsx->has_formula = xlsx->raised = xlsx->struck = false;
    xlsx->run = (struct workbook_run){0};
    buf_clear(&xlsx->rows.text);
    buf_clear(&xlsx->formula);
    xlsx->shared = NULL;
    return read_place(xlsx, workbook_xml_attribute(attributes, "r"), err) &&
           read_type(xlsx, workbook_xml_attribute(attributes, "t"), err) &&
           read_style(xlsx, workbook_xml_attribute(attributes, "s"), err);
}

static bool start_formula(struct xlsx_rows *xlsx, const char *const *attributes, struct err *err)
{
    const char *type = workbook_xml_attribute(attributes, "t");
    const char *index = workbook_xml_attribute(attributes, "si");
    xlsx->has_formula = true;
    if (type && index && strcmp(type, "shared") == 0)
        xlsx->shared = arena_strdup(xlsx->rows.arena, index);
    else
        return true;
    return xlsx->shared || err_no_memory(err);
}

static bool start(void *arg, int place, const char *const *attributes, struct err *err)
{
    struct xlsx_rows *xlsx = arg;
    switch (place) {
    case COLUMN:
        return start_column(xlsx, attributes, err);
    case ROW:
        return start_row(xlsx, attributes, err);
    case CELL:
        return start_cell(xlsx, attributes, err);
    case FORMULA:
        return start_formula(xlsx, attributes, err);
    case VALUE:
        xlsx->has_value = true;
        break;
    case RUN:
        xlsx->run = (struct workbook_run){0};
        break;
    case ALIGN:
        workbook_run_align(&xlsx->run, workbook_xml_attribute(attributes, "val"));
        break;
    case STRIKE:
        workbook_run_strike(&xlsx->run, workbook_xml_attribute(attributes, "val"));
        break;
    default:
        break;
    }
    xlsx->run_at = xlsx->rows.text.len;
    return true;
}

static bool read_text(void *arg, int place, const char *text, size_t len, struct err *err)
{
    struct xlsx_rows *xlsx = arg;
    if (place != FORMULA)
        return workbook_row_text(&xlsx->rows, text, len, err);
    buf_put(&xlsx->formula, text, len);
    return buf_failed(&xlsx->formula)
               ? err_no_memory(err)
               : geo_source_within(xlsx->rows.workbook->limits, GEO_LIMIT_VALUE_KB,
                                   (int64_t)(xlsx->formula.len >> 10), err);
}

/* Ends ------------------------------------------------------------------------------ */

/* Notes the formula of the first of the cells that share it. */
static bool end_formula(struct xlsx_rows *xlsx, struct err *err)
{
    if (!xlsx->shared || !xlsx->formula.len)
        return true;
    xlsx->formula_bytes += xlsx->formula.len + sizeof *xlsx->formulas;
    if (!geo_source_within(xlsx->rows.workbook->limits, GEO_LIMIT_MEMORY_MB,
                           (int64_t)(xlsx->formula_bytes >> 20), err))
        return false;
    struct xlsx_formula formula = {
        arena_strdup(xlsx->shared_arena, xlsx->shared),
        arena_strndup(xlsx->shared_arena, xlsx->formula.data, xlsx->formula.len)};
    if (!formula.index || !formula.text ||
        !array_reserve(xlsx->formulas, xlsx->cap_formulas, xlsx->n_formulas + 1))
        return err_no_memory(err);
    xlsx->formulas[xlsx->n_formulas++] = formula;
    return true;
}

/* The formula of a cell that has no value; of a shared one the last with its index. */
static bool put_formula(struct xlsx_rows *xlsx, struct source_cell *cell, struct err *err)
{
    const char *text = xlsx->formula.len ? xlsx->formula.data : "";
    for (size_t i = xlsx->n_formulas; !*text && xlsx->shared && i > 0; i--)
        if (strcmp(xlsx->formulas[i - 1].index, xlsx->shared) == 0)
            text = xlsx->formulas[i - 1].text;
    *cell = (struct source_cell){SOURCE_CELL_NO_VALUE, arena_printf(xlsx->rows.arena, "=%s", text)};
    return cell->text || err_no_memory(err);
}

static bool put_shared(struct xlsx_rows *xlsx, const char *text, struct source_cell *cell,
                       struct err *err)
{
    const struct workbook_xlsx *book = xlsx->rows.workbook->xlsx;
    int64_t index;
    if (!parse_int(text, 0, INT64_MAX, &index) || index >= (int64_t)book->n_strings)
        return bad_cell(xlsx, "le falta al libro su texto", text, err);
    const struct workbook_string *string = &book->strings[index];
    xlsx->raised = string->raised;
    xlsx->struck = string->struck;
    if (string->text[0])
        *cell = (struct source_cell){SOURCE_CELL_TEXT, string->text};
    return true;
}

static bool put_text(struct xlsx_rows *xlsx, enum source_cell_kind kind, const char *text,
                     struct source_cell *cell)
{
    *cell = (struct source_cell){kind, arena_strdup(xlsx->rows.arena, text)};
    return cell->text != NULL;
}

/* "1" or "0"; another value stays a text. */
static bool put_flag(struct xlsx_rows *xlsx, const char *text, struct source_cell *cell)
{
    if (strcmp(text, "1") == 0 || strcmp(text, "true") == 0)
        return put_text(xlsx, SOURCE_CELL_FLAG, "1", cell);
    if (strcmp(text, "0") == 0 || strcmp(text, "false") == 0)
        return put_text(xlsx, SOURCE_CELL_FLAG, "0", cell);
    return put_text(xlsx, SOURCE_CELL_TEXT, text, cell);
}

static bool put_number(struct xlsx_rows *xlsx, const char *text, struct source_cell *cell)
{
    if (!xlsx->style)
        return workbook_number(xlsx->rows.arena, text, cell);
    bool ok = workbook_shown(xlsx->rows.arena, text, &xlsx->style->format,
                             xlsx->rows.workbook->xlsx->from_1904, cell);
    xlsx->rows.yearless +=
        ok && cell->kind == SOURCE_CELL_DATE && workbook_hides_year(text, &xlsx->style->format);
    return ok;
}

/* The value of the cell, from what it states. */
static bool put_value(struct xlsx_rows *xlsx, const char *text, struct source_cell *cell,
                      struct err *err)
{
    bool ok = true;
    switch (xlsx->type) {
    case XLSX_SHARED:
        return put_shared(xlsx, text, cell, err);
    case XLSX_NUMBER:
        ok = put_number(xlsx, text, cell);
        break;
    case XLSX_FLAG:
        ok = put_flag(xlsx, text, cell);
        break;
    case XLSX_DATE:
        ok = workbook_iso_date(xlsx->rows.arena, text, cell);
        break;
    case XLSX_ERROR:
        ok = put_text(xlsx, SOURCE_CELL_ERROR, text, cell);
        break;
    default:
        ok = put_text(xlsx, SOURCE_CELL_TEXT, text, cell);
        break;
    }
    return ok || err_no_memory(err);
}

/* Blanks around a value are the file's layout, but in a text. */
static char *trimmed(const struct xlsx_rows *xlsx)
{
    static const char blanks[] = " \t\r\n";
    char *text = xlsx->rows.text.data;
    if (xlsx->type == XLSX_STRING || xlsx->type == XLSX_INLINE)
        return text;
    for (size_t n = strlen(text); n > 0 && strchr(blanks, text[n - 1]);)
        text[--n] = '\0';
    return text + strspn(text, blanks);
}

static bool put_link(struct xlsx_rows *xlsx, struct err *err)
{
    const char *target = workbook_links_at(&xlsx->links, xlsx->rows.line, xlsx->column);
    return (!target || workbook_row_link(&xlsx->rows, xlsx->column, target, err)) &&
           (!xlsx->formula.len ||
            workbook_row_formula(&xlsx->rows, xlsx->column, xlsx->formula.data, err));
}

static bool end_cell(struct xlsx_rows *xlsx, struct err *err)
{
    struct source_cell cell = {0};
    const char *text = xlsx->rows.text.len ? trimmed(xlsx) : "";
    bool ok = true;
    if (*text)
        ok = put_value(xlsx, text, &cell, err);
    else if (xlsx->has_formula && !(xlsx->has_value && xlsx->type == XLSX_STRING))
        ok = put_formula(xlsx, &cell, err); /* an empty text is a value */
    xlsx->rows.typed |= cell.kind != SOURCE_CELL_EMPTY && !xlsx->has_formula;
    workbook_row_marks(&xlsx->rows, &cell, xlsx->raised, xlsx->struck,
                       xlsx->style && xlsx->style->struck);
    return ok && put_link(xlsx, err) && workbook_row_put(&xlsx->rows, xlsx->column, cell, err);
}

/* Texts escape characters; a value is one if its type says so. */
static bool end_text(struct xlsx_rows *xlsx, struct err *err)
{
    struct buf *text = &xlsx->rows.text;
    if (text->len <= xlsx->run_at)
        return true;
    text->len =
        xlsx->run_at + workbook_unescape(text->data + xlsx->run_at, text->len - xlsx->run_at);
    xlsx->raised |= xlsx->run.raised;
    xlsx->struck |= xlsx->run.struck;
    if (!workbook_run_write(&xlsx->run, text, xlsx->run_at))
        return err_no_memory(err);
    text->data[text->len] = '\0';
    return true;
}

static bool end(void *arg, int place, struct err *err)
{
    struct xlsx_rows *xlsx = arg;
    switch (place) {
    case VALUE:
        return xlsx->type != XLSX_STRING || end_text(xlsx, err);
    case TEXT:
        return end_text(xlsx, err);
    case FORMULA:
        return end_formula(xlsx, err);
    case CELL:
        return end_cell(xlsx, err);
    case ROW:
        if (xlsx->rows.n > 0)
            workbook_xml_pause(xlsx->rows.xml);
        return true;
    default:
        return true;
    }
}

/* Opening --------------------------------------------------------------------------- */

static void release(struct geo_workbook_rows *rows)
{
    struct xlsx_rows *xlsx = (struct xlsx_rows *)rows;
    buf_free(&xlsx->formula);
    arena_free(xlsx->shared_arena);
    free(xlsx->formulas);
    workbook_links_free(&xlsx->links);
}

bool workbook_xlsx_rows(struct geo_workbook *workbook, size_t sheet,
                        struct geo_workbook_rows **rows, struct err *err)
{
    static const struct workbook_xml_calls calls = {rules, start, end, read_text};
    struct workbook_xlsx_part *part = &workbook->xlsx->parts[sheet];
    struct xlsx_rows *xlsx = calloc(1, sizeof *xlsx);
    if (!xlsx)
        return err_no_memory(err);
    *rows = &xlsx->rows;
    xlsx->rows.release = release;
    buf_init(&xlsx->formula);
    xlsx->shared_arena = arena_new();
    if (!xlsx->shared_arena)
        return err_no_memory(err);
    if (!part->name[0])
        return err_set(err, ERR_INPUT,
                       "el archivo está dañado: le falta esta hoja; ábralo y guárdelo de nuevo");
    return workbook_xlsx_merges(workbook, part, &xlsx->rows.merges, err) &&
           workbook_xlsx_links(workbook, part->name, &xlsx->links, err) &&
           workbook_xlsx_remarks(workbook, part->name, &xlsx->rows.remarks, err) &&
           workbook_rows_start(&xlsx->rows, workbook, sheet, part->name, &calls, err);
}
