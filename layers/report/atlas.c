/* atlas.c - makes the atlas: one sheet a municipality, drawn by several threads. */
#include "layers/report/atlas.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "geo/base/text.h"
#include "layers/report/atlas_internal.h"
#include "layers/report/pdf_merge.h"

/* Sheets in a run; large, so that the fonts, which each run embeds, are a small share. */
enum { RUN = 28, MAX_THREADS = 64 };

struct run {
    size_t first, count; /* in sheets */
    struct buf pdf;
};

struct atlas_work {
    struct atlas *atlas;
    struct template *template;
    struct paper_frame frame;
    struct run *runs;
    size_t n_runs;
    bool counting;
    atomic_size_t next;
    atomic_bool stop;
    pthread_mutex_t lock; /* protects what follows */
    struct err err;
    size_t done;
    geo_progress_fn *progress;
    void *arg;
};

static void tell(struct atlas_work *work, size_t sheets)
{
    pthread_mutex_lock(&work->lock);
    work->done += sheets;
    if (work->progress) /* counting is a small part of the work */
        work->progress(work->arg, (work->counting ? 0.12 * (double)work->done
                                                  : 0.12 * (double)work->atlas->n_sheets +
                                                        0.85 * (double)work->done) /
                                      (double)work->atlas->n_sheets);
    pthread_mutex_unlock(&work->lock);
}

static bool compose_run(struct atlas_work *work, struct run *run, struct err *err)
{
    struct atlas *atlas = work->atlas;
    struct arena *arena = arena_new();
    struct paper *paper = arena ? paper_new(&work->frame, arena, work->counting ? NULL : &run->pdf,
                                            atlas->pages, true, err)
                                : NULL;
    int pages;
    if (!paper) {
        if (!arena)
            err_no_memory(err);
        arena_free(arena);
        return false;
    }
    paper->page = work->counting ? 0 : atlas->sheets[run->first].page - 1;
    bool ok = true;
    for (size_t i = run->first; i < run->first + run->count && ok && !work->stop; i++) {
        struct atlas_sheet *sheet = &atlas->sheets[i];
        int before = paper->page;
        ok = compose(work->template, atlas->data, &sheet->scope, paper, NULL, 0, err) ||
             err_wrap(err, "ficha %s", sheet->scope.codigo);
        if (work->counting)
            sheet->pages = paper->page - before;
        /* The foot of a page is drawn when the next page begins; the section's name is
         * kept until then. */
        paper->section = sheet->scope.nombre;
        tell(work, 1);
    }
    if (ok)
        ok = paper_finish(paper, &pages, NULL, NULL, err);
    else
        paper_drop(paper);
    arena_free(arena);
    return ok;
}

static void *run_worker(void *arg)
{
    struct atlas_work *work = arg;
    struct err err = {0};
    for (;;) {
        size_t i = atomic_fetch_add(&work->next, 1);
        if (i >= work->n_runs || work->stop)
            break;
        if (compose_run(work, &work->runs[i], &err))
            continue;
        pthread_mutex_lock(&work->lock);
        if (!atomic_exchange(&work->stop, true))
            work->err = err;
        pthread_mutex_unlock(&work->lock);
        break;
    }
    return NULL;
}

static bool run_all(struct atlas_work *work, int threads, bool counting, struct err *err)
{
    pthread_t others[MAX_THREADS];
    int n = 0;
    work->counting = counting;
    work->done = 0;
    atomic_store(&work->next, 0);
    while (n < threads - 1 && pthread_create(&others[n], NULL, run_worker, work) == 0)
        n++;
    run_worker(work);
    for (int i = 0; i < n; i++)
        pthread_join(others[i], NULL);
    if (!work->stop)
        return true;
    if (err)
        *err = work->err;
    return false;
}

static int by_department(const void *a, const void *b)
{
    const struct atlas_sheet *x = a, *y = b;
    int order = strcmp(x->department_key, y->department_key);
    return order ? order : strcmp(x->name_key, y->name_key);
}

/* Lists the municipalities in the order of the atlas: by department, then by name. */
static bool list_sheets(struct atlas *atlas, const char *departamento, struct err *err)
{
    const struct geo_units *units = report_units(atlas->data);
    atlas->sheets = arena_array(atlas->arena, units->n + 1, sizeof *atlas->sheets);
    if (!atlas->sheets)
        return err_no_memory(err);
    for (size_t u = 0; u < units->n; u++) {
        const struct geo_named *unit = &units->units[u];
        if (departamento && strcmp(departamento, unit->departamento) != 0)
            continue;
        struct atlas_sheet *sheet = &atlas->sheets[atlas->n_sheets++];
        sheet->scope =
            (struct report_scope){unit->departamento, unit->codigo, unit->nombre, unit->uo};
        sheet->name_key = text_fold(atlas->arena, unit->nombre);
        sheet->department_key = text_fold(atlas->arena, unit->departamento);
        if (!sheet->name_key || !sheet->department_key)
            return err_no_memory(err);
    }
    if (atlas->n_sheets == 0)
        return err_set(err, ERR_NOT_FOUND, "no hay municipios de los que hacer un atlas");
    qsort(atlas->sheets, atlas->n_sheets, sizeof *atlas->sheets, by_department);
    return true;
}

