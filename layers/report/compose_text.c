/* compose_text.c - replaces the placeholders in a template's texts. */
#include <math.h>
#include <pango/pango.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/number.h"
#include "layers/report/compose_internal.h"

struct value {
    const char *text; /* NULL: missing, or a ratio */
    double number;    /* NaN: none */
    bool numeric;
};

/* The row for a name. false: there is none (a report without scope). */
static bool row_of(struct compose *c, const char *name, const struct rows **rows, size_t *row)
{
    static const struct {
        const char *name, *source, *column;
    } scopes[] = {
        {"pais", "cobertura_nacional", NULL},
        {"departamento", "cobertura_departamento", "nombre"},
        {"municipio", "cobertura_municipio", "codigo"},
        {"prioridad", "focalizacion", "codigo"},
    };
    const char *source = name, *column = NULL, *wanted = NULL;
    for (size_t i = 0; i < sizeof scopes / sizeof *scopes; i++)
        if (strcmp(name, scopes[i].name) == 0) {
            source = scopes[i].source;
            column = scopes[i].column;
            wanted = i == 1 ? c->scope->departamento : c->scope->codigo;
        }
    if (strcmp(name, "ambito") == 0)
        return row_of(c,
                      c->scope->codigo         ? "municipio"
                      : c->scope->departamento ? "departamento"
                                               : "pais",
                      rows, row);
    *rows = report_rows(c->data, source, c->err);
    *row = 0;
    if (!*rows)
        return false;
    if (!column)
        return true;
    int at = report_column(*rows, column);
    for (; *row < rows_count(*rows); (*row)++)
        if (wanted && strcmp(report_text(*rows, *row, at), wanted) == 0)
            return true;
    return err_set(c->err, ERR_SETUP, "«%s» no tiene fila en este informe", name);
}

static bool word_of(struct compose *c, const char *name, struct value *value)
{
    const struct geo_edition_info *edition = report_edition(c->data);
    const struct report_query *query = report_query_of(c->data);
    const struct provenance provenance = report_provenance(c->data);
    struct buf date;
    *value = (struct value){.number = NAN};
    if (strcmp(name, "fecha") == 0) {
        buf_init(&date);
        number_put_date(&date, report_date(c->data));
        value->text =
            buf_failed(&date)
                ? NULL
                : arena_strdup(c->arena, date.data && date.len ? date.data : "fecha no declarada");
        buf_free(&date);
        return value->text || err_no_memory(c->err);
    }
    value->text = strcmp(name, "edicion") == 0          ? edition->codigo
                  : strcmp(name, "edicion_titulo") == 0 ? edition->title
                  : strcmp(name, "edicion_fuente") == 0
                      ? (edition->source[0] ? edition->source : "sin fuente declarada")
                  : strcmp(name, "version") == 0      ? query->version
                  : strcmp(name, "departamento") == 0 ? c->scope->departamento
                  : strcmp(name, "codigo") == 0       ? c->scope->codigo
                  : strcmp(name, "municipio") == 0    ? c->scope->nombre
                  : strcmp(name, "uo") == 0           ? c->scope->uo
                  : strcmp(name, "ambito") == 0
                      ? (c->scope->departamento ? c->scope->departamento : "Bolivia")
                  : strcmp(name, "condicion") == 0
                      ? (provenance_warning(&provenance)[0] ? provenance_warning(&provenance)
                                                            : "Datos oficiales")
                      : NULL;
    return value->text || err_set(c->err, ERR_SETUP, "no hay un valor «{%.60s}»", name);
}

/* Reads "alias.column" or a word. */
static bool reference(struct compose *c, const char *text, struct value *value)
{
    const char *dot = strchr(text, '.');
    const struct rows *rows;
    size_t row;
    if (!dot)
        return word_of(c, text, value);
    char *name = arena_strndup(c->arena, text, (size_t)(dot - text));
    if (!name)
        return err_no_memory(c->err);
    if (!row_of(c, name, &rows, &row))
        return false;
    int column = compose_column(c, rows, dot + 1);
    if (column < 0)
        return false;
    *value = (struct value){.number = NAN};
    enum rows_kind kind = ROWS_NULL;
    if (row < rows_count(rows))
        value->text = rows_cell(rows, row, (size_t)column, &kind);
    value->numeric = kind == ROWS_NUMBER;
    if (kind == ROWS_NULL)
        value->text = NULL;
    if (value->numeric)
        value->number = strtod(value->text, NULL);
    return true;
}

static bool put_value(struct compose *c, char *expression, bool markup, struct buf *out)
{
    struct value value = {.number = NAN}, below = {.number = NAN};
    char *bar = strchr(expression, '|'), *slash;
    const char *how = bar ? bar + 1 : "";
    if (bar)
        *bar = '\0';
    slash = strchr(expression, '/');
    if (slash)
        *slash = '\0';
    if (!reference(c, expression, &value))
        return false;
    if (slash) {
        if (!reference(c, slash + 1, &below))
            return false;
        value.number = below.number != 0 ? value.number / below.number : NAN;
        value.numeric = true;
    }
    if (strcmp(how, "mill") == 0)
        number_put(out, value.number / 1e6, 1);
    else if (strcmp(how, "pct") == 0)
        number_put(out, value.number * 100, 1);
    else if (how[0])
        number_put(out, value.number, atoi(how));
    else if (slash)
        number_put(out, value.number, 2);
    else if (value.numeric)
        number_put_plain(out, value.text);
    else if (!value.text)
        buf_puts(out, NUMBER_MISSING);
    else if (markup) {
        char *escaped = g_markup_escape_text(value.text, -1);
        buf_puts(out, escaped);
        g_free(escaped);
    } else
        buf_puts(out, value.text);
    return true;
}

char *compose_expand(struct compose *c, const char *text, bool markup)
{
    struct buf out;
    char *kept = NULL;
    buf_init(&out);
    while (*text) {
        size_t len = strcspn(text, "{");
        buf_put(&out, text, len);
        text += len;
        if (!*text)
            break;
        size_t inner = strcspn(text, "}");
        char *expression = arena_strndup(c->arena, text + 1, inner - 1);
        if (!expression) {
            err_no_memory(c->err);
            goto done;
        }
        if (text[inner] != '}' || !put_value(c, expression, markup, &out)) {
            if (text[inner] != '}')
                err_set(c->err, ERR_SETUP, "falta «}» en «%.60s»", text);
            goto done;
        }
        text += inner + 1;
    }
    kept = buf_failed(&out) ? NULL : arena_strdup(c->arena, out.data ? out.data : "");
    if (!kept)
        err_no_memory(c->err);
done:
    buf_free(&out);
    return kept;
}

char *compose_string(struct compose *c, const json_t *block, const char *key, bool markup)
{
    const char *text = json_string_value(json_object_get(block, key));
    return compose_expand(c, text ? text : "", markup);
}
