/* workbook_xlsx_internal.h - what an XLSX workbook has beside its sheets. Private to
 * geo/sheets/workbook_xlsx*.c.
 *
 * Names are those of ECMA-376 part 1, chapter 18; the files are read by the local names of
 * their elements, so that the strict and the transitional form are one.
 */
#ifndef GEO_WORKBOOK_XLSX_INTERNAL_H
#define GEO_WORKBOOK_XLSX_INTERNAL_H

#include "geo/sheets/workbook_internal.h"

struct workbook_xlsx {
    bool from_1904; /* days count from 1904-01-01 */
    struct workbook_xlsx_part {
        const char *name; /* of the sheet's file; "": the workbook does not say which */
        bool plain;       /* it was looked for merged cells, and has none */
    } * parts;            /* one a sheet */
    size_t cap_parts;
    struct workbook_string {
        const char *text;
        bool raised, struck; /* some of its letters were */
    } * strings;             /* shared by cells */
    size_t n_strings, cap_strings;
    struct workbook_style {
        struct workbook_format format;
        bool struck; /* the whole cell is struck out */
    } * styles;      /* of cells (cellXfs) */
    size_t n_styles, cap_styles;
};

/* One file that another file of the workbook names. */
struct workbook_relation {
    const char *id, *type, *target; /* type: the last word of the URI; target: from the root */
};

/* workbook_xlsx_relations.c: the relations of a file ("" for the whole), in the arena of the
 * workbook; of some types, NULL: of all. *relations is for free(). A file that has none: n 0. */
bool workbook_relations(struct geo_workbook *workbook, const char *part, const char *const *types,
                        struct workbook_relation **relations, size_t *n, struct err *err);

/* workbook_xlsx_strings.c, workbook_xlsx_styles.c */
bool workbook_xlsx_strings(struct geo_workbook *workbook, const char *part, struct err *err);
bool workbook_xlsx_styles(struct geo_workbook *workbook, const char *part, struct err *err);

/* workbook_xlsx_merges.c: the merged cells of a sheet's file, sorted. */
bool workbook_xlsx_merges(const struct geo_workbook *workbook, struct workbook_xlsx_part *part,
                          struct workbook_merges *merges, struct err *err);

/* workbook_xlsx_links.c: the cells of a sheet's file that are links to places in maps. */
struct workbook_links {
    struct workbook_link {
        int64_t line;
        size_t column;
        const char *target;
    } * list; /* by line and column */
    size_t n, cap;
    struct arena *arena;
};
bool workbook_xlsx_links(const struct geo_workbook *workbook, const char *part,
                         struct workbook_links *links, struct err *err);
/* What the cell is a link to; NULL: nothing. */
const char *workbook_links_at(const struct workbook_links *links, int64_t line, size_t column);
void workbook_links_free(struct workbook_links *links);

/* workbook_xlsx_remarks.c: counts the comments and the boxes of text of a sheet's file. */
bool workbook_xlsx_remarks(struct geo_workbook *workbook, const char *part,
                           struct geo_workbook_remarks *remarks, struct err *err);

/* workbook_xlsx_merges.c: reads "E3", "$E$3" as line and column, and moves on. */
bool workbook_reference(const char **at, int64_t *line, size_t *column);

#endif
