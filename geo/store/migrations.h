/* migrations.h - the schema's steps, in order; PRAGMA user_version says how
 * many a database has had. The SQL stands in geo/store/migrations/NNNN.sql. */
#ifndef GEO_MIGRATIONS_H
#define GEO_MIGRATIONS_H

extern const char *const geo_migrations[]; /* SQL text; ends with NULL */
int geo_migrations_count(void);

#endif
