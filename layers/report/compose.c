/* compose.c - reads a template and composes its sections, block by block. */
#include "layers/report/compose.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/budget.h"
#include "geo/base/embed.h"
#include "layers/report/compose_internal.h"

EMBED(report_nacional, "layers/report/templates/nacional.json");
EMBED(report_departamento, "layers/report/templates/departamento.json");
EMBED(report_municipio, "layers/report/templates/municipio.json");

struct template
{
    json_t *root;
};

static const struct {
    const char *name, *begin, *end;
} documents[] = {
    {"nacional", report_nacional, report_nacional_end},
    {"departamento", report_departamento, report_departamento_end},
    {"municipio", report_municipio, report_municipio_end},
};

static block_fn block_columns; /* blocks in blocks */

/* Every block is an object with its kind as its first key. */
static const struct {
    const char *kind;
    block_fn *fn;
} kinds[] = {
    {"texto", block_text},       {"aviso", block_note},
    {"lista", block_list},       {"cifras", block_figures},
    {"tabla", block_table},      {"grafico", block_chart},
    {"mapa", block_map},         {"localizador", block_locator},
    {"columnas", block_columns}, {"comparacion", block_compare},
    {"portada", block_cover},    {"contenido", block_contents},
    {"titulo", block_heading},   {"ficha", block_badge},
};

struct template *template_load(const char *name, struct err *err)
{
    json_error_t problem;
    struct template *template = calloc(1, sizeof *template);
    if (!template) {
        err_no_memory(err);
        return NULL;
    }
    for (size_t i = 0; i < sizeof documents / sizeof *documents; i++) {
        if (strcmp(documents[i].name, name) != 0)
            continue;
        errno = 0;
        template->root =
            json_loadb(documents[i].begin, (size_t)(documents[i].end - documents[i].begin),
                       JSON_REJECT_DUPLICATES, &problem);
        if (template->root)
            return template;
        if (errno == ENOMEM) /* jansson reports it as an error in the text */
            err_no_memory(err);
        else
            err_set(err, ERR_SETUP, "plantilla %s: línea %d: %s", name, problem.line, problem.text);
        free(template);
        return NULL;
    }
    free(template);
    err_set(err, ERR_SETUP, "no hay una plantilla «%.60s»", name);
    return NULL;
}

void template_free(struct template *template)
{
    if (!template)
        return;
    json_decref(template->root);
    free(template);
}

static const char *expand(const struct template *template, const char *key,
                          struct report_data *data, const struct report_scope *scope,
                          struct arena *arena, struct err *err)
{
    struct compose c = {.data = data, .scope = scope, .arena = arena, .err = err};
    return compose_string(&c, template->root, key, false);
}

const char *template_title(const struct template *template, struct report_data *data,
                           const struct report_scope *scope, struct arena *arena, struct err *err)
{
    return expand(template, "titulo", data, scope, arena, err);
}

const char *template_subject(const struct template *template, struct report_data *data,
                             const struct report_scope *scope, struct arena *arena, struct err *err)
{
    return expand(template, "asunto", data, scope, arena, err);
}

/* "si": true if the table has a row (that meets its "donde"). */
static bool wanted(struct compose *c, const json_t *block, bool *show)
{
    const json_t *condition = json_object_get(block, "si");
    struct picked picked;
    *show = true;
    if (!condition)
        return true;
    if (!compose_pick(c, condition, &picked))
        return false;
    *show = picked.n > 0;
    return true;
}

/* Draws the blocks of a section or of a column. */
static bool draw_blocks(struct compose *c, const json_t *blocks)
{
    size_t i;
    const json_t *block;
    json_array_foreach(blocks, i, block)
    {
        bool known = false, show;
        if (!budget_left(geo_store_budget(report_store(c->data)), c->err) ||
            !wanted(c, block, &show))
            return false;
        for (size_t k = 0; show && k < sizeof kinds / sizeof *kinds && !known; k++) {
            if (!json_object_get(block, kinds[k].kind))
                continue;
            known = true;
            if (!kinds[k].fn(c, block))
                return err_wrap(c->err, "%s %zu", kinds[k].kind, i + 1);
        }
        if (show && !known)
            return err_set(c->err, ERR_SETUP, "el bloque %zu no es de ninguna clase conocida",
                           i + 1);
    }
    return true;
}

/* {"columnas": [[...], [...]], "anchos": [2, 1]}: side by side, on one page. */
static bool block_columns(struct compose *c, const json_t *block)
{
    struct paper *paper = c->paper;
    const json_t *columns = json_object_get(block, "columnas"), *one;
    const json_t *widths = json_object_get(block, "anchos");
    const json_t *least = json_object_get(block, "alto");
    const double x = paper->x, whole = paper->width, gap = 18;
    size_t n = json_array_size(columns), i;
    double sum = 0, low = 0;
    paper_need(paper, least ? json_number_value(least) : 120);
    const double top = paper->y;
    bool before = paper->column;
    for (i = 0; i < n; i++)
        sum += widths ? json_number_value(json_array_get(widths, i)) : 1;
    json_array_foreach(columns, i, one)
    {
        double share = (widths ? json_number_value(json_array_get(widths, i)) : 1) / sum;
        paper->width = share * (whole - gap * (double)(n - 1));
        paper->y = top;
        paper->column = true;
        bool ok = draw_blocks(c, one);
        paper->column = before;
        paper->x += paper->width + gap;
        low = fmax(low, paper->y);
        if (!ok)
            return err_wrap(c->err, "columna %zu", i + 1);
    }
    paper->x = x;
    paper->width = whole;
    paper->y = low;
    return true;
}

bool compose(const struct template *template, struct report_data *data,
             const struct report_scope *scope, struct paper *paper,
             const struct paper_heading *headings, size_t n_headings, struct err *err)
{
    struct compose c = {.data = data,
                        .scope = scope,
                        .paper = paper,
                        .arena = paper->arena,
                        .headings = headings,
                        .n_headings = n_headings,
                        .numbered = json_is_true(json_object_get(template->root, "numerado")),
                        .err = err};
    size_t i;
    const json_t *section;
    json_array_foreach(json_object_get(template->root, "secciones"), i, section)
    {
        bool show;
        const char *title = json_string_value(json_object_get(section, "titulo"));
        if (!wanted(&c, section, &show))
            return err_wrap(err, "plantilla, sección %zu", i + 1);
        if (!show)
            continue;
        if (title) {
            char *expanded = compose_expand(&c, title, false);
            if (!expanded)
                return false;
            if (!json_is_true(json_object_get(section, "seguido")))
                paper_break(paper);
            else
                paper->y += 10;
            paper_heading(paper, 1, expanded);
        }
        if (!draw_blocks(&c, json_object_get(section, "bloques")))
            return err_wrap(err, "plantilla, sección «%s»", title ? title : "");
    }
    return true;
}
