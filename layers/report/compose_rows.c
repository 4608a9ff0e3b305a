/* compose_rows.c - selects and sorts the rows of a block; cells, captions and sources. */
#include <math.h>
#include <pango/pango.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/number.h"
#include "geo/base/parse.h"
#include "layers/report/compose_internal.h"

int compose_column(struct compose *c, const struct rows *rows, const char *name)
{
    int column = report_column(rows, name);
    if (column < 0)
        err_set(c->err, ERR_SETUP, "una plantilla pide la columna «%.60s», que no está", name);
    return column;
}

enum { CONDITIONS = 8 };

struct condition {
    int column;
    const char *text;
    bool wanted; /* of "donde"; false: of "sin", which removes rows that meet all of them */
};

static bool read_conditions(struct compose *c, const struct rows *rows, const json_t *from,
                            bool wanted, struct condition *list, size_t *n)
{
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)(uintptr_t)from, name, value)
    {
        int column = compose_column(c, rows, name);
        const char *text = json_string_value(value);
        char *expanded = column < 0 ? NULL : compose_expand(c, text ? text : "", false);
        if (!expanded)
            return false;
        if (*n == CONDITIONS)
            return err_set(c->err, ERR_SETUP, "una plantilla pone más de %d condiciones",
                           CONDITIONS);
        list[(*n)++] = (struct condition){column, expanded, wanted};
    }
    return true;
}

/* True if all conditions of "donde" hold, and not all those of "sin" (if any). */
static bool fits(const struct rows *rows, size_t row, const struct condition *list, size_t n)
{
    bool others = false, all_others = true;
    for (size_t i = 0; i < n; i++) {
        bool same = strcmp(report_text(rows, row, list[i].column), list[i].text) == 0;
        if (list[i].wanted && !same)
            return false;
        others |= !list[i].wanted;
        all_others &= list[i].wanted || same;
    }
    return !others || !all_others;
}

/* One sort key at a time, because sorting is stable. */
struct order {
    const struct rows *rows;
    int column;
    bool down;
};

static int compare(const struct order *order, size_t a, size_t b)
{
    double x = report_number(order->rows, a, order->column);
    double y = report_number(order->rows, b, order->column);
    int result;
    if (isnan(x) && isnan(y))
        result = strcmp(report_text(order->rows, a, order->column),
                        report_text(order->rows, b, order->column));
    else if (isnan(x) || isnan(y))
        return isnan(x) ? 1 : -1; /* missing values come last */
    else
        result = x < y ? -1 : x > y;
    return order->down ? -result : result;
}

/* A simple stable sort: tables have hundreds of rows. */
static void sort_rows(struct picked *picked, const struct order *order)
{
    for (size_t i = 1; i < picked->n; i++) {
        size_t row = picked->at[i], k = i;
        for (; k > 0 && compare(order, picked->at[k - 1], row) > 0; k--)
            picked->at[k] = picked->at[k - 1];
        picked->at[k] = row;
    }
}

bool compose_pick(struct compose *c, const json_t *block, struct picked *picked)
{
    const char *source = json_string_value(json_object_get(block, "fuente"));
    const char *order = json_string_value(json_object_get(block, "orden"));
    const json_t *where = json_object_get(block, "donde"), *but = json_object_get(block, "sin");
    const json_t *first = json_object_get(block, "primeros");
    picked->rows = report_rows(c->data, source ? source : "", c->err);
    if (!picked->rows)
        return false;
    size_t n = rows_count(picked->rows);
    picked->n = 0;
    picked->at = arena_array(c->arena, n + 1, sizeof *picked->at);
    if (!picked->at)
        return err_no_memory(c->err);
    struct condition list[CONDITIONS];
    size_t n_list = 0;
    if (!read_conditions(c, picked->rows, where, true, list, &n_list) ||
        !read_conditions(c, picked->rows, but, false, list, &n_list))
        return false;
    for (size_t r = 0; r < n; r++)
        if (fits(picked->rows, r, list, n_list))
            picked->at[picked->n++] = r;
    if (order) {
        struct order by = {picked->rows, 0, order[0] == '-'};
        by.column = compose_column(c, picked->rows, order + by.down);
        if (by.column < 0)
            return false;
        sort_rows(picked, &by);
    }
    if (first && (size_t)json_integer_value(first) < picked->n)
        picked->n = (size_t)json_integer_value(first);
    return true;
}

const char *compose_cell(struct compose *c, const struct rows *rows, size_t row, int column,
                         int decimals)
{
    struct buf out;
    enum rows_kind kind;
    const char *text = rows_cell(rows, row, (size_t)column, &kind);
    if (kind == ROWS_NULL)
        return NUMBER_MISSING;
    if (kind == ROWS_BOOL)
        return text[0] == '1' ? "sí" : "no";
    if (kind == ROWS_TEXT && parse_date(text))
        return arena_printf(c->arena, "%.2s/%.2s/%.4s", text + 8, text + 5, text);
    if (kind == ROWS_TEXT)
        return arena_strdup(c->arena, text);
    buf_init(&out);
    if (decimals < 0)
        number_put_plain(&out, text);
    else
        number_put(&out, strtod(text, NULL), decimals);
    const char *kept = buf_failed(&out) ? NULL : arena_strdup(c->arena, out.data);
    buf_free(&out);
    return kept;
}

double compose_caption_height(struct compose *c, const char *title, const char *unit)
{
    double height = title[0] ? ink_height(c->paper->ink, INK_CAPTION, c->paper->width, title) : 0;
    return height + (unit[0] ? ink_line_height(c->paper->ink, INK_SMALL) : 0) + 4;
}

void compose_caption(struct compose *c, const char *kind, int *number, const char *title,
                     const char *unit)
{
    struct paper *paper = c->paper;
    const char *whole = title;
    char *escaped = g_markup_escape_text(title, -1);
    (*number)++;
    if (title[0]) {
        whole = c->numbered ? arena_printf(c->arena, "%s %d. %s", kind, *number, escaped) : escaped;
        paper_tag(paper, "P");
        paper->y += ink_block(paper->ink, INK_CAPTION, INK_BLACK, paper->x, paper->y, paper->width,
                              0, whole ? whole : "");
        paper_untag(paper, "P");
    }
    g_free(escaped);
    if (unit[0]) {
        double height = ink_line_height(paper->ink, INK_SMALL);
        ink_line(paper->ink, INK_SMALL, INK_GREY, paper->x, paper->y + height * 0.78, 0,
                 paper->width, unit);
        paper->y += height;
    }
    paper->y += 4;
}

void compose_source(struct compose *c, const json_t *block)
{
    char *note = compose_string(c, block, "nota", true);
    struct paper *paper = c->paper;
    if (!note)
        return;
    paper->y += 3;
    if (note[0])
        paper->y +=
            ink_block(paper->ink, INK_SMALL, INK_GREY, paper->x, paper->y, paper->width, 0, note);
    paper->y += 9;
}
