/* text.c - UTF-8: validation, normalisation, case and accent folding, trimming. */
#include "geo/base/text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

size_t text_ascii_len(const char *text, size_t len)
{
    size_t n = 0;
    for (uint64_t eight; len - n >= sizeof eight; n += sizeof eight) {
        memcpy(&eight, text + n, sizeof eight);
        if (eight & UINT64_C(0x8080808080808080))
            break;
    }
    while (n < len && (unsigned char)text[n] < 0x80)
        n++;
    return n;
}

bool text_is_utf8(const char *text, size_t len)
{
    for (size_t i = 0; i < len;) {
        utf8proc_int32_t code;
        const unsigned char first = (unsigned char)text[i];
        if (first < 0x80) {
            i += text_ascii_len(text + i, len - i);
            continue;
        }
        /* Most non-ASCII characters of Spanish have two bytes. */
        if (first >= 0xC2 && first < 0xE0 && len - i > 1 &&
            ((unsigned char)text[i + 1] & 0xC0) == 0x80) {
            i += 2;
            continue;
        }
        utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)text + i,
                                              (utf8proc_ssize_t)(len - i), &code);
        if (n <= 0 || code < 0)
            return false;
        i += (size_t)n;
    }
    return true;
}

int text_cut(const char *text, int max)
{
    int n = (int)strnlen(text, (size_t)max + 1);
    if (n <= max)
        return n;
    for (n = max; n > 0 && ((unsigned char)text[n] & 0xC0) == 0x80;)
        n--;
    return n;
}

int text_cut_words(const char *text, int max)
{
    int whole = text_cut(text, max), n = whole;
    if (!text[whole])
        return whole;
    while (n > max / 2 && text[n] != ' ')
        n--;
    return text[n] == ' ' ? n : whole;
}

/* utf8proc_map into the arena. */
static char *map(struct arena *arena, const char *text, utf8proc_option_t options)
{
    utf8proc_uint8_t *mapped = NULL;
    utf8proc_ssize_t len = utf8proc_map((const utf8proc_uint8_t *)text, 0, &mapped,
                                        options | UTF8PROC_NULLTERM | UTF8PROC_STABLE);
    if (len < 0)
        return NULL;
    char *copy = arena_strndup(arena, (const char *)mapped, (size_t)len);
    free(mapped);
    return copy;
}

/* Joins the words of text with `part` between them, in place; a word is a run of
 * characters for which is_word() holds. */
static void join_words(char *text, char part, bool (*is_word)(utf8proc_int32_t code))
{
    char *out = text;
    bool gap = false;
    size_t len = strlen(text);
    for (size_t i = 0; i < len;) {
        utf8proc_int32_t code;
        utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)text + i,
                                              (utf8proc_ssize_t)(len - i), &code);
        if (n <= 0)
            break;
        if (is_word(code)) {
            if (gap && out > text)
                *out++ = part;
            gap = false;
            memmove(out, text + i, (size_t)n);
            out += n;
        } else
            gap = true;
        i += (size_t)n;
    }
    *out = '\0';
}

static bool is_letter_or_digit(utf8proc_int32_t code)
{
    utf8proc_category_t category = utf8proc_category(code);
    return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||
           (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
}

static bool is_visible(utf8proc_int32_t code)
{
    utf8proc_category_t category = utf8proc_category(code);
    return !(category >= UTF8PROC_CATEGORY_ZS && category <= UTF8PROC_CATEGORY_CC) &&
           code != 0xFEFF;
}

bool text_is_blank(const char *text)
{
    for (;;) {
        utf8proc_int32_t code;
        if ((unsigned char)*text > ' ' && (unsigned char)*text < 0x7F) /* ASCII: the usual text */
            return false;
        if (!*text)
            return true;
        utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &code);
        if (n <= 0 || (is_visible(code) && utf8proc_category(code) != UTF8PROC_CATEGORY_CF))
            return false;
        text += n;
    }
}

static bool is_ascii(const char *text)
{
    while (*text && (unsigned char)*text < 0x80)
        text++;
    return !*text;
}

/* ASCII is in normal form: words are joined by one blank. */
static char *clean_ascii(struct arena *arena, const char *text)
{
    enum { DELETE = 0x7F };
    char *clean = arena_alloc(arena, strlen(text) + 1), *out = clean;
    bool gap = false;
    for (; clean && *text; text++) {
        bool visible = *text > ' ' && *text != DELETE;
        if (visible && gap && out > clean)
            *out++ = ' ';
        if (visible)
            *out++ = *text;
        gap = !visible;
    }
    return clean; /* the arena's memory is zeroed */
}

char *text_clean(struct arena *arena, const char *text)
{
    if (is_ascii(text))
        return clean_ascii(arena, text);
    char *clean = map(arena, text, UTF8PROC_COMPOSE | UTF8PROC_IGNORE);
    if (clean)
        join_words(clean, ' ', is_visible);
    return clean;
}

static char *fold(struct arena *arena, const char *text, char part)
{
    char *folded = map(arena, text,
                       UTF8PROC_COMPOSE | UTF8PROC_STRIPMARK | UTF8PROC_CASEFOLD | UTF8PROC_COMPAT);
    if (folded)
        join_words(folded, part, is_letter_or_digit);
    return folded;
}

char *text_fold(struct arena *arena, const char *text)
{
    return fold(arena, text, ' ');
}

char *text_fold_column(struct arena *arena, const char *text)
{
    return fold(arena, text, '_');
}
