/* geometry_claims_mif.c - whether the coordinates of a MapInfo .mif are numbers.
 *
 * After a line "Data" each object is a line with its kind, perhaps with numbers, and lines of
 * numbers. GDAL takes a comma for a blank: "-65,17 -18.9" becomes -65 17.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "geo/base/parse.h"
#include "geo/base/text.h"
#include "geo/claims/geometry_claims_internal.h"

enum { LINE_MAX_BYTES = 1024 };

struct mif_lines {
    json_scan_read_fn *read;
    void *arg;
    char bytes[1 << 14];
    size_t len, at;
    long number; /* of the last line */
};

/* The start of the next line, without its end; false at the end of the file. */
static bool next_line(struct mif_lines *lines, char line[LINE_MAX_BYTES])
{
    size_t n = 0;
    lines->number++;
    for (bool any = false;; any = true) {
        if (lines->at == lines->len) {
            lines->len = lines->read(lines->arg, lines->bytes, sizeof lines->bytes);
            lines->at = 0;
        }
        if (lines->len == 0 || lines->bytes[lines->at] == '\n') {
            lines->at += lines->len > 0;
            line[n] = '\0';
            return any || lines->len > 0;
        }
        if (n + 1 < LINE_MAX_BYTES)
            line[n++] = lines->bytes[lines->at];
        lines->at++;
    }
}

static bool is_kind(const char *word, size_t len)
{
    static const char *const kinds[] = {"Point",      "Line",     "Pline", "Region",
                                        "Multipoint", "Multiple", "Center"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strlen(kinds[i]) == len && strncasecmp(word, kinds[i], len) == 0)
            return true;
    return false;
}

/* All words of a line that begins with a number or a kind. */
static bool check_line(const char *line, long number, struct err *err)
{
    static const char blanks[] = " \t\r";
    const char *word = line + strspn(line, blanks);
    size_t len = strcspn(word, blanks);
    if (!is_kind(word, len) && !strchr("-+.0123456789", word[0]))
        return true;
    for (; len > 0; word += len, word += strspn(word, blanks), len = strcspn(word, blanks)) {
        char copy[64];
        double value;
        snprintf(copy, sizeof copy, "%.*s", (int)(len < 63 ? len : 63), word);
        if (!is_kind(word, len) && !parse_real(copy, -1e18, 1e18, &value))
            return err_set(err, ERR_INPUT,
                           "línea %ld: la geometría no se puede leer: «%.*s» no es un número",
                           number, text_cut(copy, 40), copy);
    }
    return true;
}

/* 1 if a line begins an object. A collection says of how many parts it is, which begin like
 * objects: *parts. */
static int64_t begins_object(const char *word, long *parts)
{
    static const char *const kinds[] = {"none", "point", "line",      "pline",   "region",    "arc",
                                        "text", "rect",  "roundrect", "ellipse", "multipoint"};
    size_t len = strcspn(word, " \t\r");
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strlen(kinds[i]) == len && strncasecmp(word, kinds[i], len) == 0)
            return *parts > 0 ? (--*parts, 0) : 1;
    if (len != 10 || strncasecmp(word, "collection", len) != 0)
        return 0;
    *parts = strtol(word + len, NULL, 10);
    return 1;
}

bool geometry_claims_mif(json_scan_read_fn *read, void *arg, int64_t *objects, struct err *err)
{
    struct mif_lines lines = {.read = read, .arg = arg};
    char line[LINE_MAX_BYTES];
    bool data = false, ok = true;
    long parts = 0;
    *objects = 0;
    while (ok && next_line(&lines, line)) {
        const char *word = line + strspn(line, " \t");
        if (data)
            ok = check_line(line, lines.number, err);
        if (data)
            *objects += begins_object(word, &parts);
        data = data || (strncasecmp(word, "Data", 4) == 0 && !word[4 + strspn(word + 4, " \t\r")]);
    }
    return ok;
}

int64_t geometry_claims_mid(json_scan_read_fn *read, void *arg)
{
    struct mif_lines lines = {.read = read, .arg = arg};
    char line[LINE_MAX_BYTES];
    int64_t rows = 0;
    while (next_line(&lines, line))
        rows += line[strspn(line, " \t\r")] != '\0';
    return rows;
}
