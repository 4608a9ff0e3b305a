/* workbook_xlsx_remarks.c - the comments and the boxes of text of an XLSX sheet. */
#include <stdlib.h>
#include <string.h>

#include "geo/sheets/workbook_xlsx_internal.h"

enum {
    COMMENTS = 1,
    LIST,
    COMMENT,
    DRAWING,
    ANCHOR,
    SHAPE,
    BODY,
    PARAGRAPH,
    RUN,
    TEXT = WORKBOOK_XML_TEXT
};

static const struct workbook_xml_rule rules[] = {
    {WORKBOOK_XML_ROOT, "comments", COMMENTS},
    {COMMENTS, "commentList", LIST},
    {LIST, "comment", COMMENT},
    {WORKBOOK_XML_ROOT, "wsDr", DRAWING},
    {DRAWING, "*", ANCHOR},
    {ANCHOR, "sp", SHAPE},
    {ANCHOR, "grpSp", ANCHOR},
    {SHAPE, "txBody", BODY},
    {BODY, "p", PARAGRAPH},
    {PARAGRAPH, "r", RUN},
    {RUN, "t", TEXT},
    {0},
};

struct remarks_reading {
    struct geo_workbook_remarks *remarks;
    bool counted; /* the shape that is being read */
};

static bool start(void *arg, int place, const char *const *attributes, struct err *err)
{
    struct remarks_reading *reading = arg;
    (void)err;
    if (place == SHAPE)
        reading->counted = false;
    if (place != COMMENT)
        return true;
    const char *at = workbook_xml_attribute(attributes, "ref");
    int64_t line, *first = &reading->remarks->comment_line;
    size_t column;
    reading->remarks->comments++;
    if (at && workbook_reference(&at, &line, &column) && (!*first || line < *first))
        *first = line;
    return true;
}

static bool end(void *arg, int place, struct err *err)
{
    (void)arg, (void)place, (void)err;
    return true;
}

static bool read_text(void *arg, int place, const char *text, size_t len, struct err *err)
{
    struct remarks_reading *reading = arg;
    (void)place, (void)text, (void)err;
    reading->remarks->boxes += len > 0 && !reading->counted;
    reading->counted |= len > 0;
    return true;
}

bool workbook_xlsx_remarks(struct geo_workbook *workbook, const char *part,
                           struct geo_workbook_remarks *remarks, struct err *err)
{
    static const char *const types[] = {"comments", "drawing", NULL};
    static const struct workbook_xml_calls calls = {rules, start, end, read_text};
    struct remarks_reading reading = {.remarks = remarks};
    struct workbook_relation *relations = NULL;
    size_t n = 0;
    bool ok = workbook_relations(workbook, part, types, &relations, &n, err);
    for (size_t i = 0; ok && i < n; i++) {
        struct err said = {0};
        ok = workbook_xml_read(workbook->path, relations[i].target, &calls, &reading, &said) ||
             said.kind != ERR_MEMORY || err_no_memory(err); /* no values are lost with them */
    }
    free(relations);
    return ok;
}
