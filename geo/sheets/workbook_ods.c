/* workbook_ods.c - opens an ODS workbook: its sheets. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "geo/base/array.h"
#include "geo/files/source_zip_read.h"
#include "geo/sheets/workbook_ods_internal.h"

enum { DOCUMENT = 1, STYLES, STYLE, TABLE_PROPERTIES, TEXT_PROPERTIES, BODY, SPREADSHEET, TABLE };

static const struct workbook_xml_rule rules[] = {
    {WORKBOOK_XML_ROOT, "document-content", DOCUMENT},
    {DOCUMENT, "automatic-styles", STYLES},
    {STYLES, "style", STYLE},
    {STYLE, "table-properties", TABLE_PROPERTIES},
    {STYLE, "text-properties", TEXT_PROPERTIES},
    {DOCUMENT, "body", BODY},
    {BODY, "spreadsheet", SPREADSHEET},
    {SPREADSHEET, "table", TABLE},
    {0},
};

/* Of fewer sheets, and of longer texts, nothing is kept. */
enum { MANY_SHEETS = 4, KEPT_BYTES = 256 << 20 };

struct ods_opening {
    struct geo_workbook *workbook;
    struct workbook_xml *xml;
    int64_t *at; /* of each table */
    size_t n_at, cap_at;
    const char *style; /* being read */
    bool of_cells;
    const char **hidden; /* names of the styles of hidden tables */
    size_t n_hidden, cap_hidden;
};

static bool hide(struct ods_opening *opening, struct err *err)
{
    if (!geo_source_within(opening->workbook->limits, GEO_LIMIT_ENTRIES,
                           (int64_t)opening->n_hidden + 1, err))
        return false;
    if (!array_reserve(opening->hidden, opening->cap_hidden, opening->n_hidden + 1))
        return err_no_memory(err);
    opening->hidden[opening->n_hidden++] = opening->style;
    return true;
}

static bool add_style(struct ods_opening *opening, const char *const *attributes, struct err *err)
{
    struct workbook_ods_style style = {.name = opening->style, .of_cells = opening->of_cells};
    workbook_run_position(&style.run, workbook_xml_attribute(attributes, "text-position"));
    workbook_run_line(&style.run, workbook_xml_attribute(attributes, "text-line-through-style"));
    return workbook_ods_styles_add(opening->workbook, &style, err);
}

static bool add_table(struct ods_opening *opening, const char *const *attributes, struct err *err)
{
    const char *name = workbook_xml_attribute(attributes, "name");
    const char *style = workbook_xml_attribute(attributes, "style-name");
    bool hidden = false;
    if (!array_reserve(opening->at, opening->cap_at, opening->n_at + 1))
        return err_no_memory(err);
    opening->at[opening->n_at++] = workbook_xml_at(opening->xml);
    for (size_t i = 0; style && !hidden && i < opening->n_hidden; i++)
        hidden = strcmp(opening->hidden[i], style) == 0;
    return workbook_add_sheet(opening->workbook, name ? name : "", hidden, err);
}

static bool start(void *arg, int place, const char *const *attributes, struct err *err)
{
    struct ods_opening *opening = arg;
    const char *name = workbook_xml_attribute(attributes, "name");
    const char *display = workbook_xml_attribute(attributes, "display");
    if (place == STYLE) {
        opening->style =
            workbook_keep_text(opening->workbook, name ? name : "", name ? strlen(name) : 0, err);
        const char *family = workbook_xml_attribute(attributes, "family");
        opening->of_cells = family && strcmp(family, "table-cell") == 0;
        return opening->style != NULL;
    }
    if (place == TEXT_PROPERTIES)
        return add_style(opening, attributes, err);
    if (place == TABLE_PROPERTIES && display && strcmp(display, "false") == 0)
        return hide(opening, err);
    return place != TABLE || add_table(opening, attributes, err);
}

