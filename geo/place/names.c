/* names.c - finds a municipality by its name, or suggests similar names. */
#include "geo/place/names.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/arena.h"
#include "geo/base/array.h"
#include "geo/base/buf.h"
#include "geo/base/text.h"
#include "geo/place/names_words.h"

/* How exactly a spelling matches. A looser level is only tried if the stricter ones have
 * no match. */
enum level {
    LEVEL_ALIAS,    /* an alias of the store */
    LEVEL_EXACT,    /* folded */
    LEVEL_EXPANDED, /* titles dropped, abbreviations spelt out */
    LEVEL_SQUEEZED, /* articles and blanks dropped; with the province's name */
    LEVELS,
};

struct names_key {
    enum level level;
    const char *text;
    int unit;
};

struct geo_names {
    const struct geo_edition *edition;
    struct arena *arena;
    struct names_key *keys; /* sorted by level, text, unit */
    size_t n, cap;
    const char **departments; /* of each unit, folded; may be "" */
    bool *is_chaco;
};

static int compare_keys(const void *left, const void *right)
{
    const struct names_key *a = left, *b = right;
    if (a->level != b->level)
        return a->level < b->level ? -1 : 1;
    int order = strcmp(a->text, b->text);
    return order ? order : (a->unit > b->unit) - (a->unit < b->unit);
}

