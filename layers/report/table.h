/* table.h - a table on paper: as many pages as it takes, its head on each, no
 * row alone at the foot or the head of a page.
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
    bool number; /* to the right */
};

struct table {
    const struct table_column *columns;
    size_t n_columns;         /* up to TABLE_COLUMNS */
    const char *const *cells; /* n_rows * n_columns, row by row; plain text, never NULL */
    size_t n_rows;
    bool total; /* the last row is one: bold, a rule above, never alone */
};

void table_put(struct paper *paper, const struct table *table);
/* Title, head and the first rows: what must fit a page for a table to begin on it. */
double table_least(struct paper *paper, const struct table *table);

#endif
