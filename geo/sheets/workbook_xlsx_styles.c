/* workbook_xlsx_styles.c - how the styles of an XLSX workbook show numbers. */
#include <stdlib.h>

#include "geo/base/array.h"
#include "geo/base/parse.h"
#include "geo/sheets/workbook_xlsx_internal.h"

enum { SHEET = 1, FORMATS, FORMAT, FONTS, FONT, STRIKE, STYLES, STYLE };

static const struct workbook_xml_rule rules[] = {
    {WORKBOOK_XML_ROOT, "styleSheet", SHEET},
    {SHEET, "numFmts", FORMATS},
    {FORMATS, "numFmt", FORMAT},
    {SHEET, "fonts", FONTS},
    {FONTS, "font", FONT},
    {FONT, "strike", STRIKE},
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
    int64_t n_fonts;
    int64_t *struck; /* fonts that strike out, ascending */
    size_t n_struck, cap_struck;
    struct style_ids {
        int64_t format, font;
    } * ids; /* of each style */
    size_t n_ids, cap_ids;
};

/* 0: General, or the first font. */
static int64_t number_of(const char *const *attributes, const char *name)
{
    const char *text = workbook_xml_attribute(attributes, name);
    int64_t id = 0;
    if (text)
        parse_int(text, 0, INT32_MAX, &id);
    return id;
}

/* Of the font that is being read. */
static bool start_strike(struct styles_reading *reading, const char *const *attributes,
                         struct err *err)
{
    struct workbook_run run = {0};
    workbook_run_strike(&run, workbook_xml_attribute(attributes, "val"));
    if (!run.struck)
        return true;
    if (!workbook_keep(reading->workbook, sizeof *reading->struck, err))
        return false;
    if (!array_reserve(reading->struck, reading->cap_struck, reading->n_struck + 1))
        return err_no_memory(err);
    reading->struck[reading->n_struck++] = reading->n_fonts - 1;
    return true;
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
        defined->id = number_of(attributes, "numFmtId");
        workbook_format_parse(code ? code : "", &defined->format);
    } else if (place == STYLE) {
        if (!workbook_keep(reading->workbook, sizeof(struct workbook_style), err))
            return false;
        if (!array_reserve(reading->ids, reading->cap_ids, reading->n_ids + 1))
            return err_no_memory(err);
        reading->ids[reading->n_ids++] =
            (struct style_ids){number_of(attributes, "numFmtId"), number_of(attributes, "fontId")};
    } else if (place == FONT)
        reading->n_fonts++;
    return place != STRIKE || start_strike(reading, attributes, err);
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

static int by_number(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static bool put_styles(const struct styles_reading *reading, struct workbook_xlsx *xlsx,
                       struct err *err)
{
    if (reading->n)
        qsort(reading->defined, reading->n, sizeof *reading->defined, by_id);
    if (!array_reserve(xlsx->styles, xlsx->cap_styles, reading->n_ids))
        return err_no_memory(err);
    for (size_t i = 0; i < reading->n_ids; i++) {
        struct workbook_style *style = &xlsx->styles[i];
        const int64_t *font = &reading->ids[i].font;
        struct styles_defined key = {.id = reading->ids[i].format};
        const struct styles_defined *found =
            reading->n ? bsearch(&key, reading->defined, reading->n, sizeof key, by_id) : NULL;
        if (found)
            style->format = found->format;
        else
            workbook_format_built_in(key.id, &style->format);
        style->struck = reading->n_struck &&
                        bsearch(font, reading->struck, reading->n_struck, sizeof *font, by_number);
    }
    xlsx->n_styles = reading->n_ids;
    return true;
}

bool workbook_xlsx_styles(struct geo_workbook *workbook, const char *part, struct err *err)
{
    static const struct workbook_xml_calls calls = {rules, start, end, NULL};
    struct styles_reading reading = {.workbook = workbook};
    bool ok = workbook_xml_read(workbook->path, part, &calls, &reading, err) &&
              put_styles(&reading, workbook->xlsx, err);
    free(reading.defined);
    free(reading.ids);
    free(reading.struck);
    return ok;
}
