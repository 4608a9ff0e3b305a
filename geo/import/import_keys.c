/* import_keys.c - finds a second record with the key of an earlier one, among millions. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/hash.h"
#include "geo/base/text.h"
#include "geo/import/import_run.h"

struct import_key {
    uint64_t hash;
    const struct import_table *table;
    int64_t line;
    char text[]; /* and after its end, of a stored code, the code as it is stored */
};

/* Hash tables with open addressing: `cap` is a power of two, at least a third is free. */
struct import_keys {
    struct arena *arena; /* of the keys */
    const struct import_key **slots;
    size_t n, cap;
};

enum { FIRST_CAP = 1024 };

static struct import_keys *keys_of(void **made)
{
    struct import_keys *keys = *made;
    if (keys)
        return keys;
    *made = keys = calloc(1, sizeof *keys);
    if (keys)
        keys->arena = arena_new();
    return keys && keys->arena ? keys : NULL;
}

/* The slot of an equal key, or the free one where it belongs. */
static const struct import_key **slot_of(const struct import_keys *keys, uint64_t hash,
                                         const char *text)
{
    size_t at = hash & (keys->cap - 1);
    while (keys->slots[at] &&
           (keys->slots[at]->hash != hash || strcmp(keys->slots[at]->text, text) != 0))
        at = (at + 1) & (keys->cap - 1);
    return &keys->slots[at];
}

static bool make_room(struct import_keys *keys)
{
    struct import_keys wider = {keys->arena, NULL, keys->n, keys->cap ? 2 * keys->cap : FIRST_CAP};
    if (keys->n < keys->cap / 3 * 2)
        return true;
    wider.slots = calloc(wider.cap, sizeof *wider.slots);
    if (!wider.slots)
        return false;
    for (size_t i = 0; i < keys->cap; i++)
        if (keys->slots[i])
            *slot_of(&wider, keys->slots[i]->hash, keys->slots[i]->text) = keys->slots[i];
    free(keys->slots);
    *keys = wider;
    return true;
}

static uint64_t hash_of(const char *text)
{
    uint64_t hash = hash_bytes(HASH_START, text, strlen(text));
    return hash ^ hash >> 32;
}

/* Adds the key; as_stored may be NULL. *earlier: an equal one, which stays; NULL: there is none. */
static bool add_key(struct import_keys *keys, const char *text, const char *as_stored,
                    const struct import_table *table, int64_t line,
                    const struct import_key **earlier)
{
    size_t len = strlen(text), more = as_stored ? strlen(as_stored) + 1 : 0;
    uint64_t hash = hash_of(text);
    if (!make_room(keys))
        return false;
    const struct import_key **slot = slot_of(keys, hash, text);
    *earlier = *slot;
    if (*slot)
        return true;
    struct import_key *key = arena_alloc(keys->arena, sizeof *key + len + 1 + more);
    if (!key)
        return false;
    key->hash = hash;
    key->table = table;
    key->line = line;
    memcpy(key->text, text, len + 1);
    if (as_stored)
        memcpy(key->text + len + 1, as_stored, more);
    *slot = key;
    keys->n++;
    return true;
}

/* Writes the values of the key, each after `before`; short memory makes text fail. */
static void put_key(struct buf *text, const struct geo_table *table,
                    const struct geo_record *record, const char *before)
{
    for (int k = 0; table->key[k]; k++) {
        struct geo_value value = record->values[geo_table_field(table, table->key[k])];
        if (k)
            buf_puts(text, before);
        if (value.kind == GEO_TEXT_VALUE)
            buf_puts(text, value.text);
        else if (value.kind == GEO_INT_VALUE)
            buf_printf(text, "%lld", (long long)value.integer);
    }
}

static bool has_value(const struct geo_record *record, int field)
{
    struct geo_value value = record->values[field];
    return value.kind == GEO_INT_VALUE || (value.kind == GEO_TEXT_VALUE && value.text[0]);
}

/* Lakes may have no code: then their names have to tell them apart. */
static bool lacks_code(const struct import_run *run, const struct geo_record *record)
{
    const char *const *key = run->table->key;
    return key[1] && strcmp(key[0], "codigo") == 0 && strcmp(key[1], "nombre") == 0 &&
           !has_value(record, geo_table_field(run->table, "codigo"));
}

static bool repeated_key(struct import_run *run, const struct geo_record *record,
                         const struct import_key *earlier, struct err *err)
{
    struct buf fields, values;
    buf_init(&fields);
    buf_init(&values);
    bool by_name = lacks_code(run, record);
    for (int k = by_name; run->table->key[k]; k++)
        buf_printf(&fields, "%s%s", k > by_name ? ", " : "", run->table->key[k]);
    put_key(&values, run->table, record, by_name ? "" : ", ");
    buf_printf(&fields, " «%s»%s", values.data ? values.data : "",
               by_name ? ", sin código que lo distinga," : "");
    bool ok = (!buf_failed(&fields) && !buf_failed(&values)) || err_no_memory(err);
    if (ok)
        import_refuse_repeated(run, run->table->key[0], fields.data,
                               import_place(run, earlier->table, earlier->line));
    buf_free(&fields);
    buf_free(&values);
    return ok;
}

/* The field by which people tell records apart, which they may write in several ways; -1: none. */
static int name_field(const struct import_run *run, const struct geo_record *record)
{
    const char *const *key = run->table->key;
    return lacks_code(run, record) ? geo_table_field(run->table, key[1])
           : key[1]                ? -1
                                   : geo_table_field(run->table, "codigo");
}

