/* import_replaced.c - tells a record that is corrected from another one that has its code.
 *
 * Two teams that number their records from 1 would else replace each other's. It is another record
 * if its name has hardly a word of the stored one, and it lies elsewhere: in another municipality
 * as declared, or far away. Layers without names are told by their day. */
#include <string.h>

#include "geo/base/text.h"
#include "geo/fields/name_words.h"
#include "geo/import/import_run.h"
#include "geo/place/measure.h"

/* Metres: no GPS and no correction of a coordinate is so far off, and means the same place. */
static const double far_m = 50e3;

static const char *text_of(const struct import_run *run, const struct geo_record *record,
                           const char *field)
{
    int index = geo_table_field(run->table, field);
    return index >= 0 ? geo_record_text(record, index) : NULL;
}

/* By its name, or by its day where records have no name. Sets *what of both. */
static bool is_called_otherwise(struct import_run *run, const struct geo_record *record,
                                const char *what[2])
{
    const char *field = geo_table_field(run->table, "nombre") >= 0 ? "nombre" : "fecha";
    what[0] = text_of(run, run->stored, field);
    what[1] = text_of(run, record, field);
    if (!what[0] || !what[1] || strcmp(what[0], what[1]) == 0)
        return false;
    return strcmp(field, "fecha") == 0 ? strcmp(what[0], what[1]) != 0
                                       : name_words_differ(run->row, what[0], what[1]);
}

static bool are_far(const struct geo_record *one, const struct geo_record *two)
{
    double a[2], b[2];
    if (one->wkb_len != 21 || two->wkb_len != 21)
        return false;
    memcpy(a, one->wkb + 5, sizeof a);
    memcpy(b, two->wkb + 5, sizeof b);
    return geo_measure_distance(a[0], a[1], b[0], b[1]) > far_m;
}

/* Sets *where of both to what they declare; empty: nothing. */
static bool lies_elsewhere(struct import_run *run, const struct geo_record *record,
                           const char *where[2])
{
    static const char *const fields[] = {"municipio_codigo", "municipio_nombre"};
    where[0] = where[1] = "";
    for (size_t f = 0; f < 2; f++) {
        const char *one = text_of(run, run->stored, fields[f]);
        const char *two = text_of(run, record, fields[f]);
        if (!one || !two)
            continue;
        where[0] = one;
        where[1] = two;
        const char *folded = text_fold(run->row, one), *other = text_fold(run->row, two);
        return (folded && other && strcmp(folded, other) != 0) || are_far(run->stored, record);
    }
    return are_far(run->stored, record);
}

/* What is stored came with the same source, which is told (import_keys.c). */
static bool is_repeated(const struct import_run *run)
{
    for (size_t i = 0; i < run->faults.n; i++)
        if (run->faults.items[i].repeated)
            return true;
    return false;
}

void import_check_replaced(struct import_run *run, const struct geo_record *record)
{
    const char *what[2], *where[2];
    if (!run->stored || !run->table->linked || run->over_simulated || run->options->replace ||
        is_repeated(run) || !is_called_otherwise(run, record, what) ||
        !lies_elsewhere(run, record, where))
        return;
    bool told = where[0][0] != '\0';
    import_refuse(run, run->table->key[0],
                  "el código ya es de otro registro cargado, «%.*s»%s%s%s, y aquí es «%.*s»%s%s%s: "
                  "si es otro, dele otro código; si es el mismo, cárguelo con --replace",
                  text_cut(what[0], 60), what[0], told ? " (" : "", where[0], told ? ")" : "",
                  text_cut(what[1], 60), what[1], told ? " (" : ", lejos de allí", where[1],
                  told ? ")" : "");
}
