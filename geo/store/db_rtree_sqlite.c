/* db_rtree_sqlite.c - writes all of an SQLite R*Tree at once, packed in Hilbert order. */
#include "geo/store/db_rtree_sqlite.h"

#include <endian.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char writing[] = "escribir el índice espacial";

/* A node: its height above the leaves (2 bytes, used in the root only), the number of cells
 * (2 bytes), then cells: an id of 8 bytes (of a row, or of the node below) and four floats.
 * Numbers are big endian. The root is node 1. */
enum { ROOT = 1, HEAD = 4, CELL = 24, NODE_MIN = HEAD + 8 * CELL, NODE_MAX = HEAD + 512 * CELL };

/* Free cells in a full node of a packed tree, one in so many: later rows need not divide nodes
 * at once. */
enum { SPARE = 8 };

struct db_rtree {
    struct db *db;
    sqlite3_stmt *put_node, *put_rowid, *put_parent;
    unsigned char *node;
    size_t node_bytes, room; /* room: cells that a node gets */
    struct err *err;
};

/* Boxes --------------------------------------------------------------------- */

static float below(double value)
{
    float rounded = (float)value;
    return (double)rounded > value ? nextafterf(rounded, -INFINITY) : rounded;
}

static float above(double value)
{
    float rounded = (float)value;
    return (double)rounded < value ? nextafterf(rounded, INFINITY) : rounded;
}

struct db_rtree_entry db_rtree_entry(int64_t id, const double box[4])
{
    return (struct db_rtree_entry){id,
                                   {below(box[0]), above(box[2]), below(box[1]), above(box[3])}};
}

static void grow(float all[4], const float box[4])
{
    for (int i = 0; i < 4; i += 2) {
        all[i] = fminf(all[i], box[i]);
        all[i + 1] = fmaxf(all[i + 1], box[i + 1]);
    }
}

static const float nowhere[4] = {INFINITY, -INFINITY, INFINITY, -INFINITY};

/* Order --------------------------------------------------------------------- */

struct db_rtree_place {
    uint32_t key, entry;
};

/* Position of a 16-bit point on the Hilbert curve. */
static uint32_t hilbert(uint32_t x, uint32_t y)
{
    uint32_t key = 0;
    for (uint32_t side = 1u << 15; side; side >>= 1) {
        uint32_t right = (x & side) != 0, up = (y & side) != 0;
        key += side * side * ((3 * right) ^ up);
        if (!up) { /* turn the quarter */
            if (right) {
                x = ~x;
                y = ~y;
            }
            uint32_t swap = x;
            x = y;
            y = swap;
        }
    }
    return key;
}

static uint32_t scaled(float least, float greatest, float from, float to)
{
    float wide = to - from;
    return wide > 0 ? (uint32_t)(65535 * ((least + greatest) / 2 - from) / wide) & 0xFFFF : 0;
}

static int by_key(const void *a, const void *b)
{
    const struct db_rtree_place *x = a, *y = b;
    return x->key != y->key ? (x->key > y->key) - (x->key < y->key)
                            : (x->entry > y->entry) - (x->entry < y->entry);
}

static struct db_rtree_place *in_order(const struct db_rtree_entry *entries, size_t n)
{
    struct db_rtree_place *places = malloc((n + 1) * sizeof *places);
    float all[4];
    memcpy(all, nowhere, sizeof all);
    for (size_t i = 0; i < n; i++)
        grow(all, entries[i].box);
    for (size_t i = 0; places && i < n; i++) {
        const float *box = entries[i].box;
        places[i] = (struct db_rtree_place){
            hilbert(scaled(box[0], box[1], all[0], all[1]), scaled(box[2], box[3], all[2], all[3])),
            (uint32_t)i};
    }
    if (places)
        qsort(places, n, sizeof *places, by_key);
    return places;
}

/* Nodes --------------------------------------------------------------------- */

static void put_cell(unsigned char *node, size_t cell, const struct db_rtree_entry *entry)
{
    unsigned char *at = node + HEAD + cell * CELL;
    uint64_t id = htobe64((uint64_t)entry->id);
    memcpy(at, &id, sizeof id);
    for (int i = 0; i < 4; i++) {
        uint32_t bits;
        memcpy(&bits, &entry->box[i], sizeof bits);
        bits = htobe32(bits);
        memcpy(at + sizeof id + 4 * i, &bits, sizeof bits);
    }
}

static bool run(struct db_rtree *tree, sqlite3_stmt *put, int64_t key, int64_t value)
{
    sqlite3_bind_int64(put, 1, key);
    sqlite3_bind_int64(put, 2, value);
    return db_statement_run(tree->db, put, writing, tree->err);
}

/* Writes the node of these entries, and the entry for it in the level above. */
static bool put_node(struct db_rtree *tree, int64_t number, unsigned height,
                     const struct db_rtree_entry *entries, size_t n, struct db_rtree_entry *whole)
{
    memset(tree->node, 0, tree->node_bytes);
    whole->id = number;
    memcpy(whole->box, nowhere, sizeof whole->box);
    for (size_t i = 0; i < n; i++) {
        put_cell(tree->node, i, &entries[i]);
        grow(whole->box, entries[i].box);
    }
    tree->node[1] = number == ROOT ? (unsigned char)height : 0;
    tree->node[2] = (unsigned char)(n >> 8);
    tree->node[3] = (unsigned char)n;
    sqlite3_bind_int64(tree->put_node, 1, number);
    sqlite3_bind_blob64(tree->put_node, 2, tree->node, tree->node_bytes, SQLITE_STATIC);
    return db_statement_run(tree->db, tree->put_node, writing, tree->err);
}

