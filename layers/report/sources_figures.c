/* sources_figures.c - report tables that are figures (geo/catalog/), and their notes. */
#include <string.h>

#include "layers/report/data_internal.h"

/* Sets "by=uo of=bs", whose texts the arguments borrow. */
static bool set_params(struct figure_args *args, const char *params, struct arena *arena,
                       struct err *err)
{
    char *rest, *list = arena_strdup(arena, params);
    if (!list)
        return err_no_memory(err);
    for (char *name = strtok_r(list, " ", &rest); name; name = strtok_r(NULL, " ", &rest)) {
        char *value = strchr(name, '=');
        *value++ = '\0';
        if (!figure_args_set(args, name, value, err))
            return false;
    }
    return true;
}

/* Makes the figure with the day and the edition of the report. */
static bool ask(struct report_data *data, const char *name, const char *params,
                struct figure_result *result, struct err *err)
{
    const struct report_query *query = report_query_of(data);
    const struct figure *figure = figure_named(name);
    const char *day = figure->day ? figure->day : "as-of";
    const char *edition = figure->edition ? figure->edition : "edition";
    struct figure_args args = figure_args_of(figure);
    return set_params(&args, params, report_arena(data), err) &&
           (!query->as_of || figure_args_set(&args, day, query->as_of, err)) &&
           (!query->edition || figure_args_set(&args, edition, query->edition, err)) &&
           figure_make(&args, report_store(data), result, err);
}

static bool append(struct report_data *data, const char *name, const char *params,
                   struct rows *rows, struct err *err)
{
    struct figure_result more = {0};
    bool ok = ask(data, name, params, &more, err);
    if (ok)
        rows_append(rows, more.rows);
    figure_result_free(&more);
    return ok && (!rows_failed(rows) || err_no_memory(err));
}

static bool ends_on(void *day, const struct rows *rows, size_t row)
{
    return strcmp(report_text(rows, row, report_column(rows, "hasta")), day) == 0;
}

static bool keep_last_period(struct report_data *data, struct rows *rows, struct err *err)
{
    const char *last = "";
    int until = report_column(rows, "hasta");
    for (size_t r = 0; r < rows_count(rows); r++)
        if (strcmp(report_text(rows, r, until), last) > 0)
            last = report_text(rows, r, until);
    char *day = arena_strdup(report_arena(data), last);
    if (!day)
        return err_no_memory(err);
    rows_keep(rows, ends_on, day);
    return true;
}

/* For a figure without enough data: its section is left out. */
static bool no_rows(struct figure_result *result, struct err *err)
{
    static const struct rows_column heads[] = {{"puesto", 0}, {"codigo", 0}, {"motivo", 0}};
    return figure_take_rows(result, rows_new(heads, sizeof heads / sizeof *heads), err);
}

bool source_figure(struct report_data *data, const struct report_source *source,
                   struct figure_result *result, struct err *err)
{
    struct err why = {0};
    bool ok = ask(data, source->figure, source->params[0], result, &why);
    if (!ok && source->may_lack && why.kind == ERR_INPUT)
        return no_rows(result, err);
    ok = ok && (!source->params[1] ||
                append(data, source->figure, source->params[1], result->rows, &why));
    ok = ok && (!source->last_period || keep_last_period(data, result->rows, &why));
    if (!ok) {
        figure_result_free(result);
        *err = why;
    }
    return ok;
}

bool source_note(struct report_data *data, const struct report_source *source,
                 struct figure_result *result, struct err *err)
{
    static const struct rows_column heads[] = {{"texto", 0}};
    const char *note = report_note(data, source->note_of, err);
    if (!note || !figure_take_rows(result, rows_new(heads, 1), err))
        return false;
    if (note[0])
        rows_text(result->rows, note);
    if (!rows_failed(result->rows))
        return true;
    figure_result_free(result);
    return err_no_memory(err);
}
