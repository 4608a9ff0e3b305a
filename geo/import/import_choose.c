/* import_choose.c - chooses which tables of a source an import reads.
 *
 * A source of one table is read whatever it is; what is wrong with it is said by record.
 * Of several, those are read that fill every required field and whose geometry fits best;
 * what is not read is named. A table that has the key of the layer but lacks another
 * required field stops the import: its records would be lost. So does one that is like a table
 * that is read but for the heading of its key, or for a header at all. The repeated groups of a
 * survey (geo/import/survey_group.h) are read where the answers themselves are not of the layer.
 */
#include "geo/import/import_choose.h"

#include <string.h>
#include <strings.h>

#include "geo/base/text.h"
#include "geo/fields/form_sheets.h"
#include "geo/fields/geometry_column.h"
#include "geo/import/survey_group.h"

static bool is_told(const struct import_candidate *candidate)
{
    return candidate->why.kind == ERR_INPUT || candidate->why.kind == ERR_USAGE;
}

/* The tables from `first` on that are left out for the same reason, in one sentence; nothing if an
 * earlier one has that reason. */
static void tell_left_out(struct import_run *run, const struct import_candidate *candidates,
                          size_t n, size_t first)
{
    const char *why = candidates[first].why.message;
    const char *word = import_table_word(candidates[first].source);
    size_t alike = 0;
    struct buf names;
    buf_init(&names);
    for (size_t i = 0; i < n; i++) {
        if (!is_told(&candidates[i]) || strcmp(candidates[i].why.message, why) != 0)
            continue;
        if (i < first)
            goto done;
        buf_printf(&names, "%s«%s»", alike++ ? ", " : "", candidates[i].source->name);
    }
    if (names.data)
        import_note(
            run, NULL,
            arena_printf(run->row,
                         alike == 1 ? "no se lee la %s %s: %s" : "no se leen las %ss %s: %s", word,
                         names.data, why));
done:
    buf_free(&names);
}

/* The layer whose name is part of the table's; NULL: none. */
static const char *layer_named(const struct import_run *run, const struct geo_source_table *source)
{
    char *name = text_fold_column(run->row, source->name);
    if (name && strstr(name, run->table->name))
        return run->table->name;
    for (const struct geo_table *table = geo_tables; name && table->name; table++)
        if (strstr(name, table->name))
            return table->name;
    return NULL;
}

static bool has_key(const struct import_run *run, const struct geo_fields *fields)
{
    return geo_fields_column(fields, geo_table_field(run->table, run->table->key[0])) >= 0;
}

/* Facts need only the code: each column of numbers may be one. */
static bool complete(const struct import_run *run, const struct geo_fields *fields, struct err *err)
{
    if (strcmp(run->table->name, "hechos_municipio") != 0)
        return geo_fields_complete(fields, err);
    return geo_fields_column(fields, geo_table_field(run->table, "codigo")) >= 0 ||
           err_set(err, ERR_INPUT,
                   "ninguna columna tiene el código del municipio; dígalo con "
                   "--map codigo=COLUMNA");
}

void import_choose_consider(struct import_run *run, struct import_candidate *candidate)
{
    const struct geo_source_table *table = candidate->source;
    candidate->considered = true;
    const struct geo_fields_options options = {.map = run->options->map,
                                               .ignore = run->options->ignore,
                                               .ignore_unused = run->options->ignore_unused,
                                               .has_geometry = table->has_geometry,
                                               .decimal = run->options->decimal,
                                               .place = table->place};
    candidate->fields =
        geo_fields_new(run->table, table->matches, table->n_columns, &options, &candidate->why);
    if (!candidate->fields || (complete(run, candidate->fields, &candidate->why) &&
                               geometry_column_settled(table, run->options->map, &candidate->why)))
        return;
    candidate->lacks_field = has_key(run, candidate->fields);
}

static bool is_empty(const struct geo_source_table *table)
{
    return table->count == 0 || table->n_columns == 0;
}

