/* text_mend.c - takes back the second decoding of a text. */
#include "geo/texts/text_mend.h"

#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

#include "geo/base/text.h"
#include "geo/texts/charset.h"

enum { MOST_TIMES = 4 };

/* The character at *at, which moves on; 0 at the end. */
static uint32_t next_char(const char **at)
{
    utf8proc_int32_t code = 0;
    utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)*at, -1, &code);
    if (!**at || n <= 0)
        return 0;
    *at += n;
    return (uint32_t)code;
}

/* Windows-1252 has no character for five bytes; ISO-8859-1 has control characters for 32. */
static int byte_of(enum charset charset, uint32_t code)
{
    if (code < 0x80)
        return (int)code;
    bool control = charset == CHARSET_CP1252 && code < 0xA0;
    return control ? (int)code : charset_byte(charset, code);
}

/* The bytes that, taken for the charset, gave the value; true if they are UTF-8. `out` has
 * room for the value. */
static bool undo(enum charset charset, const char *value, char *out)
{
    size_t n = 0;
    int byte;
    for (uint32_t code; (code = next_char(&value)); out[n++] = (char)byte)
        if ((byte = byte_of(charset, code)) < 0)
            return false;
    out[n] = '\0';
    return text_is_utf8(out, n);
}

/* True for "Í" in "POTOSÍ", false for "û" in "MANHû": lower case after upper, with no lower
 * case following. */
static bool fits_case(uint32_t before, uint32_t code, uint32_t after)
{
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)code);
    bool upper_before = utf8proc_category((utf8proc_int32_t)before) == UTF8PROC_CATEGORY_LU;
    bool lower_before = utf8proc_category((utf8proc_int32_t)before) == UTF8PROC_CATEGORY_LL;
    bool lower_after = utf8proc_category((utf8proc_int32_t)after) == UTF8PROC_CATEGORY_LL;
    if (category == UTF8PROC_CATEGORY_LL)
        return !upper_before || lower_after;
    return category != UTF8PROC_CATEGORY_LU || !lower_before;
}

/* True for a character that no two of a right text look like: not for "û", which is "û" in
 * "MANHû". */
static bool is_clear(uint32_t code)
{
    static const uint16_t letters[] = {0xE3,  0xF5,  0xE7,  0xC7,
                                       0x2BC, 0x301, 0x303, 0x308}; /* the last: accents apart */
    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        if (letters[i] == code)
            return true;
    return charset_is_spanish(code) || (code > 0xA0 && code <= 0xBF) || code > 0x2000;
}

/* True for Latin letters, marks and pictures that a text in Spanish may have. */
static bool may_be_written(uint32_t code)
{
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)code);
    if (category == UTF8PROC_CATEGORY_CN || category == UTF8PROC_CATEGORY_CO)
        return false;
    return (code >= 0xA0 && code < 0x180) || code == 0x2BC || (code >= 0x300 && code < 0x330) ||
           (code >= 0x2010 && code < 0x2100) || code == 0x2116 || code == 0x2122 || code >= 0x1F300;
}

/* True if the text has what only a right decoding brings, and nothing odd. */
static bool is_plausible(const char *text)
{
    uint32_t before = ' ', code = next_char(&text);
    bool clear = false;
    for (uint32_t after; code; before = code, code = after) {
        after = next_char(&text);
        if (code < 0x80)
            continue;
        if (!may_be_written(code))
            return false;
        clear = clear || (is_clear(code) && fits_case(before, code, after));
    }
    return clear;
}

/* The first character that is not ASCII, or the end. */
static const char *after_ascii(const char *text)
{
    while (*text && (unsigned char)*text < 0x80)
        text++;
    return text;
}

/* A quick check, which most values do not pass: the first two characters that are not ASCII are
 * the first two bytes of one of UTF-8. */
static bool may_be_undone(enum charset charset, const char *value)
{
    value = after_ascii(value);
    int first = byte_of(charset, next_char(&value));
    int second = first >= 0xC2 ? byte_of(charset, next_char(&value)) : -1;
    return second >= 0x80 && second <= 0xBF;
}

/* Takes back all decodings through the charset. *better: the plausible text that took the most;
 * unchanged where there is none. */
static bool mend_in(enum charset charset, const char *value, struct arena *arena,
                    const char **better)
{
    for (int times = 0; times < MOST_TIMES && may_be_undone(charset, value); times++) {
        char *less = arena_strdup(arena, value);
        if (!less)
            return false;
        if (!undo(charset, value, less))
            break;
        if (is_plausible(less))
            *better = less;
        value = less;
    }
    return true;
}

/* True for "Ã" of "PotosÃ" and "Ì" of "PotosÌ": a capital with an accent after a small letter. */
static bool is_capital_inside(uint32_t before, uint32_t code)
{
    return code >= 0xC0 && code <= 0xDE && code != 0xD1 && code != 0xD7 &&
           utf8proc_category((utf8proc_int32_t)before) == UTF8PROC_CATEGORY_LL;
}

