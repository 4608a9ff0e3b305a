/* workbook_ods_sheet.c - reads the rows of a sheet of an ODS workbook. */
#include <stdlib.h>
#include <string.h>

#include "geo/base/parse.h"
#include "geo/sheets/workbook_ods_internal.h"

enum {
    DOCUMENT = 1,
    BODY,
    SPREADSHEET,
    TABLE,
    GROUP,
    COLUMNS,
    COLUMN,
    ROW,
    CELL,
    BLANKS,
    TAB,
    BREAK,
    COMMENT,
    SHAPES,
    FRAME,
    PARAGRAPH = WORKBOOK_XML_TEXT,
    SPAN,
    LINK,
    BOX_TEXT,
};

/* Of a cell only its paragraphs are read; comments and what is drawn over it are counted. */
static const struct workbook_xml_rule rules[] = {
    {ROW, "table-cell", CELL},
    {ROW, "covered-table-cell", CELL},
    {CELL, "p", PARAGRAPH},
    {TABLE, "table-row", ROW},
    {GROUP, "table-row", ROW},
    {PARAGRAPH, "s", BLANKS},
    {SPAN, "s", BLANKS},
    {PARAGRAPH, "tab", TAB},
    {SPAN, "tab", TAB},
    {PARAGRAPH, "line-break", BREAK},
    {SPAN, "line-break", BREAK},
    {CELL, "annotation", COMMENT},
    {PARAGRAPH, "annotation", COMMENT},
    {SPAN, "annotation", COMMENT},
    {PARAGRAPH, "note", WORKBOOK_XML_SKIP},
    {SPAN, "note", WORKBOOK_XML_SKIP},
    {PARAGRAPH, "frame", FRAME},
    {SPAN, "frame", FRAME},
    {SPAN, "ruby-text", WORKBOOK_XML_SKIP},
    {PARAGRAPH, "a", LINK},
    {SPAN, "a", LINK},
    {LINK, "s", BLANKS},
    {LINK, "tab", TAB},
    {LINK, "line-break", BREAK},
    {LINK, "*", SPAN},
    {PARAGRAPH, "*", SPAN},
    {SPAN, "*", SPAN},
    {CELL, "*", FRAME},
    {FRAME, "p", BOX_TEXT},
    {FRAME, "*", FRAME},
    {BOX_TEXT, "*", BOX_TEXT},
    {TABLE, "shapes", SHAPES},
    {SHAPES, "*", FRAME},
    {TABLE, "table-row-group", GROUP},
    {TABLE, "table-header-rows", GROUP},
    {TABLE, "table-rows", GROUP},
    {GROUP, "table-row-group", GROUP},
    {GROUP, "table-header-rows", GROUP},
    {GROUP, "table-rows", GROUP},
    {TABLE, "table-column", COLUMN},
    {COLUMNS, "table-column", COLUMN},
    {TABLE, "table-column-group", COLUMNS},
    {TABLE, "table-header-columns", COLUMNS},
    {TABLE, "table-columns", COLUMNS},
    {COLUMNS, "table-column-group", COLUMNS},
    {COLUMNS, "table-header-columns", COLUMNS},
    {COLUMNS, "table-columns", COLUMNS},
    {SPREADSHEET, "table", TABLE},
    {BODY, "spreadsheet", SPREADSHEET},
    {DOCUMENT, "body", BODY},
    {WORKBOOK_XML_ROOT, "document-content", DOCUMENT},
    {0},
};

/* Spans nest; the marks of those that nest deeper are not seen. */
enum { SPANS_MAX = 8 };

struct ods_rows {
    struct geo_workbook_rows rows; /* first: a pointer to it is one to this */
    size_t tables;                 /* begun, with this one */
    int64_t line, row_repeats;     /* of the row that is being read */
    int64_t columns;               /* of the sheet, described so far */
    int64_t column;                /* of the cell that is being read */
    /* Of that cell. */
    struct workbook_ods_cell stated;
    int64_t cell_repeats, columns_spanned, rows_spanned;
    size_t paragraphs, paragraph_at;
    const char *link;                    /* in its text; NULL: none */
    struct workbook_run runs[SPANS_MAX]; /* of the open spans, what all around them say as well */
    int spans;                           /* open */
    bool raised, struck_part;            /* some of its letters are */
    bool struck;                         /* all of them, by the style of the cell */
    /* Of what is drawn: how many elements are open, and whether its text was counted. */
    int frames;
    bool counted;
};

