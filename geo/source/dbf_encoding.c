/* dbf_encoding.c - finds out in which encoding the texts of a .dbf are.
 *
 * The header has 32 bytes: the number of records at 4, its own length at 8, that of a record
 * at 10, a code of the encoding at 29; then 32 bytes a column (name, type at 11, width at 16)
 * until a byte 0x0D. A record begins with a blank, or '*' if it is deleted. (dBASE III to 7.)
 */
#include "geo/source/dbf_encoding.h"

#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "geo/base/text.h"
#include "geo/source/gdal_internal.h"

enum { HEADER_BYTES = 32, COLUMN_BYTES = 32, COLUMNS_MAX = 2048, RECORD_MAX = 1 << 16 };

struct dbf_column {
    size_t at, width; /* in the record */
};

/* What was seen of all texts with bytes beyond ASCII. */
struct dbf_texts {
    int64_t utf8, others;
    int64_t score_1252, score_850; /* bytes of the others that are Spanish letters in a word */
    int64_t first_utf8[DBF_RECORDS_NAMED], first_others[DBF_RECORDS_NAMED]; /* records from 1 */
};

/* Texts -------------------------------------------------------------------------------- */

/* Length without a letter that is cut at the end. */
static size_t whole_letters(const char *text, size_t len)
{
    size_t tail = 0;
    while (tail < 3 && tail < len && ((unsigned char)text[len - 1 - tail] & 0xC0) == 0x80)
        tail++;
    if (tail == len)
        return len;
    unsigned char lead = (unsigned char)text[len - 1 - tail];
    size_t needs = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
    return needs > tail ? len - 1 - tail : len;
}

static bool has_high(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)text[i] >= 0x80)
            return true;
    return false;
}

/* A text that fills its column may be cut in a letter; a word of Windows-1252 that ends so
 * has nothing else beyond ASCII. */
static bool is_utf8(const char *text, size_t len, size_t width)
{
    size_t whole = len == width ? whole_letters(text, len) : len;
    return text_is_utf8(text, whole) && has_high(text, whole);
}

static bool is_one_of(unsigned char c, const char *letters)
{
    return c >= 0x80 && strchr(letters, c) != NULL;
}

static void count_letters(struct dbf_texts *texts, const char *text, size_t len)
{
    /* áéíóúñüÁÉÍÓÚÑÜ and º ª ° */
    static const char in_1252[] = "\xE1\xE9\xED\xF3\xFA\xF1\xFC\xC1\xC9\xCD\xD3\xDA\xD1\xDC";
    static const char in_850[] = "\xA0\x82\xA1\xA2\xA3\xA4\x81\xB5\x90\xD6\xE0\xE9\xA5\x9A";
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)text[i];
        bool in_word = (i > 0 && isalpha((unsigned char)text[i - 1])) ||
                       (i + 1 < len && isalpha((unsigned char)text[i + 1]));
        texts->score_1252 += in_word && is_one_of(c, in_1252);
        texts->score_850 += in_word && is_one_of(c, in_850);
    }
}

static void note_record(int64_t *first, int64_t seen, int64_t record)
{
    if (seen < DBF_RECORDS_NAMED && (seen == 0 || first[seen - 1] != record))
        first[seen] = record;
}

static void count_text(struct dbf_texts *texts, const char *text, size_t width, int64_t record)
{
    size_t len = strnlen(text, width);
    while (len > 0 && text[len - 1] == ' ')
        len--;
    if (!has_high(text, len))
        return;
    if (is_utf8(text, len, width))
        note_record(texts->first_utf8, texts->utf8++, record);
    else {
        note_record(texts->first_others, texts->others++, record);
        count_letters(texts, text, len);
    }
}

/* The file ------------------------------------------------------------------------------- */

static size_t little(const unsigned char *bytes, int n)
{
    size_t value = 0;
    while (n-- > 0)
        value = value << 8 | bytes[n];
    return value;
}

