/* migrations.h - the migrations of SQLite's schema, in order. A file says in its header, as
 * user_version, how many it has had. Their SQL is in geo/store/migrations/NNNN.sql. */
#ifndef GEO_MIGRATIONS_H
#define GEO_MIGRATIONS_H

extern const char *const geo_migrations[]; /* SQL text; ends with NULL */
int geo_migrations_count(void);

#endif
