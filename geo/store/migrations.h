/* migrations.h - the migrations of the schema, in order. PRAGMA user_version is the number
 * of migrations that a database has had. Their SQL is in geo/store/migrations/NNNN.sql. */
#ifndef GEO_MIGRATIONS_H
#define GEO_MIGRATIONS_H

extern const char *const geo_migrations[]; /* SQL text; ends with NULL */
int geo_migrations_count(void);

#endif
