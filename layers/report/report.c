/* report.c - makes a report's PDF: counts its pages first, then draws it. */
#include "layers/report/report.h"

#include <stdlib.h>
#include <string.h>

#include "geo/base/text.h"
#include "layers/report/pdf_merge.h"

static const char *const templates[] = {"nacional", "departamento", "municipio"};

/* Passes at most: the contents may grow by a page once they are known, which moves the
 * rest. */
enum { MAX_PASSES = 4 };

static bool find_department(struct report_data *data, const char *which, struct report_scope *scope,
                            struct err *err)
{
    const struct geo_units *units = report_units(data);
    struct arena *arena = arena_new();
    char *wanted = arena ? text_fold(arena, which) : NULL;
    struct buf known;
    const char *last = "";
    buf_init(&known);
    for (size_t u = 0; wanted && u < units->n && !scope->departamento; u++) {
        const char *name = units->units[u].departamento;
        if (!name[0] || strcmp(name, last) == 0)
            continue;
        last = name;
        char *folded = text_fold(arena, name);
        if (folded && strcmp(folded, wanted) == 0)
            scope->departamento = name;
        else
            buf_printf(&known, "%s%s", known.len ? ", " : "", name);
    }
    bool ok = scope->departamento ||
              err_set(err, ERR_NOT_FOUND, "no hay un departamento «%.60s»; hay: %s", which,
                      known.data ? known.data : "ninguno");
    buf_free(&known);
    arena_free(arena);
    return ok;
}

static bool find_unit(struct report_data *data, const char *which, struct report_scope *scope,
                      struct err *err)
{
    const struct geo_units *units = report_units(data);
    size_t slot = geo_units_slot(units, which);
    if (slot < units->n) {
        const struct geo_named *unit = &units->units[slot];
        *scope = (struct report_scope){unit->departamento, unit->codigo, unit->nombre, unit->uo};
        return true;
    }
    return err_set(err, ERR_NOT_FOUND,
                   "no hay un municipio «%.60s» en la edición %s: se espera su código INE de seis "
                   "dígitos, como 020101",
                   which, units->edition);
}

bool report_scope_find(struct report_data *data, enum report_kind kind, const char *which,
                       struct report_scope *scope, struct err *err)
{
    *scope = (struct report_scope){0};
    switch (kind) {
    case REPORT_DEPARTAMENTO:
        return find_department(data, which, scope, err);
    case REPORT_MUNICIPIO:
        return find_unit(data, which, scope, err);
    case REPORT_NACIONAL:
        break;
    }
    return true;
}

static bool one_pass(const struct template *template, struct report_data *data,
                     const struct report_scope *scope, const struct paper_frame *frame,
                     struct arena *arena, struct buf *out, int *pages,
                     struct paper_heading **headings, size_t *n_headings, struct err *err)
{
    struct paper *paper = paper_new(frame, arena, out, *pages, false, err);
    struct paper_heading *found = NULL;
    size_t n_found = 0;
    if (!paper)
        return false;
    if (!compose(template, data, scope, paper, *headings, *n_headings, err)) {
        paper_drop(paper);
        return false;
    }
    bool ok = paper_finish(paper, pages, &found, &n_found, err);
    free(*headings);
    *headings = found;
    *n_headings = n_found;
    return ok;
}

bool report_pdf(struct report_data *data, enum report_kind kind, const struct report_scope *scope,
                struct buf *out, struct err *err)
{
    struct paper_heading *headings = NULL;
    const struct provenance provenance = report_provenance(data);
    size_t n_headings = 0;
    int pages = 0, before = -1;
    bool ok = false;
    struct buf drawn;
    struct arena *arena = arena_new();
    struct template *template = template_load(templates[kind], err);
    buf_init(&drawn);
    if (!arena || !template) {
        if (!arena)
            err_no_memory(err);
        goto done;
    }
    struct paper_frame frame = {.title = template_title(template, data, scope, arena, err),
                                .foot = report_foot(data),
                                .warning = provenance_warning(&provenance)};
    frame.subject = frame.title ? template_subject(template, data, scope, arena, err) : NULL;
    frame.head = frame.title;
    ok = frame.subject != NULL;
    size_t known = (size_t)-1;
    for (int pass = 0; ok && pass < MAX_PASSES && (pages != before || n_headings != known);
         pass++) {
        before = pages;
        known = n_headings;
        ok = one_pass(template, data, scope, &frame, arena, NULL, &pages, &headings, &n_headings,
                      err);
    }
    ok = ok &&
         one_pass(template, data, scope, &frame, arena, &drawn, &pages, &headings, &n_headings,
                  err) &&
         pdf_merge_finish(&drawn, out, err);
done:
    buf_free(&drawn);
    free(headings);
    template_free(template);
    arena_free(arena);
    return ok;
}
