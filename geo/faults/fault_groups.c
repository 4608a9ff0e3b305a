/* fault_groups.c - puts together faults that say the same of the same column. */
#include <stdlib.h>
#include <string.h>

#include "geo/faults/fault_report.h"

/* A fault, and its message without the value: equal for faults of one kind. */
struct pick {
    const struct fault_entry *fault;
    const char *pattern;
    size_t order; /* among the faults, to keep the order of equal ones */
};

static int compare(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int by_row(const void *a, const void *b)
{
    const struct pick *one = a, *two = b;
    int order = compare(one->fault->row, two->fault->row);
    return order ? order : compare((int64_t)one->order, (int64_t)two->order);
}

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

static int by_kind(const struct pick *one, const struct pick *two)
{
    int order = compare(one->fault->column, two->fault->column);
    if (order == 0)
        order = strcmp(one->pattern, two->pattern);
    return order ? order : strcmp(or_empty(one->fault->accepted), or_empty(two->fault->accepted));
}

static int by_kind_and_row(const void *a, const void *b)
{
    int order = by_kind(a, b);
    return order ? order : by_row(a, b);
}

static int by_first_row(const void *a, const void *b)
{
    const struct fault_group *one = a, *two = b;
    int order = compare(one->first->row, two->first->row);
    return order ? order : compare(one->first->column, two->first->column);
}

static int by_value(const void *a, const void *b)
{
    const struct fault_value *one = a, *two = b;
    int order = strcmp(one->value, two->value);
    return order ? order : compare(one->row, two->row);
}

static int by_value_row(const void *a, const void *b)
{
    const struct fault_value *one = a, *two = b;
    int order = compare(one->row, two->row);
    return order ? order : strcmp(one->value, two->value);
}

/* The message with «…» for each «value». */
static const char *pattern_of(struct arena *arena, const struct fault_entry *fault)
{
    char *quoted = fault->value ? arena_printf(arena, "«%s»", fault->value) : NULL;
    const char *at = fault->message, *found;
    struct buf pattern;
    if (fault->value && !quoted)
        return NULL;
    if (!quoted || !strstr(at, quoted))
        return at;
    buf_init(&pattern);
    for (; (found = strstr(at, quoted)); at = found + strlen(quoted)) {
        buf_put(&pattern, at, (size_t)(found - at));
        buf_puts(&pattern, "«…»");
    }
    buf_puts(&pattern, at);
    char *text = buf_failed(&pattern) ? NULL : arena_strdup(arena, pattern.data);
    buf_free(&pattern);
    return text;
}

/* The values of a group, each once. False: memory. */
static bool take_values(const struct pick *picks, size_t n, struct arena *arena,
                        struct fault_group *group)
{
    struct fault_value *values = arena_array(arena, n, sizeof *values);
    size_t all = 0, kept = 0;
    if (!values)
        return false;
    for (size_t i = 0; i < n; i++)
        if (picks[i].fault->value)
            values[all++] = (struct fault_value){picks[i].fault->value, 1, picks[i].fault->row};
    if (all == 0)
        return true;
    qsort(values, all, sizeof *values, by_value);
    for (size_t i = 0; i < all; i++) {
        if (kept > 0 && strcmp(values[kept - 1].value, values[i].value) == 0)
            values[kept - 1].n++;
        else
            values[kept++] = values[i];
    }
    qsort(values, kept, sizeof *values, by_value_row);
    group->values = values;
    group->n_values = kept;
    return true;
}

static bool take_rows(const struct pick *picks, size_t n, struct arena *arena,
                      struct fault_group *group)
{
    int64_t *rows = arena_array(arena, n, sizeof *rows);
    if (!rows)
        return false;
    for (size_t i = 0; i < n; i++)
        if (group->n_rows == 0 || rows[group->n_rows - 1] != picks[i].fault->row)
            rows[group->n_rows++] = picks[i].fault->row;
    group->rows = rows;
    return true;
}

static bool make_group(const struct pick *picks, size_t n, struct arena *arena,
                       struct fault_group *group)
{
    *group = (struct fault_group){.first = picks[0].fault, .n_faults = n};
    if (!take_values(picks, n, arena, group) || !take_rows(picks, n, arena, group))
        return false;
    group->message = group->n_values > 1 ? picks[0].pattern : picks[0].fault->message;
    return true;
}

static struct pick *pick_faults(const struct fault_sheet *sheet, bool warnings, struct arena *arena,
                                size_t *n)
{
    struct pick *picks = arena_array(arena, fault_count(sheet, warnings), sizeof *picks);
    *n = 0;
    for (size_t i = 0; picks && i < sheet->n_faults; i++)
        if (sheet->faults[i].warning == warnings)
            picks[(*n)++] = (struct pick){.fault = &sheet->faults[i], .order = i};
    return picks;
}

bool fault_groups_make(const struct fault_sheet *sheet, bool warnings, size_t most,
                       struct arena *arena, struct fault_groups *out)
{
    size_t n;
    struct pick *picks = pick_faults(sheet, warnings, arena, &n);
    *out = (struct fault_groups){0};
    if (!picks)
        return false;
    if (n == 0)
        return true;
    qsort(picks, n, sizeof *picks, by_row);
    out->left_out = n > most ? n - most : 0;
    n -= out->left_out;
    out->groups = arena_array(arena, n, sizeof *out->groups);
    for (size_t i = 0; i < n; i++)
        if (!(picks[i].pattern = pattern_of(arena, picks[i].fault)))
            return false;
    if (!out->groups)
        return false;
    if (n > 0)
        qsort(picks, n, sizeof *picks, by_kind_and_row);
    for (size_t from = 0, to; from < n; from = to) {
        for (to = from + 1; to < n && by_kind(&picks[from], &picks[to]) == 0;)
            to++;
        if (!make_group(picks + from, to - from, arena, &out->groups[out->n++]))
            return false;
    }
    if (out->n > 0)
        qsort(out->groups, out->n, sizeof *out->groups, by_first_row);
    return true;
}
