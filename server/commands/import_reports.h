/* import_reports.h - the reports of an import, one file for each --report: F.json for programs,
 * F.html for people, F.xlsx with the rows to correct. F.html brings F.xlsx with it where there are
 * rows to correct. Also the counts by table, for the terminal.
 *
 * Owns:    the texts, from init to free.
 * Threads: one.
 * Errors:  ERR_USAGE for a name of another kind, or two of a kind; those of the writers.
 */
#ifndef SERVER_IMPORT_REPORTS_H
#define SERVER_IMPORT_REPORTS_H

#include "geo/import/import.h"
#include "layers/report/points_map.h"

struct import_reports {
    const char *json_path, *page_path; /* NULL: not wanted */
    char *book_path;                   /* likewise; beside the page, unless it has its own */
    bool book_asked;                   /* it is wanted by itself */
    const char *db_path;
    struct buf json, page, book;
    struct points_map_point *points; /* places to look at, for the map of the page */
    size_t n_points, map_at;         /* map_at: where it goes (fault_page.h) */
    const struct geo_import_options *import;
    struct buf options, book_options; /* of it, to be given again (import_repeat.h) */
    struct buf counts;                /* "  hoja «Sucre»: 120 leídos, 3 rechazados" by line */
};

/* Before the work: kinds are known, their folders can be written to, and neither the database nor
 * the source nor a corrected workbook beside a page is written over. paths ends with NULL. */
bool import_reports_check(const char *const *paths, const char *db_path, const char *source,
                          struct err *err);

/* Paths as checked; sets options so that the reports are made. */
bool import_reports_init(struct import_reports *reports, const char *const *paths,
                         const char *db_path, struct geo_import_options *options, struct err *err);
/* Writes the files that were made, and names them on stderr. The page gets its map, for which the
 * database is read: the import is over. */
bool import_reports_write(struct import_reports *reports, struct err *err);
void import_reports_free(struct import_reports *reports);

#endif
