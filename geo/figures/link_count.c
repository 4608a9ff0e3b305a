/* link_count.c - counts stored links by state: `geo_link_count()`. */
#include "geo/figures/link_count.h"

#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "geo/store/results.h"

/* So many ids are asked for at once; one in SCANNED of the table or more are found by reading the
 * links of all. */
enum { LISTED = 200, SCANNED = 8 };

struct link_counting {
    const int64_t *ids; /* sorted */
    size_t n, at, found;
    struct geo_link_counts *counts;
};

/* Rows come in order of record, as the ids are. */
static bool count_link(void *arg, const struct geo_link_row *row)
{
    struct link_counting *counting = arg;
    while (counting->at < counting->n && counting->ids[counting->at] < row->record)
        counting->at++;
    if (counting->at == counting->n)
        return false;
    if (counting->ids[counting->at] != row->record)
        return true;
    for (int state = 0; state < GEO_LINK_STATES; state++)
        if (strcmp(row->estado, geo_link_state_name(state)) == 0) {
            counting->counts->by_state[state]++;
            counting->counts->records++;
            counting->found++;
            break;
        }
    return true;
}

static bool count_sorted(struct geo_store *store, const struct geo_table *table,
                         const char *edition, struct link_counting *counting, struct err *err)
{
    int64_t rows;
    if (!geo_store_count(store, table, NULL, &rows, err))
        return false;
    if ((int64_t)counting->n >= rows / SCANNED)
        return geo_store_links_main(store, table->name, edition, NULL, count_link, counting, err);
    for (size_t i = 0; i < counting->n; i += LISTED) {
        const struct geo_ids only = {counting->ids + i,
                                     counting->n - i < LISTED ? counting->n - i : LISTED};
        if (!geo_store_links_main(store, table->name, edition, &only, count_link, counting, err))
            return false;
    }
    return true;
}

bool geo_link_count(struct geo_store *store, const struct geo_table *table, const int64_t *ids,
                    size_t n_ids, struct geo_link_counts *counts, size_t *missing, struct err *err)
{
    struct geo_edition_info edition;
    if (!geo_store_edition(store, NULL, &edition, err))
        return false;
    int64_t *sorted = malloc((n_ids + 1) * sizeof *sorted);
    if (!sorted)
        return err_no_memory(err);
    memcpy(sorted, ids, n_ids * sizeof *sorted);
    qsort(sorted, n_ids, sizeof *sorted, array_by_int64);
    struct link_counting counting = {.ids = sorted, .n = n_ids, .counts = counts};
    bool ok = count_sorted(store, table, edition.codigo, &counting, err);
    free(sorted);
    if (ok)
        *missing = n_ids - counting.found;
    return ok;
}
