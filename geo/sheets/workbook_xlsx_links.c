/* workbook_xlsx_links.c - cells of a sheet that are links to maps («Ver mapa»). */
#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "geo/sheets/workbook_xlsx_internal.h"
#include "geo/texts/place_text.h"

enum { RELATIONS = 1, RELATION, SHEET, LINKS, LINK };

static const struct workbook_xml_rule relation_rules[] = {
    {WORKBOOK_XML_ROOT, "Relationships", RELATIONS},
    {RELATIONS, "Relationship", RELATION},
    {0},
};

static const struct workbook_xml_rule sheet_rules[] = {
    {WORKBOOK_XML_ROOT, "worksheet", SHEET},
    {SHEET, "hyperlinks", LINKS},
    {LINKS, "hyperlink", LINK},
    {0},
};

/* A range of cells with one link, of which no more than so many are noted. */
enum { RANGE_MOST = 10000 };

struct links_reading {
    const struct geo_source_limits *limits;
    struct workbook_links *links;
    struct link_target {
        const char *id, *target;
    } * targets;
    size_t n, cap;
    size_t bytes;
};

static bool count_bytes(struct links_reading *reading, size_t bytes, struct err *err)
{
    reading->bytes += bytes;
    return geo_source_within(reading->limits, GEO_LIMIT_MEMORY_MB, (int64_t)(reading->bytes >> 20),
                             err);
}

/* Addresses of maps: of thousands of links to anything else nothing is kept. */
static bool start_relation(void *arg, int place, const char *const *attributes, struct err *err)
{
    struct links_reading *reading = arg;
    const char *id = workbook_xml_attribute(attributes, "Id");
    const char *target = workbook_xml_attribute(attributes, "Target");
    if (place != RELATION || !id || !target || !place_text_is(target))
        return true;
    if (!count_bytes(reading, strlen(id) + strlen(target) + sizeof *reading->targets, err))
        return false;
    struct link_target one = {arena_strdup(reading->links->arena, id),
                              arena_strdup(reading->links->arena, target)};
    if (!one.id || !one.target || !array_reserve(reading->targets, reading->cap, reading->n + 1))
        return err_no_memory(err);
    reading->targets[reading->n++] = one;
    return true;
}

static int by_id(const void *a, const void *b)
{
    return strcmp(((const struct link_target *)a)->id, ((const struct link_target *)b)->id);
}

static bool add(struct links_reading *reading, int64_t line, size_t column, const char *target,
                struct err *err)
{
    struct workbook_links *links = reading->links;
    if (!count_bytes(reading, sizeof *links->list, err))
        return false;
    if (!array_reserve(links->list, links->cap, links->n + 1))
        return err_no_memory(err);
    links->list[links->n++] = (struct workbook_link){line, column, target};
    return true;
}

static bool start_link(void *arg, int place, const char *const *attributes, struct err *err)
{
    struct links_reading *reading = arg;
    const char *at = workbook_xml_attribute(attributes, "ref");
    struct link_target key = {.id = workbook_xml_attribute(attributes, "id")};
    int64_t line, last_line, noted = 0;
    size_t column, last_column;
    if (place != LINK || !at || !key.id)
        return true;
    const struct link_target *found =
        bsearch(&key, reading->targets, reading->n, sizeof key, by_id);
    if (!found || !workbook_reference(&at, &line, &column))
        return true;
    last_line = line, last_column = column;
    if (*at == ':' && (at++, !workbook_reference(&at, &last_line, &last_column)))
        return true;
    for (; line <= last_line; line++)
        for (size_t c = column; c <= last_column && noted < RANGE_MOST; c++, noted++)
            if (!add(reading, line, c, found->target, err))
                return false;
    return true;
}

static bool end(void *arg, int place, struct err *err)
{
    (void)arg, (void)place, (void)err;
    return true;
}

static int by_place(const void *a, const void *b)
{
    const struct workbook_link *x = a, *y = b;
    if (x->line != y->line)
        return x->line < y->line ? -1 : 1;
    return (x->column > y->column) - (x->column < y->column);
}

bool workbook_xlsx_links(const struct geo_workbook *workbook, const char *part,
                         struct workbook_links *links, struct err *err)
{
    static const struct workbook_xml_calls of_relations = {relation_rules, start_relation, end,
                                                           NULL};
    static const struct workbook_xml_calls of_sheet = {sheet_rules, start_link, end, NULL};
    struct links_reading reading = {.limits = workbook->limits, .links = links};
    struct err said = {0};
    const char *slash = strrchr(part, '/');
    int folder = slash ? (int)(slash - part) + 1 : 0;
    links->arena = arena_new();
    const char *file =
        links->arena ? arena_printf(links->arena, "%.*s_rels/%s.rels", folder, part, part + folder)
                     : NULL;
    bool ok = file ? workbook_xml_read(workbook->path, file, &of_relations, &reading, &said) ||
                         said.kind == ERR_NOT_FOUND
                   : err_no_memory(&said);
    if (!ok)
        err_set(err, said.kind, "%s", said.message);
    if (ok && reading.n) {
        qsort(reading.targets, reading.n, sizeof *reading.targets, by_id);
        ok = workbook_xml_read(workbook->path, part, &of_sheet, &reading, err);
    }
    if (links->n)
        qsort(links->list, links->n, sizeof *links->list, by_place);
    free(reading.targets);
    return ok;
}

const char *workbook_links_at(const struct workbook_links *links, int64_t line, size_t column)
{
    const struct workbook_link key = {.line = line, .column = column};
    const struct workbook_link *found =
        links->n ? bsearch(&key, links->list, links->n, sizeof key, by_place) : NULL;
    return found ? found->target : NULL;
}

void workbook_links_free(struct workbook_links *links)
{
    arena_free(links->arena);
    free(links->list);
}
