/* table.h - a table in a report: over as many pages as needed, with its head on each; no row
 * alone at the foot or the head of a page.
 *
 * Owns:    nothing; texts are borrowed.
 * Threads: the paper's. Units: points.
 */
#ifndef LAYERS_REPORT_TABLE_H
#define LAYERS_REPORT_TABLE_H

#include "layers/report/paper.h"

enum { TABLE_COLUMNS = 16 };

struct table_column {
    const char *title;
    bool number; /* aligned right */
};

struct table {
    const struct table_column *columns;
    size_t n_columns;         /* up to TABLE_COLUMNS */
    const char *const *cells; /* n_rows * n_columns, row by row; plain text, never NULL */
    size_t n_rows;
    bool total; /* the last row is a total: bold, with a rule above, never alone on a page */
};

void table_put(struct paper *paper, const struct table *table);
/* Height of title, head and first rows, which must fit a page for a table to begin on it. */
double table_least(struct paper *paper, const struct table *table);

#endif