/* A count in an attribute; 1 if it is not there. */
static bool read_count(const char *const *attributes, const char *name, int64_t *count,
                       struct err *err)
{
    const char *text = workbook_xml_attribute(attributes, name);
    *count = 1;
    return !text || parse_int(text, 1, INT32_MAX, count) ||
           err_set(err, ERR_INPUT,
                   "el archivo está dañado: «%.60s» en %s; ábralo y guárdelo de nuevo", text, name);
}

static bool is_hidden(const char *const *attributes)
{
    const char *visible = workbook_xml_attribute(attributes, "visibility");
    return visible && strcmp(visible, "visible") != 0;
}

static bool start_column(struct ods_rows *ods, const char *const *attributes, struct err *err)
{
    int64_t first = ods->columns, repeats;
    if (!read_count(attributes, "number-columns-repeated", &repeats, err))
        return false;
    ods->columns += repeats;
    return !is_hidden(attributes) || workbook_rows_hide(&ods->rows, first, ods->columns - 1, err);
}

static bool start_row(struct ods_rows *ods, const char *const *attributes, struct err *err)
{
    ods->rows.hidden = is_hidden(attributes);
    ods->column = 0;
    ods->line += ods->row_repeats;
    return read_count(attributes, "number-rows-repeated", &ods->row_repeats, err) &&
           workbook_row_begin(&ods->rows, ods->line, err);
}

static void start_span(struct ods_rows *ods, const char *const *attributes)
{
    const struct workbook_run *marks = workbook_ods_style(
        ods->rows.workbook, workbook_xml_attribute(attributes, "style-name"), false);
    if (ods->spans < SPANS_MAX) {
        struct workbook_run *run = &ods->runs[ods->spans];
        *run = ods->spans ? run[-1] : (struct workbook_run){0};
        if (marks)
            *run =
                (struct workbook_run){run->raised || marks->raised, run->lowered || marks->lowered,
                                      run->struck || marks->struck};
    }
    ods->spans++;
}

static void start_comment(struct ods_rows *ods)
{
    struct geo_workbook_remarks *remarks = &ods->rows.remarks;
    if (remarks->comments++ == 0)
        remarks->comment_line = ods->line;
}

static void start_frame(struct ods_rows *ods)
{
    if (ods->frames++ == 0)
        ods->counted = false;
}

static void count_box(struct ods_rows *ods, size_t len)
{
    ods->rows.remarks.boxes += len > 0 && !ods->counted;
    ods->counted |= len > 0;
}

static bool start_cell(struct ods_rows *ods, const char *const *attributes, struct err *err)
{
    buf_clear(&ods->rows.text);
    ods->paragraphs = 0;
    ods->link = NULL;
    ods->spans = 0;
    ods->raised = ods->struck_part = false;
    ods->struck = workbook_ods_style(ods->rows.workbook,
                                     workbook_xml_attribute(attributes, "style-name"), true);
    return read_count(attributes, "number-columns-repeated", &ods->cell_repeats, err) &&
           read_count(attributes, "number-columns-spanned", &ods->columns_spanned, err) &&
           read_count(attributes, "number-rows-spanned", &ods->rows_spanned, err) &&
           workbook_ods_cell_read(attributes, ods->rows.arena, &ods->stated, err);
}

static bool start_paragraph(struct ods_rows *ods, struct err *err)
{
    bool ok = ods->paragraphs++ == 0 || workbook_row_text(&ods->rows, "\n", 1, err);
    ods->paragraph_at = ods->rows.text.len;
    return ok;
}

static bool start_link(struct ods_rows *ods, const char *const *attributes, struct err *err)
{
    const char *target = workbook_xml_attribute(attributes, "href");
    if (!target || ods->link)
        return true;
    ods->link = arena_strdup(ods->rows.arena, target);
    return ods->link || err_no_memory(err);
}

/* Blanks that are kept: <text:s text:c="3"/> */
static bool put_blanks(struct ods_rows *ods, const char *const *attributes, struct err *err)
{
    int64_t count;
    bool ok = read_count(attributes, "c", &count, err);
    for (; ok && count > 0; count--)
        ok = workbook_row_text(&ods->rows, " ", 1, err);
    return ok;
}

static bool start(void *arg, int place, const char *const *attributes, struct err *err)
{
    struct ods_rows *ods = arg;
    switch (place) {
    case TABLE:
        if (ods->tables++ != ods->rows.sheet)
            workbook_xml_skip(ods->rows.xml);
        return true;
    case COLUMN:
        return start_column(ods, attributes, err);
    case ROW:
        return start_row(ods, attributes, err);
    case CELL:
        return start_cell(ods, attributes, err);
    case PARAGRAPH:
        return start_paragraph(ods, err);
    case SPAN:
        start_span(ods, attributes);
        return true;
    case LINK:
        start_span(ods, attributes);
        return start_link(ods, attributes, err);
    case COMMENT:
        start_comment(ods);
        return true;
    case FRAME:
        start_frame(ods);
        return true;
    case BLANKS:
        return put_blanks(ods, attributes, err);
    case TAB:
        return workbook_row_text(&ods->rows, "\t", 1, err);
    case BREAK:
        return workbook_row_text(&ods->rows, "\n", 1, err);
    default:
        return true;
    }
}