/* Records that were written below the examples would be lost. */
static bool check_examples(struct import_run *run, size_t index, struct err *err)
{
    struct geo_source_row row;
    int64_t rows = 0;
    bool more = true;
    if (strcmp(geo_source_table(run->source, index)->name, FORM_SHEET_EXAMPLES) != 0)
        return true;
    if (!geo_source_read(run->source, index, err))
        return false;
    while (geo_source_next(run->source, &row, &more, err) && more)
        rows++;
    return !more && rows > FORM_EXAMPLES
               ? err_set(err, ERR_INPUT,
                         "la hoja «" FORM_SHEET_EXAMPLES "» tiene %lld filas y no se lee, porque "
                         "la plantilla trae ahí %d ejemplos: pase sus registros a "
                         "«" FORM_SHEET_DATA "», o lea solo esa con --solo-capa " FORM_SHEET_DATA,
                         (long long)rows, FORM_EXAMPLES)
               : !more;
}

/* The sheets of our own workbooks that are there to help. */
static bool pass_over_ours(struct import_run *run, struct import_candidate *candidates, size_t n,
                           struct err *err)
{
    const char **names = arena_array(run->row, n, sizeof *names);
    if (!names)
        return err_no_memory(err);
    for (size_t i = 0; i < n; i++)
        names[i] = candidates[i].source->name;
    for (size_t i = 0; i < n; i++)
        if (form_sheet_is_ours(names, n, i)) {
            err_set(&candidates[i].why, ERR_INPUT, "de ayuda, no de registros");
            if (!check_examples(run, i, err))
                return false;
        } else if (form_sheet_explains(names, n, i))
            err_set(&candidates[i].why, ERR_INPUT, "explica la otra");
        else if (form_sheet_is_figures(names, n, i, run->table->name))
            err_set(&candidates[i].why, ERR_NOT_FOUND,
                    "es un cuadro del libro de «sigg report», no registros de %s",
                    run->table->name);
    return true;
}

/* The table has the headings of one that has the layer's name: it goes on from there. */
static bool continues_named(const struct import_candidate *candidates, size_t n,
                            const struct geo_source_table *table)
{
    for (size_t i = 0; i < n; i++) {
        const struct geo_source_table *other = candidates[i].source;
        size_t c = 0;
        while (candidates[i].named && other->n_columns == table->n_columns &&
               c < table->n_columns && strcasecmp(other->columns[c], table->columns[c]) == 0)
            c++;
        if (c > 0 && c == table->n_columns)
            return true;
    }
    return false;
}

/* Among several tables: those that nobody sees, that are empty, or, by their names, not of
 * the layer. Where a table has the layer's name, the layer's records are there. */
static void pass_over(struct import_run *run, struct import_candidate *candidates, size_t n)
{
    bool named = false;
    for (size_t i = 0; i < n; i++) {
        candidates[i].named = candidates[i].why.kind == ERR_NONE &&
                              layer_named(run, candidates[i].source) == run->table->name;
        named = named || candidates[i].named;
    }
    for (size_t i = 0; i < n; i++) {
        struct import_candidate *one = &candidates[i];
        const char *layer = layer_named(run, one->source);
        if (one->why.kind != ERR_NONE)
            continue;
        if (is_empty(one->source))
            err_set(&one->why, ERR_NOT_FOUND, "no tiene registros");
        else if (one->source->hidden)
            err_set(&one->why, ERR_INPUT, "%s", one->source->hidden);
        else if (layer && layer != run->table->name)
            err_set(&one->why, ERR_INPUT, "es de la capa %s", layer);
        else if (!layer && named && !continues_named(candidates, n, one->source))
            err_set(&one->why, ERR_INPUT, "otra tiene el nombre de la capa");
    }
}

/* As geo_source_table.suits; columns of coordinates are as good as a geometry, and a layer without
 * geometry takes every table. */
