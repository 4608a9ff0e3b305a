/* source_limits.h - how much a source may be, and cost, while it is read.
 *
 * Real files stay far below the defaults; what exceeds them is damaged or made to
 * harm. A message names the limit, its value and the option that raises it.
 *
 * Owns:    nothing.
 * Threads: any.
 * Units:   bytes, seconds, counts.
 */
#ifndef GEO_SOURCE_LIMITS_H
#define GEO_SOURCE_LIMITS_H

#include <stdbool.h>
#include <stdint.h>

#include "geo/base/err.h"

enum geo_source_limit {
    GEO_LIMIT_MEMORY_MB,      /* of the process that reads, beyond what the program has */
    GEO_LIMIT_TOTAL_SECONDS,  /* of the whole import (kept by whoever asked for it) */
    GEO_LIMIT_SECONDS,        /* that the import waits for its source, and its processor time */
    GEO_LIMIT_REPAIR_SECONDS, /* of one record's polygon; beyond it the record is rejected */
    GEO_LIMIT_SOURCE_MB,      /* of the source, unpacked */
    GEO_LIMIT_RATIO,          /* unpacked to packed, of an archive */
    GEO_LIMIT_ENTRIES,        /* of an archive or a folder */
    GEO_LIMIT_RECORDS,
    GEO_LIMIT_COLUMNS,
    GEO_LIMIT_VALUE_KB, /* of one value of one record */
    GEO_LIMIT_VERTICES, /* of one geometry */
    GEO_LIMIT_ALL_VERTICES,
    GEO_LIMIT_PARTS, /* rings and lines of one geometry */
    GEO_LIMITS
};

struct geo_source_limits {
    int64_t at[GEO_LIMITS];
};

/* What the option is called, the largest value it takes, and what it counts. */
struct geo_limit_words {
    const char *option; /* "--max-memory" */
    int64_t most;
    const char *what; /* "MB de memoria para leerla" */
};
extern const struct geo_limit_words geo_source_limit_words[GEO_LIMITS];

extern const struct geo_source_limits geo_source_usual_limits;

/* Archives smaller than this unpacked may be packed as tightly as they like. */
#define GEO_SOURCE_RATIO_FROM_BYTES (INT64_C(64) << 20)

/* "pasa de 10000 registros; …, suba --max-records": sets the error, returns false. A
 * record's own limits (value, vertices, parts) are ERR_INPUT: it can be rejected
 * and the rest read; others ERR_LIMIT. */
bool geo_source_beyond(const struct geo_source_limits *limits, enum geo_source_limit limit,
                       struct err *err);
/* False with the error where value is beyond. */
bool geo_source_within(const struct geo_source_limits *limits, enum geo_source_limit limit,
                       int64_t value, struct err *err);

#endif
