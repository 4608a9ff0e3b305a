/* source_limits.c - the limits of a source: their names, defaults and messages. */
#include "geo/files/source_limits.h"

#define MANY INT64_C(1000000000)

/* clang-format off */
const struct geo_limit_words geo_source_limit_words[GEO_LIMITS] = {
    [GEO_LIMIT_MEMORY_MB] =      {"--max-memory",         INT64_C(1) << 24, "MB de memoria para leerla"},
    [GEO_LIMIT_TOTAL_SECONDS] =  {"--max-total-seconds",  100000000, "segundos para importarla"},
    [GEO_LIMIT_SECONDS] =        {"--max-seconds",         MANY, "segundos para leerla"},
    [GEO_LIMIT_REPAIR_SECONDS] = {"--max-repair-seconds",   MANY, "segundos para reparar la geometría"},
    [GEO_LIMIT_SOURCE_MB] =      {"--max-size",           INT64_C(1) << 24, "MB de datos sin comprimir"},
    [GEO_LIMIT_RATIO] =          {"--max-ratio",           MANY, "veces su tamaño al descomprimir"},
    [GEO_LIMIT_ENTRIES] =        {"--max-entries",       MANY, "archivos y carpetas"},
    [GEO_LIMIT_RECORDS] =        {"--max-records",     MANY, "registros"},
    [GEO_LIMIT_COLUMNS] =        {"--max-columns",       100000, "columnas"},
    [GEO_LIMIT_VALUE_KB] =       {"--max-value",         INT64_C(1) << 20, "KB en un valor"},
    [GEO_LIMIT_VERTICES] =       {"--max-vertices",    MANY, "vértices en la geometría"},
    [GEO_LIMIT_ALL_VERTICES] =   {"--max-all-vertices", INT64_C(1) << 40, "vértices en total"},
    [GEO_LIMIT_PARTS] =          {"--max-parts",        MANY, "partes y huecos en la geometría"},
};
/* clang-format on */

const struct geo_source_limits geo_source_usual_limits = {{
    [GEO_LIMIT_MEMORY_MB] = 4096,
    [GEO_LIMIT_TOTAL_SECONDS] = 7200,
    [GEO_LIMIT_SECONDS] = 900,
    [GEO_LIMIT_REPAIR_SECONDS] = 5,
    [GEO_LIMIT_SOURCE_MB] = 4096,
    [GEO_LIMIT_RATIO] = 200,
    [GEO_LIMIT_ENTRIES] = 10000,
    [GEO_LIMIT_RECORDS] = 5000000,
    [GEO_LIMIT_COLUMNS] = 16384,
    [GEO_LIMIT_VALUE_KB] = 65536,
    [GEO_LIMIT_VERTICES] = 2000000,
    [GEO_LIMIT_ALL_VERTICES] = 50000000,
    [GEO_LIMIT_PARTS] = 200000,
}};

static bool of_one_record(enum geo_source_limit limit)
{
    return limit == GEO_LIMIT_VALUE_KB || limit == GEO_LIMIT_VERTICES || limit == GEO_LIMIT_PARTS ||
           limit == GEO_LIMIT_REPAIR_SECONDS;
}

bool geo_source_beyond(const struct geo_source_limits *limits, enum geo_source_limit limit,
                       struct err *err)
{
    const struct geo_limit_words *words = &geo_source_limit_words[limit];
    return err_set(err, of_one_record(limit) ? ERR_INPUT : ERR_LIMIT,
                   "pasa de %lld %s; si los datos son de confianza, suba %s",
                   (long long)limits->at[limit], words->what, words->option);
}

bool geo_source_within(const struct geo_source_limits *limits, enum geo_source_limit limit,
                       int64_t value, struct err *err)
{
    return value <= limits->at[limit] || geo_source_beyond(limits, limit, err);
}
