/* source_limits.h - limits on the size of a source, and on what reading it may use.
 *
 * Real files stay far below the defaults; files that exceed them are damaged or malicious.
 * The message names the limit, its value and the option that raises it.
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
    GEO_LIMIT_MEMORY_MB,      /* of the reading process, beyond what the program itself uses */
    GEO_LIMIT_TOTAL_SECONDS,  /* of the whole import (enforced by the caller) */
    GEO_LIMIT_SECONDS,        /* of waiting for the source, and of its processor time */
    GEO_LIMIT_REPAIR_SECONDS, /* of repairing one polygon; beyond it the record is rejected */
    GEO_LIMIT_SOURCE_MB,      /* of the source, unpacked */
    GEO_LIMIT_RATIO,          /* ratio of unpacked to packed size, of an archive */
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

/* Name of the option, its largest value, and what it limits. */
struct geo_limit_words {
    const char *option; /* "--max-memory" */
    int64_t most;
    const char *what; /* "MB de memoria para leerla" */
};
extern const struct geo_limit_words geo_source_limit_words[GEO_LIMITS];

extern const struct geo_source_limits geo_source_usual_limits;

/* The ratio is only checked for archives that unpack to more than this. */
#define GEO_SOURCE_RATIO_FROM_BYTES (INT64_C(64) << 20)

/* Sets the error "pasa de 10000 registros; …, suba --max-records", returns false. The
 * limits of a record (value, vertices, parts) are ERR_INPUT: it is rejected, and the rest
 * can be read. Others are ERR_LIMIT. */
bool geo_source_beyond(const struct geo_source_limits *limits, enum geo_source_limit limit,
                       struct err *err);
/* False with that error if value exceeds the limit. */
bool geo_source_within(const struct geo_source_limits *limits, enum geo_source_limit limit,
                       int64_t value, struct err *err);

#endif