/* The text columns, and their names as texts. */
static size_t read_columns(VSILFILE *file, size_t header_len, size_t record_len,
                           struct dbf_column *columns, struct dbf_texts *texts)
{
    size_t n = 0, at = 1, left = header_len > HEADER_BYTES ? header_len - HEADER_BYTES : 0;
    unsigned char column[COLUMN_BYTES];
    for (; left > COLUMN_BYTES && n < COLUMNS_MAX; left -= COLUMN_BYTES) {
        if (gdal->VSIFReadL(column, 1, sizeof column, file) != sizeof column || column[0] == 0x0D)
            break;
        size_t width = column[11] == 'C' ? little(column + 16, 2) : column[16];
        count_text(texts, (const char *)column, 11, 0);
        if (column[11] == 'C' && at + width <= record_len)
            columns[n++] = (struct dbf_column){at, width};
        at += width;
    }
    return n;
}

static void read_records(VSILFILE *file, size_t header_len, size_t record_len,
                         const struct dbf_column *columns, size_t n, char *record,
                         struct dbf_texts *texts)
{
    if (n == 0 || gdal->VSIFSeekL(file, header_len, SEEK_SET) != 0)
        return;
    for (int64_t i = 1; gdal->VSIFReadL(record, 1, record_len, file) == record_len; i++)
        for (size_t k = 0; record[0] != '*' && k < n; k++)
            count_text(texts, record + columns[k].at, columns[k].width, i);
}

/* *code: the byte of the header. False: no .dbf. */
static bool read_texts(VSILFILE *file, struct dbf_texts *texts, int *code, struct err *err)
{
    unsigned char head[HEADER_BYTES];
    if (gdal->VSIFReadL(head, 1, sizeof head, file) != sizeof head)
        return true;
    size_t header_len = little(head + 8, 2), record_len = little(head + 10, 2);
    struct dbf_column *columns = malloc(COLUMNS_MAX * sizeof *columns);
    char *record = malloc(RECORD_MAX);
    bool ok = (columns && record) || err_no_memory(err);
    *code = head[29];
    if (ok && record_len > 0) {
        size_t n = read_columns(file, header_len, record_len, columns, texts);
        read_records(file, header_len, record_len, columns, n, record, texts);
    }
    free(columns);
    free(record);
    return ok;
}

/* What is declared ---------------------------------------------------------------------- */

/* The .cpg beside it, without blanks; "" if there is none. */
static void read_cpg(const char *dbf, char cpg[32])
{
    static const char *const extensions[] = {".cpg", ".CPG"};
    VSILFILE *file = NULL;
    size_t stem = strlen(dbf) >= 4 ? strlen(dbf) - 4 : 0, len = 0;
    for (size_t i = 0; !file && i < 2; i++) {
        char *name = NULL;
        if (asprintf(&name, "%.*s%s", (int)stem, dbf, extensions[i]) < 0)
            break;
        file = gdal->VSIFOpenL(name, "rb");
        free(name);
    }
    if (file) {
        len = gdal->VSIFReadL(cpg, 1, 31, file);
        gdal->VSIFCloseL(file);
    }
    cpg[len] = '\0';
    cpg[strcspn(cpg, "\r\n")] = '\0';
}

/* The encoding that a name means; NULL: another one, which GDAL may know. */
static const char *encoding_named(const char *name)
{
    static const char *const names[][2] = {
        {"65001", "UTF-8"},   {"UTF", "UTF-8"},    {"1252", "CP1252"},
        {"8859-1", "CP1252"}, {"88591", "CP1252"}, {"8859_1", "CP1252"},
        {"LATIN1", "CP1252"}, {"ANSI", "CP1252"},  {"850", "CP850"},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcasestr(name, names[i][0]) && !strstr(name, "8859-15") && !strstr(name, "885915"))
            return names[i][1];
    return NULL;
}

/* *known: the file says something. Codes of the header: dBASE for Windows. */
static const char *declared(const char *cpg, int code, bool *known)
{
    *known = cpg[0] || code;
    if (cpg[0])
        return encoding_named(cpg);
    return code == 0x03 || code == 0x57 ? "CP1252" : code == 0x02 ? "CP850" : NULL;
}

/* The decision ---------------------------------------------------------------------------- */

