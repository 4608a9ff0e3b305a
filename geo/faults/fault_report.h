/* fault_report.h - what was wrong with the rows of an import, as plain values: for the page and
 * the workbook of corrections (layers/report/fault_page.h, fault_book.h) and the JSON report.
 *
 * Whoever imports fills it; faults may come in any order, several for one row.
 *
 * Owns:    nothing: texts and arrays are the caller's, and outlive its use. Groups live in the
 *          arena given.
 * Threads: any. Errors: NULL for short memory; else the buffer's (buf_failed).
 * Units:   rows as people count them in the file or sheet, from 1.
 */
#ifndef GEO_FAULT_REPORT_H
#define GEO_FAULT_REPORT_H

#include <stdint.h>

#include "geo/base/arena.h"
#include "geo/base/buf.h"
#include "geo/faults/fault_place.h"
#include "geo/texts/source_cell.h"

struct fault_entry {
    int64_t row;          /* 0: of the whole column, or of the whole sheet */
    int column;           /* index in the sheet's columns; -1: of the whole row */
    const char *field;    /* "familias"; NULL: none */
    const char *value;    /* as it came; NULL: there is none */
    const char *message;  /* Spanish sentence; may have the value, as «value» */
    const char *accepted; /* what would be accepted; NULL: the message says it */
    bool warning;         /* the record was stored all the same */
};

/* A table of the source that was read. */
struct fault_sheet {
    const char *name;  /* of the sheet, or layer; "" if the source has only one */
    const char *place; /* "fila", "línea", "registro" */
    const char *const *columns;
    size_t n_columns;
    const struct fault_entry *faults;
    size_t n_faults;
    const struct source_cells *rows; /* those to correct, with their cells as they came */
    size_t n_rows;
    const char *const *notes; /* sentences about the whole sheet: unused columns, … */
    size_t n_notes;
    int64_t read, rejected;           /* of its records */
    const struct fault_place *places; /* to look at, by row */
    size_t n_places, places_left_out; /* left_out: there are more, for which there was no room */
};

struct fault_report {
    const char *source;      /* "registro 2021.xlsx" */
    const char *layer;       /* "alianzas" */
    const char *layer_title; /* "Alianzas" */
    const char *date;        /* of the import, "2026-11-30" */
    const char *book;        /* file name of the workbook of corrections; NULL: there is none */
    const char *places_book; /* of the workbook that has all places; NULL: none has */
    /* Options of the command, " --map a=b", for the source and for the workbook; NULL: none. */
    const char *options, *book_options;
    bool lonlat;         /* the workbook has geometries of the source, in lon/lat */
    const char *stopped; /* why nothing was stored at all; NULL: the good rows were */
    bool dry_run;        /* nothing was to be stored */
    int64_t read, created, updated, unchanged, rejected, warned; /* records */
    int64_t rescued, elsewhere, outside; /* coordinates corrected; places where none was declared */
    bool linked;                         /* records of the layer lie in municipalities */
    const char *const *notes; /* sentences about the source: sheets that are not read, … */
    size_t n_notes;
    const struct fault_sheet *sheets;
    size_t n_sheets;
};

/* A word of a command as shells read it: in quotes if it needs them. */
void fault_put_word(struct buf *out, const char *word);

/* The letters of a column as spreadsheets show them: 0 is "A", 27 "AB". */
enum { FAULT_LETTERS = 16 };
void fault_letters(size_t column, char letters[FAULT_LETTERS]);

/* "3–5, 9 y 12", of rows in ascending order; after `most` runs "y 40 más". */
void fault_put_rows(struct buf *out, const int64_t *rows, size_t n_rows, size_t most);

/* Writes ,"faltas":[{"fila":3,"columna":"Familias","letra":"I","campo":"familias","valor":"-3",
 * "mensaje":…,"acepta":…,"aviso":false}, …], for one record of a JSON report. What is NULL is
 * left out. */
void fault_put_json(struct buf *out, const struct fault_sheet *sheet,
                    const struct fault_entry *faults, size_t n_faults);

/* The faults of a sheet that say the same of the same column. */
struct fault_value {
    const char *value;
    size_t n;
    int64_t row; /* the first */
};
struct fault_group {
    const struct fault_entry *first; /* of the lowest row */
    const char *message;             /* if the values differ, with «…» in their place */
    const int64_t *rows;             /* ascending, each once */
    size_t n_rows, n_faults;
    const struct fault_value *values; /* each once, in the order of their first row */
    size_t n_values;
};
struct fault_groups {
    struct fault_group *groups; /* by first row, then column */
    size_t n;
    size_t left_out; /* faults past the first `most` */
};

/* The errors, or the warnings, of a sheet: of the first `most` faults in order of rows. False:
 * memory was short. */
bool fault_groups_make(const struct fault_sheet *sheet, bool warnings, size_t most,
                       struct arena *arena, struct fault_groups *out);

/* How many faults are errors, or warnings. */
size_t fault_count(const struct fault_sheet *sheet, bool warnings);

#endif
