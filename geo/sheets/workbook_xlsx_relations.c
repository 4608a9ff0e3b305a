/* workbook_xlsx_relations.c - which files of an XLSX workbook belong to one of them. */
#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "geo/sheets/workbook_xlsx_internal.h"

enum { RELATIONS = 1, RELATION };

static const struct workbook_xml_rule rules[] = {
    {WORKBOOK_XML_ROOT, "Relationships", RELATIONS},
    {RELATIONS, "Relationship", RELATION},
    {0},
};

struct relations_reading {
    struct geo_workbook *workbook;
    const char *part;
    const char *const *types; /* wanted; NULL: all */
    struct workbook_relation *found;
    size_t n, cap;
};

/* The bytes of the path before its file, with the last '/'. */
static size_t folder_length(const char *part)
{
    const char *slash = strrchr(part, '/');
    return slash ? (size_t)(slash + 1 - part) : 0;
}

/* Removes the components "." and ".." of a path, in place. */
static void normalize(char *path)
{
    char *to = path;
    for (char *from = path; *from;) {
        size_t len = strcspn(from, "/");
        char *next = from + len + (from[len] == '/');
        bool dot = len == 1 && from[0] == '.', up = len == 2 && from[0] == '.' && from[1] == '.';
        if (up) {
            if (to > path) /* back over the '/' that ends the last component, and over that */
                for (to--; to > path && to[-1] != '/';)
                    to--;
        } else if (!dot) {
            memmove(to, from, (size_t)(next - from));
            to += next - from;
        }
        from = next;
    }
    *to = '\0';
}

/* The path of a file from the root of the zip: "/xl/a.xml" is one already, "../a.xml" is seen
 * from the folder of `part`. */
static const char *resolve(struct geo_workbook *workbook, const char *part, const char *target,
                           struct err *err)
{
    size_t folder = target[0] == '/' ? 0 : folder_length(part), len = strlen(target);
    if (!workbook_keep(workbook, folder + len + 1, err))
        return NULL;
    char *path = arena_alloc(workbook->arena, folder + len + 1);
    if (!path) {
        err_no_memory(err);
        return NULL;
    }
    memcpy(path, part, folder);
    strcpy(path + folder, target + (target[0] == '/'));
    normalize(path);
    return path;
}

static bool is_wanted(const char *const *types, const char *type)
{
    bool all = !types;
    for (; types && *types; types++)
        if (strcmp(*types, type) == 0)
            return true;
    return all;
}

static bool start(void *arg, int place, const char *const *attributes, struct err *err)
{
    struct relations_reading *reading = arg;
    const char *id = workbook_xml_attribute(attributes, "Id");
    const char *type = workbook_xml_attribute(attributes, "Type");
    const char *target = workbook_xml_attribute(attributes, "Target");
    if (place != RELATION || !id || !type || !target)
        return true;
    const char *word = strrchr(type, '/');
    word = word ? word + 1 : type;
    if (!is_wanted(reading->types, word))
        return true;
    if (!geo_source_within(reading->workbook->limits, GEO_LIMIT_ENTRIES, (int64_t)reading->n + 1,
                           err) ||
        !workbook_keep(reading->workbook, sizeof *reading->found, err))
        return false;
    if (!array_reserve(reading->found, reading->cap, reading->n + 1))
        return err_no_memory(err);
    struct workbook_relation *relation = &reading->found[reading->n++];
    relation->id = workbook_keep_text(reading->workbook, id, strlen(id), err);
    relation->type = workbook_keep_text(reading->workbook, word, strlen(word), err);
    relation->target = resolve(reading->workbook, reading->part, target, err);
    return relation->id && relation->type && relation->target;
}

static bool end(void *arg, int place, struct err *err)
{
    (void)arg, (void)place, (void)err;
    return true;
}

bool workbook_relations(struct geo_workbook *workbook, const char *part, const char *const *types,
                        struct workbook_relation **relations, size_t *n, struct err *err)
{
    static const struct workbook_xml_calls calls = {rules, start, end, NULL};
    struct relations_reading reading = {.workbook = workbook, .part = part, .types = types};
    size_t folder = folder_length(part);
    struct err said = {0};
    const char *file =
        arena_printf(workbook->arena, "%.*s_rels/%s.rels", (int)folder, part, part + folder);
    bool ok = file ? workbook_xml_read(workbook->path, file, &calls, &reading, &said)
                   : err_no_memory(&said);
    if (ok || said.kind == ERR_NOT_FOUND) {
        *relations = reading.found;
        *n = reading.n;
        return true;
    }
    free(reading.found);
    return err_set(err, said.kind, "%s", said.message);
}