/* The first key of that level and text, and how many there are. */
static const struct names_key *lookup(const struct geo_names *names, enum level level,
                                      const char *text, size_t *n)
{
    struct names_key wanted = {level, text, -1};
    size_t low = 0, high = names->n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_keys(&names->keys[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (*n = 0; low + *n < names->n && names->keys[low + *n].level == level &&
                 strcmp(names->keys[low + *n].text, text) == 0;)
        ++*n;
    return names->keys + low;
}

static bool add(struct geo_names *names, enum level level, const char *text, int unit)
{
    if (!text)
        return false;
    if (!*text)
        return true;
    if (!array_reserve(names->keys, names->cap, names->n + 1))
        return false;
    names->keys[names->n++] = (struct names_key){level, text, unit};
    return true;
}

static bool add_spellings(struct geo_names *names, const char *folded, int unit)
{
    if (!folded)
        return false;
    char *expanded = names_expand(names->arena, folded, 0);
    return expanded && add(names, LEVEL_EXACT, folded, unit) &&
           add(names, LEVEL_EXPANDED, expanded, unit) &&
           add(names, LEVEL_SQUEEZED, names_squeeze(names->arena, expanded), unit);
}

/* "San Ignacio" of the province Velasco is also "San Ignacio de Velasco". */
static bool add_with_province(struct geo_names *names, const char *folded, const char *provincia,
                              int unit)
{
    char *province = text_fold(names->arena, provincia);
    if (!province)
        return false;
    if (!*province)
        return true;
    const char *last = strrchr(province, ' ');
    char *whole = arena_printf(names->arena, "%s %s", folded, province);
    char *brief = arena_printf(names->arena, "%s %s", folded, last ? last + 1 : province);
    return whole && brief && add(names, LEVEL_SQUEEZED, names_squeeze(names->arena, whole), unit) &&
           add(names, LEVEL_SQUEEZED, names_squeeze(names->arena, brief), unit);
}

static bool add_unit(struct geo_names *names, int index)
{
    const struct geo_unit *unit = geo_edition_unit(names->edition, (size_t)index);
    char *forms[NAMES_FORMS];
    char *department = text_fold(names->arena, unit->departamento);
    char *uo = text_fold(names->arena, unit->uo);
    if (!department || !uo || !names_forms(names->arena, unit->nombre, forms))
        return false;
    const char *known = names_department(department);
    names->departments[index] = known ? known : department;
    names->is_chaco[index] = strcmp(uo, "chaco") == 0;
    for (int i = 0; i < NAMES_FORMS; i++)
        if (forms[i] && !add_spellings(names, forms[i], index))
            return false;
    const char *plain = forms[1] && *forms[1] ? forms[1] : forms[0];
    return add_with_province(names, plain, unit->provincia, index);
}

struct alias_sink {
    struct geo_names *names;
    bool ok;
};

static bool take_alias(void *arg, const char *alias, const char *codigo)
{
    struct alias_sink *sink = arg;
    struct geo_names *names = sink->names;
    int unit = geo_edition_find(names->edition, codigo);
    char *folded = unit < 0 ? NULL : text_fold(names->arena, alias);
    /* An alias for a code of another edition is ignored. */
    sink->ok = unit < 0 || (folded && add(names, LEVEL_ALIAS, folded, unit) &&
                            add(names, LEVEL_ALIAS, names_expand(names->arena, folded, 0), unit));
    return sink->ok;
}

static void sort(struct geo_names *names)
{
    if (names->n)
        qsort(names->keys, names->n, sizeof *names->keys, compare_keys);
}

static bool add_known_aliases(struct geo_names *names)
{
    sort(names);
    size_t sorted = names->n;
    for (const struct names_alias *alias = names_aliases; alias->alias; alias++) {
        int unit = geo_edition_find(names->edition, alias->codigo);
        size_t taken, all = names->n;
        if (unit < 0 || strcmp(names->departments[unit], alias->departamento) != 0)
            continue;
        names->n = sorted;
        lookup(names, LEVEL_EXPANDED, alias->alias, &taken);
        names->n = all;
        if (taken == 0 && !add_spellings(names, alias->alias, unit))
            return false;
    }
    return true;
}

struct geo_names *geo_names_build(const struct geo_edition *edition, struct geo_store *store,
                                  struct err *err)
{
    size_t n = geo_edition_count(edition);
    struct geo_names *names = calloc(1, sizeof *names);
    if (!names)
        goto no_memory;
    names->edition = edition;
    names->arena = arena_new();
    names->departments = calloc(n + 1, sizeof *names->departments);
    names->is_chaco = calloc(n + 1, sizeof *names->is_chaco);
    if (!names->arena || !names->departments || !names->is_chaco)
        goto no_memory;
    for (size_t i = 0; i < n; i++)
        if (!add_unit(names, (int)i))
            goto no_memory;
    if (!add_known_aliases(names))
        goto no_memory;
    struct alias_sink sink = {names, true};
    if (store && !geo_store_aliases(store, take_alias, &sink, err))
        goto failed;
    if (!sink.ok)
        goto no_memory;
    sort(names);
    return names;
no_memory:
    err_no_memory(err);
failed:
    geo_names_free(names);
    return NULL;
}

void geo_names_free(struct geo_names *names)
{
    if (!names)
        return;
    arena_free(names->arena);
    free(names->keys);
    free(names->departments);
    free(names->is_chaco);
    free(names);
}

/* Finding ------------------------------------------------------------------- */

struct question {
    char *forms[NAMES_FORMS];
    const char *department; /* NULL: none, or unknown */
};

static bool lies_in(const struct geo_names *names, int unit, const char *department)
{
    if (!department)
        return true;
    return strcmp(department, "chaco") == 0 ? names->is_chaco[unit]
                                            : strcmp(names->departments[unit], department) == 0;
}

/* Adds the units of a key that lie in the department; *elsewhere gets the
 * first that do not. */
static void gather(const struct geo_names *names, enum level level, const char *text,
                   const char *department, struct geo_names_match *found,
                   struct geo_names_match *elsewhere)
{
    size_t n;
    const struct names_key *key = lookup(names, level, text, &n);
    for (size_t i = 0; i < n; i++) {
        struct geo_names_match *into = lies_in(names, key[i].unit, department) ? found : elsewhere;
        bool known = into->n_candidates == GEO_NAMES_CANDIDATES;
        for (size_t k = 0; k < into->n_candidates; k++)
            known = known || into->candidates[k] == key[i].unit;
        if (!known)
            into->candidates[into->n_candidates++] = key[i].unit;
    }
}

static void ask_form(const struct geo_names *names, struct arena *arena, enum level level,
                     const char *form, const char *department, struct geo_names_match *found,
                     struct geo_names_match *elsewhere)
{
    if (level <= LEVEL_EXACT)
        gather(names, level, form, department, found, elsewhere);
    for (int saint = 0; level != LEVEL_EXACT && saint < NAMES_SAINTS && !found->n_candidates;
         saint++) {
        const char *text = names_expand(arena, form, saint);
        if (text && level == LEVEL_SQUEEZED)
            text = names_squeeze(arena, text);
        if (text)
            gather(names, level, text, department, found, elsewhere);
    }
}

static struct geo_names_match ask(const struct geo_names *names, struct arena *arena,
                                  const struct question *question,
                                  struct geo_names_match *elsewhere)
{
    struct geo_names_match found = {.kind = GEO_NAMES_UNKNOWN, .unit = -1};
    for (int level = LEVEL_ALIAS; level < LEVELS && !found.n_candidates; level++)
        for (int i = 0; i < NAMES_FORMS && !found.n_candidates; i++)
            if (question->forms[i] && *question->forms[i])
                ask_form(names, arena, (enum level)level, question->forms[i], question->department,
                         &found, elsewhere);
    if (found.n_candidates == 1) {
        found.kind = GEO_NAMES_ONE;
        found.unit = found.candidates[0];
        found.n_candidates = 0;
    } else if (found.n_candidates > 1)
        found.kind = GEO_NAMES_AMBIGUOUS;
    return found;
}

/* True if the folded text is the province of the unit, or its last word. */
static bool is_province(struct arena *arena, const struct geo_unit *unit, const char *text)
{
    const char *province = text_fold(arena, unit->provincia);
    const char *last = province ? strrchr(province, ' ') : NULL;
    return province && (strcmp(province, text) == 0 || (last && strcmp(last + 1, text) == 0));
}

/* The name, and what stands behind it in parentheses, if these are two municipalities. The second
 * may be the province of the first: "Tarabuco (Yamparáez)". */
static void ask_parentheses(const struct geo_names *names, struct arena *arena,
                            const struct question *question, struct geo_names_match *match)
{
    struct geo_names_match found[NAMES_FORMS], elsewhere = {.n_candidates = 0};
    if (!question->forms[2])
        return;
    for (int i = 0; i < NAMES_FORMS; i++) {
        struct question form = {{question->forms[i]}, question->department};
        found[i] = ask(names, arena, &form, &elsewhere);
    }
    if (found[0].kind != GEO_NAMES_UNKNOWN || found[1].kind != GEO_NAMES_ONE ||
        found[2].kind != GEO_NAMES_ONE || found[1].unit == found[2].unit ||
        is_province(arena, geo_edition_unit(names->edition, (size_t)found[1].unit),
                    question->forms[2]))
        return;
    *match = (struct geo_names_match){GEO_NAMES_TWO, -1, 2, {found[1].unit, found[2].unit}};
}

/* The units nearest in spelling; those of the department first. */
static void suggest(const struct geo_names *names, struct arena *arena, const char *folded,
                    const char *department, struct geo_names_match *match)
{
    const char *text = names_expand(arena, folded, 0);
    int ranks[GEO_NAMES_CANDIDATES] = {0};
    if (!text || !*text)
        return;
    int len = (int)strlen(text), most = len < 5 ? 1 : len < 9 ? 2 : len / 3;
    for (size_t i = 0; i < names->n; i++) {
        const struct names_key *key = &names->keys[i];
        if (key->level != LEVEL_EXPANDED)
            continue;
        int apart = names_edits(text, key->text, most);
        if (apart > most)
            continue;
        int rank = 2 * apart + !lies_in(names, key->unit, department);
        size_t at = match->n_candidates;
        for (size_t k = 0; k < match->n_candidates; k++)
            if (match->candidates[k] == key->unit)
                at = k;
        if (at < match->n_candidates && ranks[at] <= rank)
            continue;
        if (at == match->n_candidates) {
            if (at < GEO_NAMES_CANDIDATES)
                match->n_candidates++;
            else if (ranks[--at] <= rank)
                continue;
        }
        for (; at > 0 && ranks[at - 1] > rank; at--) {
            ranks[at] = ranks[at - 1];
            match->candidates[at] = match->candidates[at - 1];
        }
        ranks[at] = rank;
        match->candidates[at] = key->unit;
    }
}

/* Splits off a department after the name: "San Pedro (Pando)", "Entre Ríos, Tarija", "San
 * Pedro - Pando". It is used if no department is declared. */
static bool ask_what(struct arena *arena, const char *nombre, const char *departamento,
                     struct question *question)
{
    char *folded = departamento ? text_fold(arena, departamento) : NULL;
    question->department = folded && *folded ? names_department(folded) : NULL;
    static const char *const parts[] = {"(", ",", " - ", "/"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const char *last = NULL;
        for (const char *at = strstr(nombre, parts[i]); at; at = strstr(at + 1, parts[i]))
            last = at;
        char *tail = last ? text_fold(arena, last) : NULL;
        const char *department = tail ? names_department(tail) : NULL;
        if (!department || last == nombre)
            continue;
        question->department = question->department ? question->department : department;
        nombre = arena_strndup(arena, nombre, (size_t)(last - nombre));
        if (!nombre)
            return false;
        break;
    }
    return names_forms(arena, nombre, question->forms);
}

/* The unit whose INE code was written instead of a name, maybe without its leading zero, or as a
 * P-code: "bo010101". */
static int unit_of_code(const struct geo_edition *edition, const char *text)
{
    if (strncmp(text, "bo", 2) == 0)
        text += 2 + strspn(text + 2, " -");
    size_t n = strspn(text, "0123456789");
    char code[7] = "0";
    if (text[n] || (n != 5 && n != 6))
        return -1;
    memcpy(code + (6 - n), text, n + 1);
    return geo_edition_find(edition, code);
}

/* A code and a name in one text have to mean one municipality. */
static struct geo_names_match find_both(const struct geo_names *names, const char *code,
                                        const char *nombre, const char *departamento)
{
    struct geo_names_match named = geo_names_find(names, nombre, departamento);
    int unit = geo_edition_find(names->edition, code);
    bool same = unit >= 0 && named.unit == unit;
    for (size_t i = 0; named.kind == GEO_NAMES_AMBIGUOUS && unit >= 0 && i < named.n_candidates;
         i++)
        same = same || named.candidates[i] == unit;
    return (struct geo_names_match){.kind = same ? GEO_NAMES_ONE : GEO_NAMES_UNKNOWN,
                                    .unit = same ? unit : -1};
}

struct geo_names_match geo_names_find(const struct geo_names *names, const char *nombre,
                                      const char *departamento)
{
    struct geo_names_match match = {.kind = GEO_NAMES_UNKNOWN, .unit = -1};
    struct geo_names_match elsewhere = match;
    struct question question = {.department = NULL};
    struct arena *arena = nombre ? arena_new() : NULL;
    bool digits = arena && strpbrk(nombre, "0123456789"); /* most names have none */
    char *folded = digits ? text_fold(arena, nombre) : NULL, code[7];
    const char *name;
    if (folded && names_split_code(arena, folded, code, &name)) {
        match = find_both(names, code, name, departamento);
        goto done;
    }
    if (!arena || !ask_what(arena, nombre, departamento, &question) || !*question.forms[0])
        goto done;
    int coded = unit_of_code(names->edition, question.forms[0]);
    if (coded >= 0) {
        match.kind = GEO_NAMES_ONE;
        match.unit = coded;
        goto done;
    }
    match = ask(names, arena, &question, &elsewhere);
    if (match.kind == GEO_NAMES_ONE)
        ask_parentheses(names, arena, &question, &match);
    if (match.kind == GEO_NAMES_UNKNOWN && elsewhere.n_candidates)
        match = elsewhere; /* the name exists, in another department */
    else if (match.kind == GEO_NAMES_UNKNOWN)
        suggest(names, arena, question.forms[0], question.department, &match);
done:
    arena_free(arena);
    return match;
}

bool geo_names_explain(const struct geo_names *names, const char *nombre,
                       const struct geo_names_match *match, struct err *err)
{
    struct buf list;
    int shown = text_cut(nombre, 100);
    buf_init(&list);
    for (size_t i = 0; i < match->n_candidates; i++) {
        const struct geo_unit *unit =
            geo_edition_unit(names->edition, (size_t)match->candidates[i]);
        buf_printf(&list, "%s%s (%s, %s)", i ? ", " : "", unit->nombre, unit->departamento,
                   unit->codigo);
    }
    if (buf_failed(&list))
        err_no_memory(err);
    else if (match->kind == GEO_NAMES_ONE)
        err_set(err, ERR_INPUT, "%.*s: %s", shown, nombre,
                geo_edition_unit(names->edition, (size_t)match->unit)->nombre);
    else if (match->kind == GEO_NAMES_AMBIGUOUS)
        err_set(err, ERR_INPUT,
                "%.*s: hay %zu municipios con ese nombre: %s; indique el departamento o el código",
                shown, nombre, match->n_candidates, list.data);
    else if (match->kind == GEO_NAMES_TWO)
        err_set(err, ERR_INPUT, "%.*s: nombra dos municipios: %s; escriba uno solo, o su código",
                shown, nombre, list.data);
    else if (match->n_candidates && geo_names_find(names, nombre, NULL).kind != GEO_NAMES_UNKNOWN)
        err_set(err, ERR_INPUT, "%.*s: no está en el departamento indicado; hay %s", shown, nombre,
                list.data);
    else if (match->n_candidates)
        err_set(err, ERR_INPUT,
                "%.*s: no hay un municipio con ese nombre en la edición %s; los más parecidos: %s",
                shown, nombre, geo_edition_codigo(names->edition), list.data);
    else
        err_set(err, ERR_INPUT,
                "%.*s: no hay un municipio con ese nombre en la edición %s, ni uno parecido", shown,
                nombre, geo_edition_codigo(names->edition));
    buf_free(&list);
    return false;
}
