/* atlas_internal.h - the state of making an atlas; only for layers/report/atlas*.c. */
#ifndef LAYERS_REPORT_ATLAS_INTERNAL_H
#define LAYERS_REPORT_ATLAS_INTERNAL_H

#include "layers/report/atlas.h"
#include "layers/report/pdf_merge.h"

struct atlas_sheet {
    struct report_scope scope;
    const char *name_key, *department_key; /* folded, for sorting */
    int pages, page;                       /* number of pages, and number of the first */
};

struct atlas {
    struct report_data *data;
    const char *departamento; /* NULL: the country */
    struct arena *arena;
    const char *title, *subject;
    struct atlas_sheet *sheets;
    size_t n_sheets;
    int pages;         /* of the whole */
    int front_pages;   /* cover and index */
    int alphabet_page; /* where the second index begins */
    struct pdf_link *links;
    size_t n_links, cap_links;
};

/* atlas_front.c: draws cover and index; out NULL: only counts their pages. */
bool atlas_front(struct atlas *atlas, const struct paper_frame *frame, struct buf *out,
                 struct err *err);

#endif
