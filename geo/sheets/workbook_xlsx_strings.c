/* workbook_xlsx_strings.c - the texts that cells of an XLSX workbook share. */
#include "geo/base/array.h"
#include "geo/sheets/workbook_xlsx_internal.h"

enum { STRINGS = 1, STRING, RUN, PROPERTIES, ALIGN, STRIKE, TEXT = WORKBOOK_XML_TEXT };

/* Phonetic runs (rPh), which say how a text is pronounced, have no rule. */
static const struct workbook_xml_rule rules[] = {
    {WORKBOOK_XML_ROOT, "sst", STRINGS},
    {STRINGS, "si", STRING},
    {STRING, "t", TEXT},
    {STRING, "r", RUN},
    {RUN, "t", TEXT},
    {RUN, "rPr", PROPERTIES},
    {PROPERTIES, "vertAlign", ALIGN},
    {PROPERTIES, "strike", STRIKE},
    {0},
};

struct strings_reading {
    struct geo_workbook *workbook;
    struct buf text;
    size_t run_at; /* where the text of the run begins */
    struct workbook_run run;
    bool raised, struck; /* some of the text was */
};

static bool start(void *arg, int place, const char *const *attributes, struct err *err)
{
    struct strings_reading *reading = arg;
    (void)err;
    if (place == STRING) {
        buf_clear(&reading->text);
        reading->raised = reading->struck = false;
    }
    if (place == STRING || place == RUN)
        reading->run = (struct workbook_run){0};
    if (place == ALIGN)
        workbook_run_align(&reading->run, workbook_xml_attribute(attributes, "val"));
    if (place == STRIKE)
        workbook_run_strike(&reading->run, workbook_xml_attribute(attributes, "val"));
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

static bool add_string(struct strings_reading *reading, struct err *err)
{
    struct geo_workbook *workbook = reading->workbook;
    const struct buf *text = &reading->text;
    struct workbook_xlsx *xlsx = workbook->xlsx;
    if (!workbook_keep(workbook, sizeof *xlsx->strings, err))
        return false;
    if (!array_reserve(xlsx->strings, xlsx->cap_strings, xlsx->n_strings + 1))
        return err_no_memory(err);
    const char *copy = workbook_keep_text(workbook, text->len ? text->data : "", text->len, err);
    if (copy)
        xlsx->strings[xlsx->n_strings++] =
            (struct workbook_string){copy, reading->raised, reading->struck};
    return copy != NULL;
}

static bool end(void *arg, int place, struct err *err)
{
    struct strings_reading *reading = arg;
    struct buf *text = &reading->text;
    if (place == TEXT && text->len > reading->run_at) {
        text->len = reading->run_at +
                    workbook_unescape(text->data + reading->run_at, text->len - reading->run_at);
        reading->raised |= reading->run.raised;
        reading->struck |= reading->run.struck;
        if (!workbook_run_write(&reading->run, text, reading->run_at))
            return err_no_memory(err);
    }
    return place != STRING || add_string(reading, err);
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
