/* workbook_ods_internal.h - the value of a cell of an ODS workbook. Private to
 * geo/sheets/workbook_ods*.c.
 *
 * Names are those of OpenDocument 1.2 part 1: tables in chapter 9, values in 19.385 to 19.391.
 */
#ifndef GEO_WORKBOOK_ODS_INTERNAL_H
#define GEO_WORKBOOK_ODS_INTERNAL_H

#include "geo/sheets/workbook_internal.h"

/* All sheets stand in one file, one after another. Of many the text is kept, so that each is read
 * from where it begins, and not all before it again. */
struct workbook_ods {
    struct buf content;
    const int64_t *at; /* of each sheet, its first byte */
};

/* A style of letters or of cells that marks them; of others nothing is kept. */
struct workbook_ods_style {
    const char *name;
    bool of_cells; /* else of letters */
    struct workbook_run run;
};

/* workbook_ods_styles.c: adds a style that marks; after the last one, sorts them. */
bool workbook_ods_styles_add(struct geo_workbook *workbook, const struct workbook_ods_style *style,
                             struct err *err);
void workbook_ods_styles_sort(struct geo_workbook *workbook);
/* NULL: the style marks nothing. name: NULL is fine. */
const struct workbook_run *workbook_ods_style(const struct geo_workbook *workbook, const char *name,
                                              bool of_cells);

/* What a cell states; texts live in the arena of the row, NULL: not stated. */
struct workbook_ods_cell {
    const char *type;     /* "float", "percentage", "date", ... */
    const char *value;    /* in the attribute that the type has */
    const char *currency; /* "USD" */
    const char *formula;  /* "of:=SUM([.A1:.A3])" */
    bool error;           /* its formula failed; the text says how */
};

/* Copies what the attributes of a cell state into arena. */
bool workbook_ods_cell_read(const char *const *attributes, struct arena *arena,
                            struct workbook_ods_cell *stated, struct err *err);
/* paragraphs: the text of the cell, NULL if it has none: LibreOffice writes an empty one for a
 * formula that gives "". */
bool workbook_ods_cell_value(const struct workbook_ods_cell *stated, const char *paragraphs,
                             struct arena *arena, struct source_cell *cell, struct err *err);

/* True if a date is shown without its year: "04-mar", "4/3". */
bool workbook_ods_hides_year(const char *shown);

/* workbook_ods_text.c: appends text of a paragraph, in which a run of blanks is one, and none
 * stands at its start (6.1.2). paragraph_at: where the paragraph begins in rows->text. */
bool workbook_ods_text(struct geo_workbook_rows *rows, size_t paragraph_at, const char *text,
                       size_t len, struct err *err);

#endif