static int suits(const struct import_run *run, const struct import_candidate *candidate)
{
    const struct geo_source_table *table = candidate->source;
    const struct geo_position at = geo_fields_position(candidate->fields);
    bool placed = at.lon >= 0 || at.x >= 0 || at.text >= 0;
    return table->suits == 1 && (placed || run->table->geometry == GEO_NO_GEOMETRY) ? 2
                                                                                    : table->suits;
}

/* Leaves those whose geometry fits best. */
static void leave_best(const struct import_run *run, struct import_candidate *candidates, size_t n)
{
    int best = 0;
    for (size_t i = 0; i < n; i++)
        if (candidates[i].why.kind == ERR_NONE && suits(run, &candidates[i]) > best)
            best = suits(run, &candidates[i]);
    for (size_t i = 0; i < n; i++)
        if (candidates[i].why.kind == ERR_NONE && suits(run, &candidates[i]) < best)
            err_set(&candidates[i].why, ERR_INPUT, "%s",
                    candidates[i].source->suits ? "no tiene geometría ni coordenadas, y otra sí"
                                                : "su geometría no es de esta capa");
}

static size_t filled(const struct import_run *run, const struct import_candidate *candidate,
                     const struct import_candidate *also)
{
    size_t n = 0;
    for (size_t f = 0; f < run->table->n_fields; f++)
        n += geo_fields_column(candidate->fields, (int)f) >= 0 &&
             (!also || geo_fields_column(also->fields, (int)f) >= 0);
    return n;
}

/* All that a record needs, but for the key. */
static bool lacks_key_alone(const struct import_run *run, const struct import_candidate *one)
{
    for (size_t f = 0; f < run->table->n_fields; f++) {
        const struct geo_field *field = &run->table->fields[f];
        if ((field->flags & GEO_REQUIRED) && !(field->flags & GEO_DERIVED) &&
            strcmp(field->name, run->table->key[0]) != 0 &&
            geo_fields_column(one->fields, (int)f) < 0)
            return false;
    }
    return true;
}

/* It fills two thirds of the fields that the other fills, three at least: only its key goes by
 * another name, and a column is left that may be it. A summary by municipality has none. */
static bool is_like(const struct import_run *run, const struct import_candidate *one,
                    const struct import_candidate *read)
{
    size_t shared = filled(run, one, read);
    return one->source->n_columns > filled(run, one, NULL) && shared >= 3 &&
           3 * shared >= 2 * filled(run, read, NULL) && lacks_key_alone(run, one);
}

/* As many columns as the other, one of them called a number, and none as a field. */
static bool lacks_header(const struct import_run *run, const struct import_candidate *one,
                         const struct import_candidate *read)
{
    const struct geo_source_table *table = one->source;
    bool number = false;
    if (table->n_columns < 3 || table->n_columns != read->source->n_columns ||
        filled(run, one, NULL) > 0)
        return false;
    for (size_t c = 0; c < table->n_columns; c++) {
        const char *digits = table->columns[c] + strspn(table->columns[c], "-0123456789.,");
        number = number || (table->columns[c][0] && !*digits);
    }
    return number;
}

/* Tables left out whose records would be lost. */
static void look_at_left_out(const struct import_run *run, struct import_candidate *candidates,
                             size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct import_candidate *one = &candidates[i];
        bool out = one->considered && one->fields && one->why.kind == ERR_INPUT;
        for (size_t k = 0; out && !one->lacks_field && k < n; k++) {
            if (candidates[k].why.kind != ERR_NONE)
                continue;
            one->lacks_field = is_like(run, one, &candidates[k]);
            if (!one->lacks_field && lacks_header(run, one, &candidates[k])) {
                err_set(&one->why, ERR_INPUT,
                        "su primera fila parece un registro: le falta el encabezado");
                one->lacks_field = true;
            }
        }
    }
}

/* How near a table comes to one that is read. */
static int nearness(const struct import_candidate *candidate)
{
    return (candidate->named ? 4 : 0) + (candidate->lacks_field ? 2 : 0) +
           (candidate->considered ? 1 : 0);
}

