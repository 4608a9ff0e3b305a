/* figure.c - reads the arguments of figures, makes their answers. */
#include "geo/catalog/figure.h"

#include <stdlib.h>
#include <string.h>

#include "geo/base/text.h"

/* Index of a parameter in figure->params; the end of the list if there is none. */
static size_t find(const struct figure *figure, const char *name)
{
    size_t i = 0;
    while (figure->params[i].name && strcmp(figure->params[i].name, name) != 0)
        i++;
    return i;
}

struct figure_args figure_args_of(const struct figure *figure)
{
    struct figure_args args = {.figure = figure};
    param_fall_back(figure->params, args.values);
    return args;
}

bool figure_args_set(struct figure_args *args, const char *name, const char *text, struct err *err)
{
    size_t i = find(args->figure, name);
    if (!args->figure->params[i].name)
        abort();
    args->values[i].given = true;
    return param_read(&args->figure->params[i], text, args->server, &args->values[i], err);
}

const struct param_value *figure_value(const struct figure_args *args, const char *name)
{
    size_t i = find(args->figure, name);
    if (!args->figure->params[i].name)
        abort();
    return &args->values[i];
}

const char *figure_text(const struct figure_args *args, const char *name)
{
    return figure_value(args, name)->text;
}

const char *figure_text_if(const struct figure_args *args, const char *name)
{
    size_t i = find(args->figure, name);
    return args->figure->params[i].name ? args->values[i].text : NULL;
}

bool figure_flag(const struct figure_args *args, const char *name)
{
    return figure_value(args, name)->flag;
}

int64_t figure_int(const struct figure_args *args, const char *name)
{
    return figure_value(args, name)->integer;
}

double figure_real(const struct figure_args *args, const char *name)
{
    return figure_value(args, name)->real;
}

enum geo_group figure_group(const struct figure_args *args)
{
    enum geo_group group;
    const char *word = figure_text(args, "by");
    if (!word || !geo_group_of(word, &group))
        abort();
    return group;
}

int figure_threads(const struct figure_args *args)
{
    return args->server ? 1 : 0;
}

bool figure_slow(const struct figure_args *args)
{
    (void)args;
    return true;
}

bool figure_slow_dated(const struct figure_args *args)
{
    return figure_text_if(args, "as-of") != NULL;
}

bool figure_take_rows(struct figure_result *result, struct rows *rows, struct err *err)
{
    result->rows = rows;
    return rows || err_no_memory(err);
}

void figure_result_free(struct figure_result *result)
{
    rows_free(result->rows);
    buf_free(&result->text);
    buf_free(&result->head);
    buf_free(&result->note);
    if (result->release)
        result->release(result->owner);
    *result = (struct figure_result){0};
}

/* The rows of one department or one UO ------------------------------------- */

struct filter {
    struct arena *arena;
    const char *wanted; /* folded */
    size_t column;
    size_t kept;
};

static bool is_wanted(void *arg, const struct rows *rows, size_t row)
{
    struct filter *filter = arg;
    enum rows_kind kind;
    const char *folded = text_fold(filter->arena, rows_cell(rows, row, filter->column, &kind));
    bool wanted = folded && strcmp(folded, filter->wanted) == 0;
    filter->kept += wanted;
    return wanted;
}

/* The different values of a column, in order of appearance: "Beni, Pando". */
static void put_values(const struct rows *rows, size_t column, struct buf *out)
{
    enum rows_kind kind;
    for (size_t r = 0; r < rows_count(rows); r++) {
        const char *text = rows_cell(rows, r, column, &kind);
        size_t before = 0;
        while (before < r && strcmp(rows_cell(rows, before, column, &kind), text) != 0)
            before++;
        if (before == r && text[0])
            buf_printf(out, "%s%s", out->len ? ", " : "", text);
    }
}

static bool refuse(const struct rows *rows, const char *name, size_t column, const char *text,
                   struct err *err)
{
    char cut[PARAM_SHOWN_SIZE];
    struct buf values;
    buf_init(&values);
    put_values(rows, column, &values);
    bool ok = !buf_failed(&values);
    if (ok && values.len)
        err_field(err, name, "«%s» no está en la tabla; está: %s", param_shown(text, cut),
                  values.data);
    else if (ok)
        err_field(err, name,
                  "las filas de esta tabla no son de un%s; pruebe con la agrupación municipio",
                  strcmp(name, "uo") == 0 ? "a unidad operativa" : " departamento");
    buf_free(&values);
    return ok ? false : err_no_memory(err);
}

static bool keep_only(struct rows *rows, const char *name, const char *text, struct err *err)
{
    const struct rows_column *columns;
    size_t n = rows_columns(rows, &columns), column = 0;
    struct arena *arena = arena_new();
    const char *wanted = arena ? text_fold(arena, text) : NULL;
    struct filter filter = {.arena = arena, .wanted = wanted};
    bool ok = wanted || err_no_memory(err);
    if (ok && !wanted[0])
        ok = err_field(err, name, "«%s» no dice cuál", text);
    while (column < n && strcmp(columns[column].name, name) != 0)
        column++;
    if (ok && column == n)
        ok = err_field(err, name, "esta tabla no tiene la columna «%s»", name);
    filter.column = column;
    if (ok) {
        size_t all = rows_count(rows);
        for (size_t r = 0; r < all; r++)
            is_wanted(&filter, rows, r);
        ok = filter.kept > 0 || all == 0 || refuse(rows, name, column, text, err);
    }
    if (ok)
        rows_keep(rows, is_wanted, &filter);
    arena_free(arena);
    return ok;
}

static bool keep_asked(const struct figure_args *args, struct rows *rows, struct err *err)
{
    static const char *const names[] = {"departamento", "uo"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *text = figure_text_if(args, names[i]);
        if (text && !keep_only(rows, names[i], text, err))
            return false;
    }
    return true;
}

/* An edition that is not there is a fault of that parameter. */
static bool about_edition(const struct figure_args *args, struct err *err)
{
    if (err && err->kind == ERR_NOT_FOUND && !err->field && figure_text_if(args, "edition"))
        return err_about(err, "edition");
    return false;
}

bool figure_make(const struct figure_args *args, struct geo_store *store,
                 struct figure_result *result, struct err *err)
{
    *result = (struct figure_result){0};
    bool ok = args->figure->make(args, store, result, err) || about_edition(args, err);
    if (ok && (buf_failed(&result->text) || buf_failed(&result->head) ||
               buf_failed(&result->note) || (result->rows && rows_failed(result->rows))))
        ok = err_no_memory(err);
    ok = ok && (!result->rows || keep_asked(args, result->rows, err));
    if (!ok)
        figure_result_free(result);
    return ok;
}
