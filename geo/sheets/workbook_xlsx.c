/* workbook_xlsx.c - opens an XLSX workbook: its sheets, shared texts and formats. */
#include <stdlib.h>
#include <string.h>

#include "geo/base/array.h"
#include "geo/sheets/workbook_xlsx_internal.h"

enum { WORKBOOK = 1, PROPERTIES, SHEETS, SHEET };

static const struct workbook_xml_rule rules[] = {
    {WORKBOOK_XML_ROOT, "workbook", WORKBOOK},
    {WORKBOOK, "workbookPr", PROPERTIES},
    {WORKBOOK, "sheets", SHEETS},
    {SHEETS, "sheet", SHEET},
    {0},
};

struct xlsx_opening {
    struct geo_workbook *workbook;
    struct workbook_relation *relations;
    size_t n;
};

static const struct workbook_relation *relation_of(const struct xlsx_opening *opening,
                                                   const char *id)
{
    for (size_t i = 0; id && i < opening->n; i++)
        if (strcmp(opening->relations[i].id, id) == 0)
            return &opening->relations[i];
    return NULL;
}

/* The first file of that type; NULL: none. */
static const char *target_of_type(const struct xlsx_opening *opening, const char *type)
{
    for (size_t i = 0; i < opening->n; i++)
        if (strcmp(opening->relations[i].type, type) == 0)
            return opening->relations[i].target;
    return NULL;
}

static bool add_sheet(const struct xlsx_opening *opening, const char *const *attributes,
                      struct err *err)
{
    struct geo_workbook *workbook = opening->workbook;
    struct workbook_xlsx *xlsx = workbook->xlsx;
    const char *name = workbook_xml_attribute(attributes, "name");
    const char *state = workbook_xml_attribute(attributes, "state");
    const struct workbook_relation *relation =
        relation_of(opening, workbook_xml_attribute(attributes, "id"));
    if (relation && strcmp(relation->type, "worksheet") != 0)
        return true; /* a sheet with a chart, a dialogue or macros, without cells */
    if (!array_reserve(xlsx->parts, xlsx->cap_parts, workbook->n_sheets + 1))
        return err_no_memory(err);
    xlsx->parts[workbook->n_sheets] =
        (struct workbook_xlsx_part){relation ? relation->target : "", false};
    char *plain = strdup(name ? name : "");
    if (!plain)
        return err_no_memory(err);
    plain[workbook_unescape(plain, strlen(plain))] = '\0';
    bool ok = workbook_add_sheet(workbook, plain, state && strcmp(state, "visible") != 0, err);
    free(plain);
    return ok;
}

static bool start(void *arg, int place, const char *const *attributes, struct err *err)
{
    struct xlsx_opening *opening = arg;
    if (place == PROPERTIES) {
        const char *value = workbook_xml_attribute(attributes, "date1904");
        opening->workbook->xlsx->from_1904 =
            value && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0);
    }
    return place != SHEET || add_sheet(opening, attributes, err);
}

static bool end(void *arg, int place, struct err *err)
{
    (void)arg, (void)place, (void)err;
    return true;
}

/* The file that names the sheets. */
static bool find_workbook(struct geo_workbook *workbook, const char **part, struct err *err)
{
    struct xlsx_opening opening = {.workbook = workbook};
    if (!workbook_relations(workbook, "", NULL, &opening.relations, &opening.n, err))
        return false;
    *part = target_of_type(&opening, "officeDocument");
    if (!*part)
        *part = "xl/workbook.xml";
    free(opening.relations);
    return true;
}

/* Reads a file that may be missing although the workbook names it: a cell that needs it says
 * so. part may be NULL. */
static bool read_if_there(struct geo_workbook *workbook, const char *part,
                          bool (*read)(struct geo_workbook *, const char *, struct err *),
                          struct err *err)
{
    struct err said = {0};
    return !part || read(workbook, part, &said) || said.kind == ERR_NOT_FOUND ||
           err_set(err, said.kind, "%s", said.message);
}

bool workbook_xlsx_open(struct geo_workbook *workbook, struct err *err)
{
    static const struct workbook_xml_calls calls = {rules, start, end, NULL};
    struct xlsx_opening opening = {.workbook = workbook};
    const char *part;
    workbook->rows_open = workbook_xlsx_rows;
    workbook->xlsx = calloc(1, sizeof *workbook->xlsx);
    if (!workbook->xlsx)
        return err_no_memory(err);
    bool ok = find_workbook(workbook, &part, err) &&
              workbook_relations(workbook, part, NULL, &opening.relations, &opening.n, err) &&
              workbook_xml_read(workbook->path, part, &calls, &opening, err);
    const char *strings = target_of_type(&opening, "sharedStrings");
    const char *styles = target_of_type(&opening, "styles");
    ok = ok && read_if_there(workbook, styles, workbook_xlsx_styles, err) &&
         read_if_there(workbook, strings, workbook_xlsx_strings, err);
    free(opening.relations);
    return ok;
}

void workbook_xlsx_free(struct geo_workbook *workbook)
{
    struct workbook_xlsx *xlsx = workbook->xlsx;
    if (!xlsx)
        return;
    free(xlsx->parts);
    free(xlsx->strings);
    free(xlsx->styles);
    free(xlsx);
    workbook->xlsx = NULL;
}
