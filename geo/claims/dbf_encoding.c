/* dbf_encoding.c - finds out in which encoding the texts of a .dbf are. */
#include "geo/claims/dbf_encoding.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "geo/base/text.h"
#include "geo/claims/dbf_file.h"
#include "geo/files/gdal_internal.h"
#include "geo/texts/charset_tally.h"

enum { NOT_NAMED = -1 };

/* What was seen of all texts with bytes beyond ASCII. */
struct dbf_texts {
    int64_t utf8, others;
    struct charset_votes votes; /* of the others */
    struct charset_places cut;  /* ASCII, but for the first bytes of a letter at the end */
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

static bool is_ascii(const char *text, size_t len)
{
    return text_ascii_len(text, len) == len;
}

/* True for UTF-8 that ends within a letter. Where the rest is ASCII it must be a letter of Spanish,
 * whose first byte is none in other encodings; "Bogot\xE1" ends in "á" of Windows-1252. */
static bool is_cut(const char *text, size_t len, size_t whole)
{
    return whole < len && text_is_utf8(text, whole) &&
           (!is_ascii(text, whole) || text[whole] == '\xC2' || text[whole] == '\xC3');
}

/* A text that fills its column may be cut in a letter. Where the rest is ASCII, the other texts
 * have to show whether the file is in UTF-8. */
static void count_text(void *arg, const char *text, size_t len, size_t width, int64_t record)
{
    struct dbf_texts *texts = arg;
    if (is_ascii(text, len))
        return;
    size_t whole = len == width ? whole_letters(text, len) : len;
    bool cut = is_cut(text, len, whole);
    if (cut)
        charset_places_count(&texts->cut, record);
    if (text_is_utf8(text, len) || (cut && !is_ascii(text, whole)))
        texts->utf8++;
    else if (!cut) {
        texts->others++;
        charset_vote(&texts->votes, text, len);
    }
}

typedef void text_fn(void *arg, const char *text, size_t len, size_t width, int64_t record);

/* Calls fn with the texts of all records, counted from 1. */
static void each_text(struct dbf_file *dbf, text_fn *fn, void *arg)
{
    const struct dbf_column *columns;
    size_t n = dbf_file_columns(dbf, &columns), len;
    const char *record;
    for (int64_t i = 0; (record = dbf_file_record(dbf, i)); i++)
        for (size_t c = 0; !dbf_file_is_deleted(record) && c < n; c++) {
            if (columns[c].type != 'C')
                continue;
            const char *text = dbf_file_text(record, &columns[c], &len);
            fn(arg, text, len, columns[c].width, i + 1);
        }
}

/* The names of columns, as texts, and the texts of all records. */
static void count_texts(struct dbf_file *dbf, struct dbf_texts *texts)
{
    const struct dbf_column *columns;
    size_t n = dbf_file_columns(dbf, &columns);
    for (size_t c = 0; c < n; c++)
        count_text(texts, columns[c].name, strlen(columns[c].name), sizeof columns->name, 0);
    each_text(dbf, count_text, texts);
}

struct charset_count {
    enum charset usual;
    struct charset_tally *tally;
};

static void count_charset(void *arg, const char *text, size_t len, size_t width, int64_t record)
{
    const struct charset_count *count = arg;
    size_t whole = len == width ? whole_letters(text, len) : len;
    if (is_cut(text, len, whole))
        len = whole;
    charset_tally_count(count->tally, charset_of(text, len, count->usual), text, len, record);
}

/* The records by the encoding that each text is read in. */
static void count_charsets(struct dbf_file *dbf, enum charset usual, struct charset_tally *tally)
{
    each_text(dbf, count_charset, &(struct charset_count){usual, tally});
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

/* The encoding that a name means; NOT_NAMED: another one, which GDAL may know. */
static int charset_named(const char *name)
{
    static const struct {
        const char *part;
        enum charset charset;
    } names[] = {
        {"65001", CHARSET_UTF8},    {"UTF", CHARSET_UTF8},      {"1252", CHARSET_CP1252},
        {"8859-1", CHARSET_CP1252}, {"88591", CHARSET_CP1252},  {"8859_1", CHARSET_CP1252},
        {"LATIN1", CHARSET_CP1252}, {"ANSI", CHARSET_CP1252},   {"850", CHARSET_CP850},
        {"MACROMAN", CHARSET_MAC},  {"MACINTOSH", CHARSET_MAC}, {"10000", CHARSET_MAC},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcasestr(name, names[i].part) && !strstr(name, "8859-15") && !strstr(name, "885915"))
            return (int)names[i].charset;
    return NOT_NAMED;
}

/* *known: the file says something. Codes of the header: dBASE for Windows, DOS, Macintosh. */
static int declared(const char *cpg, int code, bool *known)
{
    *known = cpg[0] || code;
    if (cpg[0])
        return charset_named(cpg);
    return code == 0x03 || code == 0x57 ? (int)CHARSET_CP1252
           : code == 0x02               ? (int)CHARSET_CP850
           : code == 0x04               ? (int)CHARSET_MAC
                                        : NOT_NAMED;
}

/* The decision ---------------------------------------------------------------------------- */

static void note_choice(const char *cpg, int said, bool known, enum charset is, struct buf *note)
{
    if (known)
        buf_printf(note,
                   "el Shapefile dice que sus textos están en %.31s, y están en %s: así se leyeron",
                   cpg[0]              ? cpg
                   : said != NOT_NAMED ? charset_name((enum charset)said)
                                       : "otra codificación",
                   charset_name(is));
    else
        buf_printf(note,
                   "el Shapefile no dice en qué codificación están sus textos: se leyeron como %s",
                   charset_name(is));
}

static void note_cuts(const struct charset_places *cut, struct buf *note)
{
    buf_puts(note, note->len ? "; " : "");
    charset_places_put(cut, false,
                       "tiene un texto cortado en medio de una letra, que se perdió: su columna es "
                       "demasiado corta",
                       "tienen textos cortados en medio de una letra, que se perdió: su columna "
                       "es demasiado corta",
                       note);
}

static void decide(struct dbf_file *dbf, const struct dbf_texts *texts, const char *cpg,
                   struct dbf_encoding *encoding, struct buf *note)
{
    bool known;
    int said = declared(cpg, dbf_file_code(dbf), &known);
    enum charset others = charset_elect(&texts->votes);
    if (said > CHARSET_CP1252 && texts->votes.at[said] == texts->votes.at[others])
        others = (enum charset)said;
    encoding->of_others = texts->others ? others : CHARSET_CP1252;
    encoding->cuts_letters = texts->cut.n && (texts->utf8 || !texts->others);
    if (known && said == NOT_NAMED && !texts->utf8 && texts->others)
        return; /* another encoding, which GDAL may know */
    if (!texts->utf8 && !texts->others && !texts->cut.n)
        return;
    bool one = !texts->others && !texts->cut.n;
    snprintf(encoding->option, sizeof encoding->option, "ENCODING=%s", one ? "UTF-8" : "");
    struct charset_tally tally = {0};
    if (texts->others)
        count_charsets(dbf, encoding->of_others, &tally);
    else
        tally.in[CHARSET_UTF8].n = 1;
    enum charset usual = charset_tally_usual(&tally);
    if (!charset_tally_put_others(&tally, false, note) && said != (int)usual)
        note_choice(cpg, said, known, usual, note);
    charset_tally_put_undefined(&tally, false, note);
    if (encoding->cuts_letters)
        note_cuts(&texts->cut, note);
}

bool dbf_encoding_read(const char *path, struct dbf_encoding *encoding, struct err *err)
{
    struct dbf_texts texts = {0};
    struct buf note;
    char cpg[32];
    *encoding = (struct dbf_encoding){.of_others = CHARSET_CP1252};
    struct dbf_file *dbf = dbf_file_open(path, err);
    if (!dbf)
        return false;
    buf_init(&note);
    count_texts(dbf, &texts);
    read_cpg(path, cpg);
    decide(dbf, &texts, cpg, encoding, &note);
    bool ok = !buf_failed(&note) || err_no_memory(err);
    if (ok && note.len)
        snprintf(encoding->note, sizeof encoding->note, "%.*s",
                 text_cut(note.data, sizeof encoding->note - 1), note.data);
    buf_free(&note);
    dbf_file_close(dbf);
    return ok;
}

bool dbf_encoding_recode(const struct dbf_encoding *encoding, const char *bytes, struct buf *out)
{
    size_t len = strlen(bytes), whole = whole_letters(bytes, len);
    bool cut = is_cut(bytes, len, whole) && (encoding->cuts_letters || !is_ascii(bytes, whole));
    len = cut ? whole : len;
    charset_decode(charset_of(bytes, len, encoding->of_others), bytes, len, out);
    return !buf_failed(out);
}
