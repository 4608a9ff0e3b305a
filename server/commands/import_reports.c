/* import_reports.c - makes and writes the reports of `sigg import`. */
#include "server/commands/import_reports.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "geo/base/folder.h"
#include "geo/base/version.h"
#include "layers/report/fault_book.h"
#include "layers/report/fault_page.h"
#include "server/cli/output.h"
#include "server/commands/import_repeat.h"
#include "server/commands/map_options.h"

enum { MAP_WIDTH_PX = 480, MAP_HEIGHT_PX = 460 };

enum import_report_kind {
    IMPORT_REPORT_JSON,
    IMPORT_REPORT_PAGE,
    IMPORT_REPORT_BOOK,
    IMPORT_REPORT_KINDS
};

static const char *const endings[IMPORT_REPORT_KINDS] = {".json", ".html", ".xlsx"};

/* A device gets JSON. */
static bool kind_of(const char *path, enum import_report_kind *kind, struct err *err)
{
    size_t len = strlen(path);
    if (folder_is_device(path)) {
        *kind = IMPORT_REPORT_JSON;
        return true;
    }
    for (int k = 0; k < IMPORT_REPORT_KINDS; k++)
        if (len > 5 && strcasecmp(path + len - 5, endings[k]) == 0) {
            *kind = (enum import_report_kind)k;
            return true;
        }
    return err_set(err, ERR_USAGE, "--report: «%s» no termina en .html, .xlsx ni .json", path);
}

static const char *name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* The workbook beside a page: F.html, F.xlsx; a source of that name keeps it. NULL: memory. The
 * caller frees it. */
static char *book_beside(const char *page, const char *source)
{
    char *path = NULL;
    for (int i = 0; i < 2; i++) {
        free(path);
        if (asprintf(&path, "%.*s%s%s", (int)strlen(page) - 5, page, i ? " por corregir" : "",
                     endings[IMPORT_REPORT_BOOK]) < 0)
            return NULL;
        if (!folder_is_same(path, source))
            break;
    }
    return path;
}

/* Nobody asked for the workbook by its name: one that is there is replaced only if it stands as
 * it was written, which is before its page. */
static bool book_is_as_written(const char *book, const char *page, struct err *err)
{
    struct stat written, there;
    if (stat(book, &there) != 0)
        return true;
    bool older = stat(page, &written) == 0 && (there.st_mtim.tv_sec < written.st_mtim.tv_sec ||
                                               (there.st_mtim.tv_sec == written.st_mtim.tv_sec &&
                                                there.st_mtim.tv_nsec <= written.st_mtim.tv_nsec));
    return older ||
           err_set(err, ERR_USAGE,
                   "--report: con «%s» se escribe «%s», que ya existe y quizá tiene "
                   "correcciones: dé otro nombre, o añada --report \"%s\" para reemplazarlo",
                   page, book, book);
}

static bool check_one(const char *path, const char *db_path, const char *source, struct err *err)
{
    return output_takes("--report", path, db_path, err) &&
           output_spares_source("--report", path, source, err);
}

bool import_reports_check(const char *const *paths, const char *db_path, const char *source,
                          struct err *err)
{
    const char *of[IMPORT_REPORT_KINDS] = {NULL};
    enum import_report_kind kind;
    for (; *paths; paths++) {
        if (!kind_of(*paths, &kind, err) || !check_one(*paths, db_path, source, err))
            return false;
        if (of[kind])
            return err_set(err, ERR_USAGE, "--report: «%s» y «%s» son de la misma clase", of[kind],
                           *paths);
        of[kind] = *paths;
    }
    if (!of[IMPORT_REPORT_PAGE] || of[IMPORT_REPORT_BOOK])
        return true;
    char *book = book_beside(of[IMPORT_REPORT_PAGE], source);
    bool ok = (book || err_no_memory(err)) && check_one(book, db_path, source, err) &&
              book_is_as_written(book, of[IMPORT_REPORT_PAGE], err);
    free(book);
    return ok;
}

/* Making ----------------------------------------------------------------------------- */

static void put_counts(struct buf *out, const struct fault_report *report)
{
    buf_clear(out);
    for (size_t s = 0; report->n_sheets > 1 && s < report->n_sheets; s++) {
        const struct fault_sheet *sheet = &report->sheets[s];
        bool is_sheet = strcmp(sheet->place, "fila") == 0;
        buf_printf(out, "%s «%s»: %lld leído%s", is_sheet ? "hoja" : "capa", sheet->name,
                   (long long)sheet->read, sheet->read == 1 ? "" : "s");
        if (sheet->rejected)
            buf_printf(out, ", %lld rechazado%s", (long long)sheet->rejected,
                       sheet->rejected == 1 ? "" : "s");
        buf_putc(out, '\n');
    }
}

static bool keep_points(struct import_reports *reports, const struct fault_report *report)
{
    free(reports->points);
    reports->n_points = 0;
    for (size_t s = 0; s < report->n_sheets; s++)
        reports->n_points += report->sheets[s].n_places;
    reports->points = calloc(reports->n_points + 1, sizeof *reports->points);
    struct points_map_point *to = reports->points;
    for (size_t s = 0; to && s < report->n_sheets; s++)
        for (size_t p = 0; p < report->sheets[s].n_places; p++) {
            const struct fault_place *place = &report->sheets[s].places[p];
            *to++ =
                (struct points_map_point){place->lon_deg, place->lat_deg, fault_page_state(place)};
        }
    return reports->points != NULL;
}

