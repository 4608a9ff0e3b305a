/* workbook_xlsx_strings.c - the texts that cells of an XLSX workbook share. */
#include "geo/base/array.h"
#include "geo/sheets/workbook_xlsx_internal.h"

enum { STRINGS = 1, STRING, RUN, TEXT = WORKBOOK_XML_TEXT };

/* Phonetic runs (rPh), which say how a text is pronounced, have no rule. */
static const struct workbook_xml_rule rules[] = {
    {WORKBOOK_XML_ROOT, "sst", STRINGS},
    {STRINGS, "si", STRING},
    {STRING, "t", TEXT},
    {STRING, "r", RUN},
    {RUN, "t", TEXT},
    {0},
};

struct strings_reading {
    struct geo_workbook *workbook;
    struct buf text;
    size_t run_at; /* where the text of the run begins */
};

static bool start(void *arg, int place, const char *const *attributes, struct err *err)
{
    struct strings_reading *reading = arg;
    (void)attributes, (void)err;
    if (place == STRING)
        buf_clear(&reading->text);
    reading->run_at = reading->text.len;
    return true;
}

static bool read_text(void *arg, int place, const char *text, size_t len, struct err *err)
{
    struct strings_reading *reading = arg;
    const struct geo_source_limits *limits = reading->workbook->limits;
    (void)place;
    buf_put(&reading->text, text, len);
    return buf_failed(&reading->text) ? err_no_memory(err)
                                      : geo_source_within(limits, GEO_LIMIT_VALUE_KB,
                                                          (int64_t)(reading->text.len >> 10), err);
}

static bool add_string(struct geo_workbook *workbook, const struct buf *text, struct err *err)
{
    struct workbook_xlsx *xlsx = workbook->xlsx;
    if (!workbook_keep(workbook, sizeof *xlsx->strings, err))
        return false;
    if (!array_reserve(xlsx->strings, xlsx->cap_strings, xlsx->n_strings + 1))
        return err_no_memory(err);
    const char *copy = workbook_keep_text(workbook, text->len ? text->data : "", text->len, err);
    if (copy)
        xlsx->strings[xlsx->n_strings++] = copy;
    return copy != NULL;
}

static bool end(void *arg, int place, struct err *err)
{
    struct strings_reading *reading = arg;
    struct buf *text = &reading->text;
    if (place == TEXT && text->len > reading->run_at)
        text->len = reading->run_at +
                    workbook_unescape(text->data + reading->run_at, text->len - reading->run_at);
    return place != STRING || add_string(reading->workbook, text, err);
}

bool workbook_xlsx_strings(struct geo_workbook *workbook, const char *part, struct err *err)
{
    static const struct workbook_xml_calls calls = {rules, start, end, read_text};
    struct strings_reading reading = {.workbook = workbook};
    buf_init(&reading.text);
    bool ok = workbook_xml_read(workbook->path, part, &calls, &reading, err);
    buf_free(&reading.text);
    return ok;
}