static bool bookmarks(struct atlas *atlas, struct pdf_bookmark **marks, size_t *n, struct err *err)
{
    const char *last = NULL;
    *marks = arena_array(atlas->arena, 2 * atlas->n_sheets + 4, sizeof **marks);
    if (!*marks)
        return err_no_memory(err);
    *n = 0;
    (*marks)[(*n)++] = (struct pdf_bookmark){"Índice por departamento", 2, 1};
    (*marks)[(*n)++] = (struct pdf_bookmark){"Índice alfabético", atlas->alphabet_page, 1};
    for (size_t i = 0; i < atlas->n_sheets; i++) {
        const struct atlas_sheet *sheet = &atlas->sheets[i];
        if (!last || strcmp(last, sheet->scope.departamento) != 0)
            (*marks)[(*n)++] = (struct pdf_bookmark){sheet->scope.departamento, sheet->page, 1};
        last = sheet->scope.departamento;
        (*marks)[(*n)++] = (struct pdf_bookmark){sheet->scope.nombre, sheet->page, 2};
    }
    return true;
}

static bool bind(struct atlas_work *work, const struct buf *front, struct buf *out, struct err *err)
{
    struct atlas *atlas = work->atlas;
    struct pdf_bookmark *marks;
    struct pdf_merge merge = {.links = atlas->links,
                              .n_links = atlas->n_links,
                              .n_pieces = work->n_runs + 1,
                              .title = atlas->title,
                              .subject = atlas->subject,
                              .author = "Programa EMPODERAR, Proyecto de Alianzas Rurales II"};
    struct buf *pieces = arena_array(atlas->arena, work->n_runs + 1, sizeof *pieces);
    if (!pieces)
        return err_no_memory(err);
    pieces[0] = *front;
    for (size_t i = 0; i < work->n_runs; i++)
        pieces[i + 1] = work->runs[i].pdf;
    merge.pieces = pieces;
    if (!bookmarks(atlas, &marks, &merge.n_marks, err))
        return false;
    merge.marks = marks;
    return pdf_merge_write(&merge, out, err);
}

static bool make(struct atlas_work *work, int threads, struct buf *front, struct buf *out,
                 struct err *err)
{
    struct atlas *atlas = work->atlas;
    if (!run_all(work, threads, true, err) || !atlas_front(atlas, &work->frame, NULL, err))
        return false;
    int page = atlas->front_pages + 1;
    for (size_t i = 0; i < atlas->n_sheets; i++) {
        atlas->sheets[i].page = page;
        page += atlas->sheets[i].pages;
    }
    atlas->pages = page - 1;
    return run_all(work, threads, false, err) && atlas_front(atlas, &work->frame, front, err) &&
           bind(work, front, out, err);
}

bool atlas_pdf(struct report_data *data, const char *departamento, int threads,
               geo_progress_fn *progress, void *arg, struct buf *out, size_t *sheets,
               struct err *err)
{
    const struct provenance provenance = report_provenance(data);
    struct atlas atlas = {.data = data, .departamento = departamento, .arena = arena_new()};
    struct atlas_work work = {.atlas = &atlas, .progress = progress, .arg = arg};
    struct buf front;
    bool ok = false;
    buf_init(&front);
    pthread_mutex_init(&work.lock, NULL);
    if (!atlas.arena) {
        err_no_memory(err);
        goto done;
    }
    work.template = template_load("municipio", err);
    if (!work.template || !list_sheets(&atlas, departamento, err))
        goto done;
    atlas.title = departamento ? arena_printf(atlas.arena, "Atlas municipal: %s", departamento)
                               : "Atlas municipal de Bolivia";
    atlas.subject = arena_printf(atlas.arena, "Fichas de %zu municipios, edición %s de los límites",
                                 atlas.n_sheets, report_edition(data)->codigo);
    work.n_runs = (atlas.n_sheets + RUN - 1) / RUN;
    work.runs = arena_array(atlas.arena, work.n_runs + 1, sizeof *work.runs);
    if (!atlas.title || !atlas.subject || !work.runs) {
        err_no_memory(err);
        goto done;
    }
    for (size_t i = 0; i < work.n_runs; i++) {
        work.runs[i].first = i * RUN;
        work.runs[i].count = i + 1 < work.n_runs ? RUN : atlas.n_sheets - i * RUN;
        buf_init(&work.runs[i].pdf);
    }
    work.frame = (struct paper_frame){.title = atlas.title,
                                      .subject = atlas.subject,
                                      .head = atlas.title,
                                      .warning = provenance_warning(&provenance),
                                      .foot = report_foot(data)};
    if (threads <= 0)
        threads = (int)sysconf(_SC_NPROCESSORS_ONLN);
    threads = threads < 1 ? 1 : threads > MAX_THREADS ? MAX_THREADS : threads;
    ok = make(&work, threads, &front, out, err);
    *sheets = atlas.n_sheets;
    if (progress && ok)
        progress(arg, 1);
done:
    for (size_t i = 0; work.runs && i < work.n_runs; i++)
        buf_free(&work.runs[i].pdf);
    buf_free(&front);
    free(atlas.links);
    template_free(work.template);
    arena_free(atlas.arena);
    pthread_mutex_destroy(&work.lock);
    return ok;
}
