/* migrations.c - the migrations of the schema, built into the program. */
#include "geo/store/migrations.h"

#include <stddef.h>

#include "geo/base/embed.h"

EMBED(geo_migration_0001, "geo/store/migrations/0001.sql");
EMBED(geo_migration_0002, "geo/store/migrations/0002.sql");
EMBED(geo_migration_0003, "geo/store/migrations/0003.sql");
EMBED(geo_migration_0004, "geo/store/migrations/0004.sql");
EMBED(geo_migration_0005, "geo/store/migrations/0005.sql");
EMBED(geo_migration_0006, "geo/store/migrations/0006.sql");
EMBED(geo_migration_0007, "geo/store/migrations/0007.sql");
EMBED(geo_migration_0008, "geo/store/migrations/0008.sql");
EMBED(geo_migration_0009, "geo/store/migrations/0009.sql");

const char *const geo_migrations[] = {geo_migration_0001, geo_migration_0002,
                                      geo_migration_0003, geo_migration_0004,
                                      geo_migration_0005, geo_migration_0006,
                                      geo_migration_0007, geo_migration_0008,
                                      geo_migration_0009, NULL};

int geo_migrations_count(void)
{
    int count = 0;
    while (geo_migrations[count])
        count++;
    return count;
}
