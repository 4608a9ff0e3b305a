/* compose_rows.c - selects and sorts the rows of a block. */
#include <math.h>
#include <string.h>

#include "layers/report/compose_internal.h"

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
