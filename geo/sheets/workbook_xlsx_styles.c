/* workbook_xlsx_styles.c - how the styles of an XLSX workbook show numbers. */
#include <stdlib.h>

#include "geo/base/array.h"
#include "geo/base/parse.h"
#include "geo/sheets/workbook_xlsx_internal.h"

enum { SHEET = 1, FORMATS, FORMAT, STYLES, STYLE };

static const struct workbook_xml_rule rules[] = {
    {WORKBOOK_XML_ROOT, "styleSheet", SHEET},
    {SHEET, "numFmts", FORMATS},
    {FORMATS, "numFmt", FORMAT},
    {SHEET, "cellXfs", STYLES},
    {STYLES, "xf", STYLE},
    {0},
};

/* A format that the file defines. */
struct styles_defined {
    int64_t id;
    struct workbook_format format;
};

struct styles_reading {
    struct geo_workbook *workbook;
    struct styles_defined *defined;
    size_t n, cap;
    int64_t *ids; /* of the format of each style */
    size_t n_ids, cap_ids;
};

static int64_t number_of(const char *const *attributes)
{
    const char *text = workbook_xml_attribute(attributes, "numFmtId");
    int64_t id = 0; /* General */
    if (text)
        parse_int(text, 0, INT32_MAX, &id);
    return id;
}

static bool start(void *arg, int place, const char *const *attributes, struct err *err)
{
    struct styles_reading *reading = arg;
    if (place == FORMAT) {
        const char *code = workbook_xml_attribute(attributes, "formatCode");
        if (!workbook_keep(reading->workbook, sizeof *reading->defined, err))
            return false;
        if (!array_reserve(reading->defined, reading->cap, reading->n + 1))
            return err_no_memory(err);
        struct styles_defined *defined = &reading->defined[reading->n++];
        defined->id = number_of(attributes);
        workbook_format_parse(code ? code : "", &defined->format);
    } else if (place == STYLE) {
        if (!workbook_keep(reading->workbook, sizeof(struct workbook_format), err))
            return false;
        if (!array_reserve(reading->ids, reading->cap_ids, reading->n_ids + 1))
            return err_no_memory(err);
        reading->ids[reading->n_ids++] = number_of(attributes);
    }
    return true;
}

static bool end(void *arg, int place, struct err *err)
{
    (void)arg, (void)place, (void)err;
    return true;
}

static int by_id(const void *a, const void *b)
{
    const struct styles_defined *x = a, *y = b;
    return (x->id > y->id) - (x->id < y->id);
}

static bool put_formats(const struct styles_reading *reading, struct workbook_xlsx *xlsx,
                        struct err *err)
{
    if (reading->n)
        qsort(reading->defined, reading->n, sizeof *reading->defined, by_id);
    if (!array_reserve(xlsx->formats, xlsx->cap_formats, reading->n_ids))
        return err_no_memory(err);
    for (size_t i = 0; i < reading->n_ids; i++) {
        struct styles_defined key = {.id = reading->ids[i]};
        const struct styles_defined *found =
            reading->n ? bsearch(&key, reading->defined, reading->n, sizeof key, by_id) : NULL;
        if (found)
            xlsx->formats[i] = found->format;
        else
            workbook_format_built_in(key.id, &xlsx->formats[i]);
    }
    xlsx->n_formats = reading->n_ids;
    return true;
}

bool workbook_xlsx_styles(struct geo_workbook *workbook, const char *part, struct err *err)
{
    static const struct workbook_xml_calls calls = {rules, start, end, NULL};
    struct styles_reading reading = {.workbook = workbook};
    bool ok = workbook_xml_read(workbook->path, part, &calls, &reading, err) &&
              put_formats(&reading, workbook->xlsx, err);
    free(reading.defined);
    free(reading.ids);
    return ok;
}
