/* source_sheet_internal.h - a sheet while it is read, shared by geo/source/source_sheet*.c. */
#ifndef GEO_SOURCE_SHEET_INTERNAL_H
#define GEO_SOURCE_SHEET_INTERNAL_H

#include "geo/sheets/broken_lines.h"
#include "geo/sheets/header.h"
#include "geo/source/source_sheet.h"

struct source_sheet {
    struct source_sheet_of of;
    const struct geo_source_limits *limits;
    enum geo_geometry wanted;
    int epsg;                       /* the system stated for all; 0: none */
    struct geo_crs *crs;            /* for records that state theirs; NULL: none did */
    struct geo_workbook_rows *rows; /* of a workbook */
    struct header header;
    const struct source_cells *head; /* the rows of the header, as they stand */
    size_t n_head;
    struct source_cell *cells; /* of the current row; header.n_columns */
    int geometry;              /* the column that has geometries as text; -1: none */
    int rival;                 /* another one; -1: none */
    int64_t last_line;         /* of the row given last */
    int64_t blank;
    int64_t n_repeated, first_repeated; /* rows that repeat the header; line of the first */
    struct broken_lines broken;         /* of a text, once a line is short */
    bool looked;                        /* for them */
    size_t width;                       /* columns up to the last one with a name */
    int64_t n_hidden, first_hidden;     /* rows that a person does not see, which are read */
    struct source_passed marks;         /* of it, those of letters */
    const bool *fills;                  /* by column: it fills a field, and no coordinate */
    int64_t n_links, first_link;        /* links of maps behind such cells, which are not read */
    struct buf trace;                   /* the geometry of the current row, where it is a trace */
    struct buf note;                    /* and what is remarkable about it */
};

#endif
