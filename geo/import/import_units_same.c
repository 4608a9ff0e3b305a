/* import_units_same.c - checks that codes of an edition mean what they meant before.
 *
 * Codes that slipped by a row, were exchanged, or are those of departments cover the country as
 * well as the right ones do, and every record would be counted elsewhere. */
#include <stdlib.h>
#include <string.h>

#include "geo/fields/name_words.h"
#include "geo/import/import_units.h"

enum {
    NAMED = 8,       /* codes in a message */
    STRANGE_PCT = 5, /* of the codes may be missing */
};

/* Codes of which something is to be said, as "010102, 010103, …". */
struct units_same_list {
    size_t n;
    struct buf codes;
};

static void list_add(struct units_same_list *list, const char *codigo)
{
    if (list->n++ < NAMED)
        buf_printf(&list->codes, "%s%s", list->n > 1 ? ", " : "", codigo);
}

static int by_code(const void *key, const void *unit)
{
    return strcmp(key, ((const struct import_unit *)unit)->fields[UNIT_CODIGO]);
}

/* What the current edition's municipalities are in the new one. */
struct units_same_lists {
    struct units_same_list missing, renamed, far;
};

static void compare(struct import_run *run, const struct import_units *units,
                    const struct import_units_earlier *earlier, struct units_same_lists *lists)
{
    for (size_t i = 0; i < earlier->n; i++) {
        const char *codigo = earlier->places[i].codigo, *before = earlier->names[i];
        const struct import_unit *unit =
            bsearch(codigo, units->all, units->n, sizeof *units->all, by_code);
        const char *now = unit ? unit->fields[UNIT_NOMBRE] : NULL;
        if (!unit) {
            if (earlier->places[i].covered) /* else that is told */
                list_add(&lists->missing, codigo);
        } else if (before[0] && now && !name_words_meet(run->row, before, now)) {
            const char *both =
                arena_printf(run->kept, "%s («%s», antes «%s»)", codigo, now, before);
            list_add(&lists->renamed, both ? both : codigo);
        }
        if (unit && earlier->places[i].far)
            list_add(&lists->far, codigo);
    }
}

static void say(struct import_run *run, const struct units_same_list *list, const char *one,
                const char *many)
{
    if (list->n == 0 || buf_failed(&list->codes))
        return;
    const char *text = arena_printf(run->kept, "%s%s: %s", list->codes.data,
                                    list->n > NAMED ? ", …" : "", list->n == 1 ? one : many);
    if (text)
        import_units_tell(run, text);
}

static void tell(struct import_run *run, const struct units_same_lists *lists)
{
    say(run, &lists->missing, "está en la edición vigente y no en esta",
        "están en la edición vigente y no en esta");
    say(run, &lists->renamed,
        "tiene otro nombre en la edición vigente; vea si su código es el suyo",
        "tienen otro nombre en la edición vigente; vea si sus códigos son los suyos");
    say(run, &lists->far,
        "está lejos de donde lo tiene la edición vigente; vea si su código es el suyo",
        "están lejos de donde los tiene la edición vigente; vea si sus códigos son los suyos");
}

static void put_list(struct buf *out, const char *words, const struct units_same_list *list)
{
    if (list->n)
        buf_printf(out, "%s %zu %s (%s%s)", out->len ? ";" : "", list->n, words,
                   list->codes.data ? list->codes.data : "", list->n > NAMED ? ", …" : "");
}

static bool refuse(const struct import_units_earlier *earlier, const struct geo_cover *cover,
                   const struct units_same_lists *lists, struct err *err)
{
    struct buf what;
    buf_init(&what);
    put_list(&what, "no están", &lists->missing);
    put_list(&what, "tienen otro nombre", &lists->renamed);
    if (cover->elsewhere)
        buf_printf(&what, "%s %zu están donde esta edición tiene otro", what.len ? ";" : "",
                   cover->elsewhere);
    err_set(err, ERR_INPUT,
            "sus códigos no son los de los %zu municipios de la edición vigente (%s):%s. Si están "
            "corridos o son de otra división, corríjalos; si el país se dividió de nuevo, cárguela "
            "con --replace, y para compararla sin que sea la vigente, con --keep-current",
            earlier->n, earlier->edition, what.data ? what.data : "");
    buf_free(&what);
    return false;
}

bool import_units_same(struct import_run *run, const struct import_units *units,
                       const struct import_units_earlier *earlier, const struct geo_cover *cover,
                       struct err *err)
{
    struct units_same_lists lists = {0};
    buf_init(&lists.missing.codes);
    buf_init(&lists.renamed.codes);
    buf_init(&lists.far.codes);
    compare(run, units, earlier, &lists);
    bool strange = 100 * lists.missing.n > STRANGE_PCT * earlier->n || geo_cover_is_shifted(cover);
    bool ok = !strange || run->options->replace || refuse(earlier, cover, &lists, err);
    if (ok)
        tell(run, &lists);
    buf_free(&lists.missing.codes);
    buf_free(&lists.renamed.codes);
    buf_free(&lists.far.codes);
    return ok;
}