static const char *name_of_field(const struct import_run *run)
{
    return run->table->key[1] ? "nombre" : "código";
}

/* The code without case, accents and marks: "x-1", "X–1" and "X 1" are one. Lives in run->row. */
static const char *folded_code(struct import_run *run, const char *codigo)
{
    size_t len = strlen(codigo);
    if (text_ascii_len(codigo, len) < len)
        return text_fold(run->row, codigo);
    char *folded = arena_strndup(run->row, codigo, len), *out = folded;
    for (const char *at = folded; folded && *at; at++) {
        bool mark = !isalnum((unsigned char)*at);
        if (!mark)
            *out++ = (char)tolower((unsigned char)*at);
        else if (out > folded && out[-1] != ' ' && at[1])
            *out++ = ' ';
    }
    if (folded)
        *out = '\0';
    return folded;
}

/* Digits alone are told apart by themselves. */
static bool is_digits(const char *code)
{
    return !code[strspn(code, "0123456789")];
}

/* The stored codes while they are read. */
struct import_stored_codes {
    struct import_run *run;
    struct import_keys *keys;
    bool failed; /* short memory */
};

static bool take_stored_code(void *arg, const struct geo_record *record)
{
    struct import_stored_codes *codes = arg;
    const struct import_key *earlier;
    int field = name_field(codes->run, record);
    const char *text = field >= 0 ? geo_record_text(record, field) : NULL;
    if (!text || is_digits(text))
        return true;
    const char *folded = folded_code(codes->run, text);
    codes->failed = !folded || !add_key(codes->keys, folded, text, NULL, 0, &earlier);
    return !codes->failed;
}

static bool read_stored_codes(struct import_run *run, struct import_keys *keys, struct err *err)
{
    struct import_stored_codes codes = {.run = run, .keys = keys};
    bool *fields = arena_array(run->row, run->table->n_fields, sizeof *fields);
    if (!fields || !make_room(keys))
        return err_no_memory(err);
    fields[geo_table_field(run->table, "codigo")] = true;
    if (run->table->key[1])
        fields[geo_table_field(run->table, run->table->key[1])] = true;
    struct geo_query query = {.no_geometry = true, .fields = fields};
    return geo_store_each(run->store, run->table, &query, take_stored_code, &codes, err) &&
           (!codes.failed || err_no_memory(err));
}

/* Of a record that is not stored: warns of a stored code that differs as people write one code
 * differently. The stored codes are read once, before the first such record is written. */
static bool compare_stored_code(struct import_run *run, const char *text, const char *folded,
                                struct err *err)
{
    bool first = !run->stored_codes;
    struct import_keys *keys = keys_of(&run->stored_codes);
    if (!keys)
        return err_no_memory(err);
    if (first && !read_stored_codes(run, keys, err))
        return false;
    const struct import_key *found = *slot_of(keys, hash_of(folded), folded);
    const char *stored = found ? found->text + strlen(found->text) + 1 : text;
    if (strcmp(stored, text) != 0)
        import_warn(run, run->table->key[1] ? run->table->key[1] : "codigo",
                    "el %s «%s» se distingue del guardado «%s» solo por mayúsculas, acentos o "
                    "signos: si son el mismo, escríbalo igual",
                    name_of_field(run), text, stored);
    return true;
}

/* Warns of a code that differs from an earlier one as people write one code differently. */
static bool compare_code(struct import_run *run, const struct geo_record *record, int64_t line,
                         struct err *err)
{
    const struct import_key *earlier = NULL;
    int field = name_field(run, record);
    const char *text = field >= 0 ? geo_record_text(record, field) : NULL;
    if (!text || is_digits(text))
        return true;
    const char *folded = folded_code(run, text);
    struct import_keys *codes = folded ? keys_of(&run->codes) : NULL;
    if (!codes || !add_key(codes, folded, NULL, run->at, line, &earlier))
        return err_no_memory(err);
    if (!earlier)
        return run->stored || (run->table->bounds && !run->table->key[1]) ||
               compare_stored_code(run, text, folded, err);
    import_warn(run, run->table->fields[field].name,
                "el %s «%s» se distingue del de otro registro (%s) solo por "
                "mayúsculas, acentos o signos: si son el mismo, escríbalos igual",
                name_of_field(run), text, import_place(run, earlier->table, earlier->line));
    return true;
}

bool import_check_key(struct import_run *run, const struct geo_record *record, int64_t line,
                      struct err *err)
{
    struct buf text;
    const struct import_key *earlier = NULL;
    struct import_keys *keys = keys_of(&run->keys);
    buf_init(&text);
    put_key(&text, run->table, record, "\x1f");
    bool ok = keys && !buf_failed(&text) &&
              add_key(keys, text.data ? text.data : "", NULL, run->at, line, &earlier);
    buf_free(&text);
    if (!ok)
        return err_no_memory(err);
    return earlier ? repeated_key(run, record, earlier, err) : compare_code(run, record, line, err);
}

static void forget(void **made)
{
    struct import_keys *keys = *made;
    if (!keys)
        return;
    arena_free(keys->arena);
    free(keys->slots);
    free(keys);
    *made = NULL;
}

void import_forget_keys(struct import_run *run)
{
    forget(&run->keys);
    forget(&run->codes);
    forget(&run->stored_codes);
}
