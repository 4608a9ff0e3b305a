/* db_row_sqlite.c - reads the values of a row. */
#include <math.h>

#include "geo/store/db_sqlite.h"

int64_t db_int(const struct db_query *query, int column)
{
    return sqlite3_column_int64(query->statement, column);
}

double db_real(const struct db_query *query, int column)
{
    return db_is_null(query, column) ? NAN : sqlite3_column_double(query->statement, column);
}

const char *db_text(const struct db_query *query, int column)
{
    return (const char *)sqlite3_column_text(query->statement, column);
}

const char *db_word(const struct db_query *query, int column)
{
    return db_statement_word(query->statement, column);
}

const void *db_bytes(const struct db_query *query, int column, size_t *len)
{
    const void *bytes = sqlite3_column_blob(query->statement, column);
    *len = (size_t)sqlite3_column_bytes(query->statement, column);
    return bytes;
}

bool db_is_null(const struct db_query *query, int column)
{
    return sqlite3_column_type(query->statement, column) == SQLITE_NULL;
}

/* The value is looked up once for several reads. It is SQLite's "unprotected" kind, which
 * is safe because no other thread uses the connection. */
struct db_cell db_cell(const struct db_query *query, int column)
{
    sqlite3_value *value = sqlite3_column_value(query->statement, column);
    struct db_cell cell = {.kind = DB_NULL};
    switch (sqlite3_value_type(value)) {
    case SQLITE_INTEGER:
        cell.kind = DB_INT;
        cell.integer = sqlite3_value_int64(value);
        cell.real = (double)cell.integer;
        break;
    case SQLITE_FLOAT:
        cell.kind = DB_REAL;
        cell.real = sqlite3_value_double(value);
        break;
    case SQLITE_TEXT:
        cell.kind = DB_TEXT;
        cell.text = (const char *)sqlite3_value_text(value);
        cell.len = (size_t)sqlite3_value_bytes(value);
        break;
    case SQLITE_BLOB:
        cell.kind = DB_BYTES;
        cell.len = (size_t)sqlite3_value_bytes(value);
        break;
    default:
        break;
    }
    return cell;
}

const char *db_column_name(const struct db_query *query, int column)
{
    return sqlite3_column_name(query->statement, column);
}

const char *db_wkb(const struct db_query *query, int column, struct buf *out)
{
    size_t len;
    const unsigned char *blob = db_bytes(query, column, &len);
    return db_geometry_wkb(blob, blob ? len : 0, out);
}