/* True if two characters in a row are a letter of Spanish decoded twice, or one is lost. */
static bool is_doubtful(const char *value)
{
    uint32_t before_last = ' ', last = ' ';
    for (uint32_t code; (code = next_char(&value)); before_last = last, last = code) {
        if (code == 0xFFFD || is_capital_inside(last, code) || (last == 0xC3 && code == 0xAD))
            return true;
        int byte = last == 0xC3 || last == 0xC2 ? byte_of(CHARSET_CP1252, code) : -1;
        if (byte < 0x80 || byte > 0xBF)
            continue;
        uint32_t meant = (last - 0xC0) << 6 | ((uint32_t)byte & 0x3F);
        const char *after = value;
        if (is_clear(meant) && fits_case(before_last, meant, next_char(&after)))
            return true;
    }
    return false;
}

/* True for characters beyond ASCII that texts in Spanish have. */
static bool is_usual(uint32_t code)
{
    static const uint16_t marks[] = {0xA0,   0xB0,   0xBA,   0xAA,   0xBF,   0xAB,  0xBB,
                                     0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (marks[i] == code)
            return true;
    return charset_is_spanish(code);
}

static bool is_all_usual(const char *value)
{
    for (uint32_t code; (code = next_char(&value));) {
        /* "±5 m"; within a word it is an "ñ": "Vi±a". */
        bool tolerance = code == 0xB1 && *value && strchr(" 0123456789", *value);
        if (code >= 0x80 && !tolerance && !is_usual(code))
            return false;
    }
    return true;
}

/* True if the bytes read badly in the one encoding, and in the other each is a letter of Spanish.
 */
static bool reads_better(const char *bytes, size_t n, enum charset one, enum charset other)
{
    for (size_t i = 0; i < n; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        if (byte >= 0x80 && !charset_is_spanish(charset_char(other, byte)))
            return false;
    }
    return charset_fit(one, bytes, n) < 0 && charset_fit(other, bytes, n) > 0;
}

/* True for "¥uflo Ch vez", which is "Ñuflo Chávez" of DOS 850 that a program took for
 * Windows-1252. One value is not enough to put it right. */
static bool is_misread(const char *value, char *bytes)
{
    if (is_all_usual(value))
        return false;
    for (int one = CHARSET_CP1252; one < CHARSETS; one++) {
        const char *at = value;
        size_t n = 0;
        int byte = 0;
        for (uint32_t code; byte >= 0 && (code = next_char(&at));)
            if ((byte = byte_of((enum charset)one, code)) >= 0)
                bytes[n++] = (char)byte;
        for (int other = CHARSET_CP1252; byte >= 0 && other < CHARSETS; other++)
            if (other != one && reads_better(bytes, n, (enum charset)one, (enum charset)other))
                return true;
    }
    return false;
}

static void keep_example(char *example, size_t size, const char *value)
{
    if (!example[0])
        snprintf(example, size, "%.*s", text_cut(value, (int)size - 1), value);
}

const char *text_mend(const char *value, struct arena *arena, struct text_mended *mended)
{
    const char *better = NULL;
    enum text_state state = TEXT_RIGHT;
    if (*after_ascii(value)) {
        for (int charset = CHARSET_CP1252; charset < CHARSETS && !better; charset++)
            if (!mend_in((enum charset)charset, value, arena, &better))
                return NULL;
        char *bytes = better ? NULL : arena_alloc(arena, strlen(value) + 1);
        if (!better && !bytes)
            return NULL;
        state = better                                           ? TEXT_MENDED
                : is_doubtful(value) || is_misread(value, bytes) ? TEXT_DOUBTFUL
                                                                 : TEXT_RIGHT;
    }
    mended->n[state]++;
    if (state == TEXT_DOUBTFUL)
        keep_example(mended->doubtful, sizeof mended->doubtful, value);
    if (state != TEXT_MENDED)
        return value;
    keep_example(mended->before, sizeof mended->before, value);
    keep_example(mended->after, sizeof mended->after, better);
    return better;
}

void text_mended_put(const struct text_mended *mended, struct buf *out)
{
    long long n = (long long)mended->n[TEXT_MENDED], doubtful = (long long)mended->n[TEXT_DOUBTFUL];
    if (n)
        buf_printf(out, "%s %lld %s en otra codificación: «%s» es «%s»",
                   n == 1 ? "se corrigió" : "se corrigieron", n,
                   n == 1 ? "texto que se había leído" : "textos que se habían leído",
                   mended->before, mended->after);
    if (doubtful)
        buf_printf(out, "%s%lld %s letras dañadas y %s: «%s»", n ? "; " : "", doubtful,
                   doubtful == 1 ? "texto parece tener" : "textos parecen tener",
                   doubtful == 1 ? "queda como está" : "quedan como están", mended->doubtful);
}