enum { MOST_NAMES = 300 }; /* bytes of names in a message */

/* No table fits: the error of the one that comes nearest, and the names of all. */
static bool none_fits(const struct import_candidate *candidates, size_t n, struct err *err)
{
    const struct import_candidate *nearest = &candidates[0];
    struct buf names;
    buf_init(&names);
    for (size_t i = 0; i < n; i++) {
        if (nearness(&candidates[i]) > nearness(nearest))
            nearest = &candidates[i];
        buf_printf(&names, "%s%s", i ? ", " : "", candidates[i].source->name);
        if (!candidates[i].considered)
            buf_printf(&names, " (%s)", candidates[i].why.message);
    }
    err_set(err, nearest->why.kind,
            "%s «%s»: %s; la fuente tiene %zu (%.*s%s): elija una con "
            "--solo-capa",
            import_table_word(nearest->source), nearest->source->name, nearest->why.message, n,
            names.data ? text_cut(names.data, MOST_NAMES) : 0, names.data ? names.data : "",
            names.len > MOST_NAMES ? "…" : "");
    buf_free(&names);
    return false;
}

static bool choose_of_several(struct import_run *run, struct import_candidate *candidates, size_t n,
                              struct err *err)
{
    size_t left = 0;
    if (!pass_over_ours(run, candidates, n, err))
        return false;
    pass_over(run, candidates, n);
    for (size_t i = 0; i < n; i++)
        if (candidates[i].why.kind == ERR_NONE) {
            import_choose_consider(run, &candidates[i]);
            if (candidates[i].why.kind == ERR_MEMORY)
                return err_no_memory(err);
        }
    look_at_left_out(run, candidates, n);
    leave_best(run, candidates, n);
    survey_group_leave_out(candidates, n);
    for (size_t i = 0; i < n; i++)
        left += candidates[i].why.kind == ERR_NONE;
    if (left == 0)
        return none_fits(candidates, n, err);
    for (size_t i = 0; i < n; i++) {
        if (candidates[i].lacks_field)
            return err_set(err, ERR_INPUT, "%s «%s»: %s; corríjala, o lea otra con --solo-capa",
                           import_table_word(candidates[i].source), candidates[i].source->name,
                           candidates[i].why.message);
        if (is_told(&candidates[i]))
            tell_left_out(run, candidates, n, i);
    }
    return true;
}

static bool choose_one(struct import_run *run, struct import_candidate *one, struct err *err)
{
    import_choose_consider(run, one);
    if (one->why.kind == ERR_INPUT && is_empty(one->source))
        return err_set(err, ERR_INPUT, "la fuente no tiene registros");
    return one->why.kind == ERR_NONE || err_set(err, one->why.kind, "%s", one->why.message);
}

/* The table that the user names, also a hidden one. */
static bool choose_named(struct import_run *run, struct import_candidate *candidates, size_t n,
                         struct err *err)
{
    const char *wanted = run->options->source_layer;
    struct buf names;
    struct import_candidate *found = NULL;
    buf_init(&names);
    for (size_t i = 0; i < n; i++) {
        if (!found && strcasecmp(candidates[i].source->name, wanted) == 0)
            found = &candidates[i];
        else
            err_set(&candidates[i].why, ERR_NOT_FOUND, "no se pidió");
        buf_printf(&names, "%s%s", i ? ", " : "", candidates[i].source->name);
    }
    bool ok = found ? choose_one(run, found, err)
                    : err_set(err, ERR_NOT_FOUND, "no hay una capa «%s» en «%s»; hay: %.*s", wanted,
                              run->options->source, names.data ? text_cut(names.data, 500) : 0,
                              names.data ? names.data : "");
    buf_free(&names);
    return ok;
}

bool import_choose(struct import_run *run, struct import_candidate *candidates, size_t n,
                   struct err *err)
{
    if (run->options->source_layer)
        return choose_named(run, candidates, n, err);
    return n == 1 ? choose_one(run, candidates, err) : choose_of_several(run, candidates, n, err);
}