static bool read_text(void *arg, int place, const char *text, size_t len, struct err *err)
{
    struct ods_rows *ods = arg;
    if (place == BOX_TEXT) {
        count_box(ods, len);
        return true;
    }
    int span = ods->spans < SPANS_MAX ? ods->spans : SPANS_MAX;
    size_t at = ods->rows.text.len;
    if (!workbook_ods_text(&ods->rows, ods->paragraph_at, text, len, err) || !span)
        return ods->spans == 0;
    const struct workbook_run *run = &ods->runs[span - 1];
    ods->raised |= run->raised;
    ods->struck_part |= run->struck;
    return workbook_run_write(run, &ods->rows.text, at) || err_no_memory(err);
}

static bool put_merge(struct ods_rows *ods, struct err *err)
{
    struct geo_workbook_merge merge = {
        .first_line = ods->rows.line,
        .last_line = ods->rows.line + ods->rows_spanned - 1,
        .first_column = (size_t)ods->column,
        .last_column = (size_t)(ods->column + ods->columns_spanned - 1),
    };
    return (ods->columns_spanned == 1 && ods->rows_spanned == 1) ||
           workbook_merges_add(&ods->rows.merges, &merge, ods->rows.workbook->limits, err);
}

static bool put_link(struct ods_rows *ods, struct err *err)
{
    const char *formula = ods->stated.formula;
    size_t column = (size_t)ods->column;
    return (!ods->link || workbook_row_link(&ods->rows, column, ods->link, err)) &&
           (!formula || workbook_row_formula(&ods->rows, column, formula, err));
}

static bool end_cell(struct ods_rows *ods, struct err *err)
{
    const char *text = ods->rows.text.len ? ods->rows.text.data : "";
    struct source_cell cell;
    if (!workbook_ods_cell_value(&ods->stated, ods->paragraphs ? text : NULL, ods->rows.arena,
                                 &cell, err) ||
        !put_merge(ods, err) || !put_link(ods, err))
        return false;
    ods->rows.typed |= cell.kind != SOURCE_CELL_EMPTY && !ods->stated.formula;
    ods->rows.yearless += cell.kind == SOURCE_CELL_DATE && workbook_ods_hides_year(text);
    workbook_row_marks(&ods->rows, &cell, ods->raised, ods->struck_part, ods->struck);
    for (int64_t i = 0; cell.kind != SOURCE_CELL_EMPTY && i < ods->cell_repeats; i++)
        if (!workbook_row_put(&ods->rows, (size_t)(ods->column + i), cell, err))
            return false;
    ods->column += ods->cell_repeats;
    return true;
}

static bool end(void *arg, int place, struct err *err)
{
    struct ods_rows *ods = arg;
    if (place == CELL)
        return end_cell(ods, err);
    if (place == SPAN || place == LINK)
        ods->spans--;
    if (place == FRAME)
        ods->frames--;
    if (place == ROW && ods->rows.n > 0) {
        workbook_xml_pause(ods->rows.xml);
        return workbook_row_repeat(&ods->rows, ods->row_repeats - 1, err);
    }
    if (place == TABLE) { /* the sheet ends before its file */
        ods->rows.ended = true;
        workbook_xml_pause(ods->rows.xml);
    }
    return true;
}

bool workbook_ods_rows(struct geo_workbook *workbook, size_t sheet, struct geo_workbook_rows **rows,
                       struct err *err)
{
    static const struct workbook_xml_calls calls = {rules, start, end, read_text};
    struct ods_rows *ods = calloc(1, sizeof *ods);
    if (!ods)
        return err_no_memory(err);
    *rows = &ods->rows;
    ods->row_repeats = 1; /* the first row is line 1 */
    const struct workbook_ods *kept = workbook->ods;
    if (!kept)
        return workbook_rows_start(&ods->rows, workbook, sheet, "content.xml", &calls, err);
    ods->tables = sheet;
    if (!workbook_rows_prepare(&ods->rows, workbook, sheet, err))
        return false;
    size_t at = (size_t)kept->at[sheet];
    ods->rows.xml =
        workbook_xml_open_bytes("<document-content><body><spreadsheet>", kept->content.data + at,
                                kept->content.len - at, "content.xml", &calls, &ods->rows, err);
    return ods->rows.xml != NULL;
}