static bool end(void *arg, int place, struct err *err)
{
    (void)arg, (void)place, (void)err;
    return true;
}

/* With a password the files in the zip are encrypted one by one, which the manifest says. */
static bool check_password(const struct geo_workbook *workbook, struct err *err)
{
    static const char mark[] = "encryption-data";
    char bytes[65536];
    size_t used = 0, len;
    struct err ignored = {0};
    struct source_zip_part *manifest =
        source_zip_part_open(workbook->path, "META-INF/manifest.xml", &ignored);
    while (manifest && used < sizeof bytes &&
           source_zip_part_read(manifest, bytes + used, sizeof bytes - used, &len, &ignored) &&
           len > 0)
        used += len;
    source_zip_part_close(manifest);
    return !memmem(bytes, used, mark, sizeof mark - 1) ||
           err_set(err, ERR_INPUT,
                   "la hoja de cálculo tiene contraseña: ábrala, quítela y guárdela de nuevo");
}

static bool read_tables(struct ods_opening *opening, struct err *err)
{
    static const struct workbook_xml_calls calls = {rules, start, end, NULL};
    bool ended;
    opening->xml = workbook_xml_open(opening->workbook->path, "content.xml", &calls, opening, err);
    bool ok = opening->xml && workbook_xml_run(opening->xml, &ended, err);
    workbook_xml_close(opening->xml);
    return ok;
}

/* A part of it can be read alone: it is UTF-8, as programs write it. */
static bool is_utf8_xml(const struct buf *content)
{
    static const char mark[] = "encoding=";
    size_t len = content->len < 200 ? content->len : 200;
    const char *stated = len ? memmem(content->data, len, mark, sizeof mark - 1) : NULL;
    return len && content->data[0] == '<' &&
           (!stated || strncasecmp(stated + sizeof mark, "utf-8", 5) == 0);
}

static bool read_content(const struct geo_workbook *workbook, struct buf *content, struct err *err)
{
    enum { CHUNK = 1 << 16 };
    struct source_zip_part *part = source_zip_part_open(workbook->path, "content.xml", err);
    bool ok = part != NULL;
    for (size_t len = 1; ok && len > 0 && content->len <= KEPT_BYTES;) {
        ok = buf_reserve(content, CHUNK) || err_no_memory(err);
        ok = ok && source_zip_part_read(part, content->data + content->len, CHUNK, &len, err);
        content->len += ok ? len : 0;
    }
    source_zip_part_close(part);
    return ok;
}

static bool keep_content(struct ods_opening *opening, struct err *err)
{
    struct geo_workbook *workbook = opening->workbook;
    struct workbook_ods *ods = arena_alloc(workbook->arena, sizeof *ods);
    int64_t *at = arena_array(workbook->arena, opening->n_at, sizeof *at);
    if (!ods || !at)
        return err_no_memory(err);
    memcpy(at, opening->at, opening->n_at * sizeof *at);
    ods->at = at;
    buf_init(&ods->content);
    if (!read_content(workbook, &ods->content, err)) {
        buf_free(&ods->content);
        return false;
    }
    if (ods->content.len > KEPT_BYTES || !is_utf8_xml(&ods->content)) {
        buf_free(&ods->content);
        return true;
    }
    workbook->ods = ods;
    return workbook_keep(workbook, ods->content.len, err);
}

void workbook_ods_free(struct geo_workbook *workbook)
{
    free(workbook->ods_styles);
    if (workbook->ods)
        buf_free(&workbook->ods->content);
}

bool workbook_ods_open(struct geo_workbook *workbook, struct err *err)
{
    struct ods_opening opening = {.workbook = workbook};
    workbook->rows_open = workbook_ods_rows;
    bool ok = check_password(workbook, err) && read_tables(&opening, err);
    workbook_ods_styles_sort(workbook);
    ok = ok && (opening.n_at < MANY_SHEETS || keep_content(&opening, err));
    free(opening.hidden);
    free(opening.at);
    return ok;
}
