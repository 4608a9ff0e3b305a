/* migrations.c - the migrations of the schema, built into the program. */
#include "geo/store/migrations.h"

#include <stddef.h>

#include "geo/base/embed.h"

/* In order. A new one is a file in migrations/ and a row here. */
#define MIGRATIONS(X) \
    X(0001)           \
    X(0002)           \
    X(0003)           \
    X(0004)           \
    X(0005)           \
    X(0006)           \
    X(0007)           \
    X(0008)           \
    X(0009)           \
    X(0010)           \
    X(0011)           \
    X(0012)

#define EMBED_FILE(number) EMBED(geo_migration_##number, "geo/store/migrations/" #number ".sql");
MIGRATIONS(EMBED_FILE)

#define ROW(number) geo_migration_##number,
const char *const geo_migrations[] = {MIGRATIONS(ROW) NULL};

int geo_migrations_count(void)
{
    int count = 0;
    while (geo_migrations[count])
        count++;
    return count;
}