/* An import_faults_fn. A second report takes the place of the first. */
static bool make(void *arg, const struct fault_report *given, struct err *err)
{
    struct import_reports *reports = arg;
    struct fault_report report = *given;
    put_counts(&reports->counts, given);
    buf_clear(&reports->page);
    buf_clear(&reports->book);
    bool rows = reports->book_path && fault_book_needed(given);
    bool places = reports->book_path && fault_book_has_places(given);
    report.book = rows ? name_of(reports->book_path) : NULL;
    report.places_book = places ? name_of(reports->book_path) : NULL;
    buf_clear(&reports->options);
    buf_clear(&reports->book_options);
    import_repeat_put(reports->import, true, false, &reports->options);
    import_repeat_put(reports->import, false, report.lonlat, &reports->book_options);
    report.options = reports->options.data;
    report.book_options = reports->book_options.data;
    return (keep_points(reports, given) || err_no_memory(err)) &&
           ((!rows && !places) || fault_book_write(&report, &reports->book, err)) &&
           (!reports->page_path ||
            fault_page_write(&report, &reports->page, &reports->map_at, err)) &&
           ((!buf_failed(&reports->counts) && !buf_failed(&reports->options) &&
             !buf_failed(&reports->book_options)) ||
            err_no_memory(err));
}

/* path: of --report F.xlsx; NULL: none. */
static bool place_book(struct import_reports *reports, const char *path, const char *source,
                       struct err *err)
{
    reports->book_asked = path != NULL;
    if (!path && !reports->page_path)
        return true;
    reports->book_path = path ? strdup(path) : book_beside(reports->page_path, source);
    return reports->book_path || err_no_memory(err);
}

bool import_reports_init(struct import_reports *reports, const char *const *paths,
                         const char *db_path, struct geo_import_options *options, struct err *err)
{
    const char *of[IMPORT_REPORT_KINDS] = {NULL};
    enum import_report_kind kind;
    *reports = (struct import_reports){.db_path = db_path};
    for (; *paths; paths++) {
        if (!kind_of(*paths, &kind, err))
            return false;
        of[kind] = *paths;
    }
    reports->json_path = of[IMPORT_REPORT_JSON];
    reports->page_path = of[IMPORT_REPORT_PAGE];
    buf_init(&reports->json);
    buf_init(&reports->page);
    buf_init(&reports->book);
    buf_init(&reports->counts);
    buf_init(&reports->options);
    buf_init(&reports->book_options);
    reports->import = options;
    options->report = reports->json_path ? &reports->json : NULL;
    options->faults = make;
    options->faults_arg = reports;
    options->places = reports->page_path || of[IMPORT_REPORT_BOOK];
    return place_book(reports, of[IMPORT_REPORT_BOOK], options->source, err);
}

/* Writing ---------------------------------------------------------------------------- */

static bool write_one(const char *path, const struct buf *text, struct err *err)
{
    if (!path || text->len == 0)
        return true;
    if (!folder_write(path, text->data, text->len, err))
        return false;
    if (!folder_is_device(path))
        fprintf(stderr, "escrito: %s\n", path);
    return true;
}

static bool draw_map(const struct import_reports *reports, struct buf *png, struct err *err)
{
    struct snapshot *snapshot = map_options_snapshot(reports->db_path, err);
    const struct points_map map = {.points = reports->points,
                                   .n = reports->n_points,
                                   .title = "Lugares por revisar",
                                   .width_px = MAP_WIDTH_PX,
                                   .height_px = MAP_HEIGHT_PX,
                                   .version = SIGG_VERSION};
    bool ok = snapshot && points_map_png(snapshot, &map, png, err);
    snapshot_unref(snapshot);
    return ok;
}

/* Without a map, which is said, the page has the same to tell. */
static bool put_map(struct import_reports *reports, struct err *err)
{
    struct err bad = {0};
    struct buf png;
    bool ok = true;
    if (reports->n_points == 0 || reports->page.len == 0)
        return true;
    buf_init(&png);
    if (draw_map(reports, &png, &bad))
        ok = fault_page_put_map(&reports->page, reports->map_at, &png, err);
    else
        fprintf(stderr, "aviso: %s no tiene mapa: %s\n", reports->page_path, bad.message);
    buf_free(&png);
    return ok;
}

bool import_reports_write(struct import_reports *reports, struct err *err)
{
    if (!put_map(reports, err))
        return false;
    if (reports->book_asked && reports->book.len == 0)
        fprintf(stderr, "aviso: no hay filas por corregir: no se escribe %s\n", reports->book_path);
    return write_one(reports->json_path, &reports->json, err) &&
           write_one(reports->book_path, &reports->book, err) &&
           write_one(reports->page_path, &reports->page, err); /* after its workbook */
}

void import_reports_free(struct import_reports *reports)
{
    buf_free(&reports->json);
    buf_free(&reports->page);
    buf_free(&reports->book);
    buf_free(&reports->counts);
    buf_free(&reports->options);
    buf_free(&reports->book_options);
    free(reports->book_path);
    free(reports->points);
}
