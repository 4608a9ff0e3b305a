/* workbook_xlsx_merges.c - the merged cells of a sheet, which stand after its rows. */
#include <string.h>

#include "geo/files/source_zip_read.h"
#include "geo/sheets/workbook_xlsx_internal.h"

enum { SHEET = 1, MERGES, MERGE };

static const struct workbook_xml_rule rules[] = {
    {WORKBOOK_XML_ROOT, "worksheet", SHEET},
    {SHEET, "mergeCells", MERGES},
    {MERGES, "mergeCell", MERGE},
    {0},
};

static const char mark[] = "mergeCell";
enum { MARK = sizeof mark - 1, CHUNK = 64 * 1024 };

struct merges_reading {
    const struct geo_workbook *workbook;
    struct workbook_merges *merges;
};

bool workbook_reference(const char **at, int64_t *line, size_t *column)
{
    const char *text = *at;
    size_t letters = 0;
    *column = 0;
    text += *text == '$';
    for (; *text >= 'A' && *text <= 'Z' && letters < 6; text++, letters++)
        *column = *column * 26 + (size_t)(*text - 'A' + 1);
    text += *text == '$';
    size_t digits = strspn(text, "0123456789");
    if (!letters || !digits || digits > 10)
        return false;
    for (*line = 0; digits > 0; digits--)
        *line = *line * 10 + (*text++ - '0');
    *column -= 1;
    *at = text;
    return *line > 0;
}

static bool start(void *arg, int place, const char *const *attributes, struct err *err)
{
    struct merges_reading *reading = arg;
    const char *range = workbook_xml_attribute(attributes, "ref");
    const char *at = range;
    struct geo_workbook_merge merge = {0};
    if (place != MERGE)
        return true;
    if (!range || !workbook_reference(&at, &merge.first_line, &merge.first_column) ||
        *at++ != ':' || !workbook_reference(&at, &merge.last_line, &merge.last_column) || *at ||
        merge.last_line < merge.first_line || merge.last_column < merge.first_column)
        return err_set(err, ERR_INPUT,
                       "el archivo está dañado: «%.60s» no nombra celdas combinadas; ábralo y "
                       "guárdelo de nuevo",
                       range ? range : "");
    return workbook_merges_add(reading->merges, &merge, reading->workbook->limits, err);
}

static bool end(void *arg, int place, struct err *err)
{
    (void)arg, (void)place, (void)err;
    return true;
}

/* Looks for the name of the element without parsing: few sheets have it, and parsing one twice
 * would take twice as long. True too for texts that are not UTF-8. */
static bool may_have_merges(const char *path, const char *part, bool *may, struct err *err)
{
    char bytes[CHUNK + MARK];
    size_t kept = 0, len = 0;
    struct source_zip_part *file = source_zip_part_open(path, part, err);
    bool ok = file != NULL;
    *may = false;
    while (ok && !*may && (ok = source_zip_part_read(file, bytes + kept, CHUNK, &len, err)) &&
           len > 0) {
        len += kept;
        *may = memmem(bytes, len, mark, MARK) || memchr(bytes, '\0', len);
        kept = len < MARK - 1 ? len : MARK - 1;
        memmove(bytes, bytes + len - kept, kept);
    }
    source_zip_part_close(file);
    return ok;
}

bool workbook_xlsx_merges(const struct geo_workbook *workbook, struct workbook_xlsx_part *part,
                          struct workbook_merges *merges, struct err *err)
{
    static const struct workbook_xml_calls calls = {rules, start, end, NULL};
    struct merges_reading reading = {workbook, merges};
    bool may = false;
    if (part->plain)
        return true;
    if (!may_have_merges(workbook->path, part->name, &may, err))
        return false;
    part->plain = !may;
    if (may && !workbook_xml_read(workbook->path, part->name, &calls, &reading, err))
        return false;
    workbook_merges_sort(merges);
    return true;
}
