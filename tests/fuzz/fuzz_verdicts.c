/* fuzz_verdicts.c - any bytes as a sheet of verdicts.
 * Commas and line ends separate the cells; it is tried on a small country without writing.
 * Refusals have a message in UTF-8. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/analysis/verdicts_internal.h"
#include "geo/base/text.h"
#include "tests/support/tiny.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { CELLS = 8, ROWS = 40 };

/* Splits the next line into cells, in place; false after the last line. */
static bool next_row(char **text, const char *cells[CELLS])
{
    char *line = *text;
    if (!line || !*line)
        return false;
    *text = strchr(line, '\n');
    if (*text)
        *(*text)++ = '\0';
    for (size_t i = 0; i < CELLS; i++) {
        cells[i] = line && *line ? line : NULL;
        line = line ? strchr(line, ',') : NULL;
        if (line)
            *line++ = '\0';
        if (cells[i] && !cells[i][0])
            cells[i] = NULL;
    }
    return true;
}

static void check(bool ok, const struct err *err)
{
    if (!ok && (err->kind == ERR_NONE || !text_is_utf8(err->message, strlen(err->message))))
        abort();
}

static bool read_all(struct verdict_sheet *sheet, char *text, struct err *err)
{
    const char *cells[CELLS];
    if (!next_row(&text, cells))
        return err_set(err, ERR_INPUT, "vacío");
    for (size_t i = 0; i < CELLS; i++)
        cells[i] = cells[i] ? cells[i] : "";
    bool ok = verdict_sheet_columns(sheet, cells, CELLS, err);
    for (int line = 2; ok && line < ROWS && next_row(&text, cells); line++)
        ok = verdict_sheet_row(sheet, cells, line, err);
    return ok;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct geo_store *store;
    const char *path;
    struct err err = {0};
    struct geo_verdicts_summary summary = {0};
    struct verdict_sheet sheet = {.arena = arena_new(), .person = "Ana"};
    if (!store)
        store = tiny_open(&path);
    char *text = malloc(size + 1);
    if (!text || !sheet.arena)
        abort();
    memcpy(text, data, size);
    text[size] = '\0';
    /* A source delivers UTF-8 and adds no control characters. */
    if (text_is_utf8(text, strlen(text))) {
        bool ok = read_all(&sheet, text, &err);
        check(ok, &err);
        if (ok)
            check(geo_verdicts_give(store, sheet.requests, sheet.n, "hoja", true, &summary, &err),
                  &err);
    }
    free(text);
    free(sheet.requests);
    arena_free(sheet.arena);
    return 0;
}