static const char *shown(const char *encoding)
{
    return strcmp(encoding, "CP1252") == 0 ? "Windows-1252" : encoding;
}

static void note_mixture(const struct dbf_texts *texts, struct dbf_encoding *encoding)
{
    bool fewer_others = texts->others <= texts->utf8;
    const int64_t *first = fewer_others ? texts->first_others : texts->first_utf8;
    int64_t n = fewer_others ? texts->others : texts->utf8;
    size_t len =
        (size_t)snprintf(encoding->note, sizeof encoding->note,
                         "%lld de %lld textos con letras acentuadas están en %s y los demás "
                         "en %s; registros:",
                         (long long)n, (long long)texts->utf8 + (long long)texts->others,
                         fewer_others ? shown(encoding->of_others) : "UTF-8",
                         fewer_others ? "UTF-8" : shown(encoding->of_others));
    for (size_t i = 0; i < DBF_RECORDS_NAMED && first[i] && len < sizeof encoding->note; i++)
        len += (size_t)snprintf(encoding->note + len, sizeof encoding->note - len, "%s %lld",
                                i ? "," : "", (long long)first[i]);
    if (n > DBF_RECORDS_NAMED && len < sizeof encoding->note)
        snprintf(encoding->note + len, sizeof encoding->note - len, "…");
}

static void decide(const struct dbf_texts *texts, const char *cpg, int code,
                   struct dbf_encoding *encoding)
{
    bool known;
    const char *said = declared(cpg, code, &known);
    bool dos = texts->score_850 > texts->score_1252 ||
               (texts->score_850 == texts->score_1252 && said && strcmp(said, "CP850") == 0);
    encoding->of_others = dos ? "CP850" : "CP1252";
    if (texts->utf8 + texts->others == 0)
        return;
    if (texts->utf8 > 0 && texts->others > 0) {
        snprintf(encoding->option, sizeof encoding->option, "ENCODING=");
        note_mixture(texts, encoding);
        return;
    }
    const char *is = texts->utf8 ? "UTF-8" : encoding->of_others;
    if (known && !said && !texts->utf8)
        return; /* another encoding, which GDAL may know */
    snprintf(encoding->option, sizeof encoding->option, "ENCODING=%s", is);
    if (said && strcmp(said, is) == 0)
        return;
    if (known)
        snprintf(encoding->note, sizeof encoding->note,
                 "el Shapefile dice que sus textos están en %.31s, y están en %s: así se leyeron",
                 cpg[0] ? cpg
                 : said ? shown(said)
                        : "otra codificación",
                 shown(is));
    else
        snprintf(encoding->note, sizeof encoding->note,
                 "el Shapefile no dice en qué codificación están sus textos: se leyeron como %s",
                 shown(is));
}

bool dbf_encoding_read(const char *dbf, struct dbf_encoding *encoding, struct err *err)
{
    struct dbf_texts texts = {0};
    char cpg[32];
    int code = 0;
    *encoding = (struct dbf_encoding){.of_others = "CP1252"};
    VSILFILE *file = gdal->VSIFOpenL(dbf, "rb");
    if (!file)
        return err_set(err, ERR_INPUT, "no se puede leer el .dbf");
    bool ok = read_texts(file, &texts, &code, err);
    gdal->VSIFCloseL(file);
    read_cpg(dbf, cpg);
    if (ok)
        decide(&texts, cpg, code, encoding);
    return ok;
}

bool dbf_encoding_recode(const struct dbf_encoding *encoding, const char *bytes, struct buf *out)
{
    size_t len = strlen(bytes), whole = whole_letters(bytes, len);
    if (text_is_utf8(bytes, len) || (text_is_utf8(bytes, whole) && has_high(bytes, whole))) {
        buf_put(out, bytes, text_is_utf8(bytes, len) ? len : whole);
        return !buf_failed(out);
    }
    char *text = gdal->CPLRecode(bytes, encoding->of_others, "UTF-8");
    if (!text)
        return false;
    buf_puts(out, text);
    gdal->VSIFree(text);
    return !buf_failed(out);
}