static size_t groups_of(const struct db_rtree *tree, size_t n)
{
    return n ? (n + tree->room - 1) / tree->room : 1;
}

/* Writes one level: n entries in nodes that are filled alike, numbered from `first` on, or the
 * root. The entries are replaced by those of the level above; `node_of`, if given, gets the
 * node of each entry. */
static bool put_level(struct db_rtree *tree, unsigned height, int64_t first,
                      struct db_rtree_entry *entries, size_t n, int64_t *node_of)
{
    size_t groups = groups_of(tree, n);
    for (size_t g = 0; g < groups; g++) {
        size_t from = g * n / groups, to = (g + 1) * n / groups;
        int64_t number = groups == 1 ? ROOT : first + (int64_t)g;
        struct db_rtree_entry whole;
        for (size_t i = from; i < to; i++) {
            if (node_of)
                node_of[i] = number;
            else if (!run(tree, tree->put_parent, entries[i].id, number))
                return false;
        }
        if (!put_node(tree, number, height, entries + from, to - from, &whole))
            return false;
        entries[g] = whole;
    }
    return true;
}

static bool put_rows(struct db_rtree *tree, const struct db_rtree_entry *entries,
                     const struct db_rtree_place *places, const int64_t *node_of, size_t n)
{
    int64_t *by_entry = malloc((n + 1) * sizeof *by_entry);
    if (!by_entry)
        return err_no_memory(tree->err);
    for (size_t i = 0; i < n; i++)
        by_entry[places[i].entry] = node_of[i];
    bool ok = true;
    for (size_t i = 0; i < n && ok; i++)
        ok = run(tree, tree->put_rowid, entries[i].id, by_entry[i]);
    free(by_entry);
    return ok;
}

static bool put_tree(struct db_rtree *tree, const struct db_rtree_entry *entries, size_t n)
{
    struct db_rtree_place *places = in_order(entries, n);
    struct db_rtree_entry *level = malloc((n + 1) * sizeof *level);
    int64_t *node_of = malloc((n + 1) * sizeof *node_of);
    bool ok = (places && level && node_of) || err_no_memory(tree->err);
    for (size_t i = 0; i < n && ok; i++)
        level[i] = entries[places[i].entry];
    ok = ok && put_level(tree, 0, ROOT + 1, level, n, node_of) &&
         put_rows(tree, entries, places, node_of, n);
    int64_t first = ROOT + 1;
    unsigned height = 0;
    for (size_t groups = groups_of(tree, n); ok && groups > 1; groups = groups_of(tree, groups)) {
        first += (int64_t)groups;
        ok = put_level(tree, ++height, first, level, groups, NULL);
    }
    free(node_of);
    free(level);
    free(places);
    return ok;
}

/* The tree ------------------------------------------------------------------ */

static sqlite3_stmt *prepare(struct db *db, const char *format, const char *name, struct err *err)
{
    char sql[256];
    int len = snprintf(sql, sizeof sql, format, name);
    if (len >= 0 && (size_t)len < sizeof sql)
        return db_statement(db, sql, err);
    err_set(err, ERR_SETUP, "%s: nombre demasiado largo", name);
    return NULL;
}

static bool run_once(struct db *db, const char *format, const char *name, struct err *err)
{
    sqlite3_stmt *statement = prepare(db, format, name, err);
    bool ok = statement && db_statement_run(db, statement, writing, err);
    sqlite3_finalize(statement);
    return ok;
}

/* The size of a node, which the page size had a part in when the tree was created. */
static bool read_size(struct db_rtree *tree, const char *name)
{
    sqlite3_stmt *read =
        prepare(tree->db, "SELECT length(data) FROM \"%s_node\" WHERE nodeno = 1", name, tree->err);
    if (!read)
        return false;
    bool there = sqlite3_step(read) == SQLITE_ROW;
    int64_t size = there ? sqlite3_column_int64(read, 0) : 0;
    sqlite3_finalize(read);
    if (size < NODE_MIN || size > NODE_MAX)
        return err_set(tree->err, ERR_DEPENDENCY, "%s: %s está dañado: %s", writing, name,
                       db_why(SQLITE_CORRUPT));
    tree->node_bytes = (size_t)size;
    tree->room = (tree->node_bytes - HEAD) / CELL;
    tree->room -= tree->room / SPARE;
    return true;
}

bool db_rtree_write(struct db *db, const char *name, const struct db_rtree_entry *entries, size_t n,
                    struct err *err)
{
    struct db_rtree tree = {.db = db, .room = 1, .err = err};
    bool ok = n <= UINT32_MAX || err_set(err, ERR_SETUP, "%s: demasiados registros", name);
    ok = ok && read_size(&tree, name) && run_once(db, "DELETE FROM \"%s_rowid\"", name, err) &&
         run_once(db, "DELETE FROM \"%s_parent\"", name, err) &&
         run_once(db, "DELETE FROM \"%s_node\"", name, err);
    ok = ok && ((tree.node = malloc(tree.node_bytes + 1)) != NULL || err_no_memory(err));
    ok = ok &&
         (tree.put_node = prepare(db, "INSERT INTO \"%s_node\" VALUES (?1, ?2)", name, err)) &&
         (tree.put_rowid = prepare(db, "INSERT INTO \"%s_rowid\" VALUES (?1, ?2)", name, err)) &&
         (tree.put_parent = prepare(db, "INSERT INTO \"%s_parent\" VALUES (?1, ?2)", name, err)) &&
         put_tree(&tree, entries, n);
    sqlite3_finalize(tree.put_node);
    sqlite3_finalize(tree.put_rowid);
    sqlite3_finalize(tree.put_parent);
    free(tree.node);
    return ok;
}
