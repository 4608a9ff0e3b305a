/* source_domains.h - the lists of values that a geodatabase or GeoPackage keeps beside a column
 * (coded domains): its cells have codes, and people who look at it see the words.
 *
 * Owns:    its table lives in the arena, the words in the data set.
 * Threads: one owner.
 * Errors:  short memory.
 */
#ifndef GEO_SOURCE_DOMAINS_H
#define GEO_SOURCE_DOMAINS_H

#include "geo/base/arena.h"
#include "geo/base/buf.h"
#include "geo/files/gdal_internal.h"

struct source_domains {
    const OGRCodedValue **of; /* by column; NULL: it has none */
    size_t n;
};

bool source_domains_read(GDALDatasetH dataset, OGRLayerH layer, struct arena *arena,
                         struct source_domains *out, struct err *err);

/* The word of a code; NULL: it has none, or is worth more than its word: the code of a municipality
 * (five or six digits), and one that its word repeats ("1": "Modelo 1", not "De 1 a 5"). */
const char *source_domains_word(const struct source_domains *domains, size_t column,
                                const char *code);

/* The word of a code, where it says more; NULL: the code does. */
const char *source_domains_better(const char *code, const char *word);

#endif
