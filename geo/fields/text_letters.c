/* text_letters.c - mends letters of HTML, JSON and links; finds lost ones. */
#include "geo/fields/text_letters.h"

#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "geo/base/text.h"

static const struct {
    const char *name, *text;
} entities[] = {
    {"aacute", "á"}, {"eacute", "é"}, {"iacute", "í"}, {"oacute", "ó"}, {"uacute", "ú"},
    {"Aacute", "Á"}, {"Eacute", "É"}, {"Iacute", "Í"}, {"Oacute", "Ó"}, {"Uacute", "Ú"},
    {"ntilde", "ñ"}, {"Ntilde", "Ñ"}, {"uuml", "ü"},   {"Uuml", "Ü"},   {"iquest", "¿"},
    {"iexcl", "¡"},  {"ordm", "º"},   {"ordf", "ª"},   {"deg", "°"},    {"amp", "&"},
    {"quot", "\""},  {"apos", "'"},   {"nbsp", " "},   {"lt", "<"},     {"gt", ">"},
    {"ldquo", "“"},  {"rdquo", "”"},  {"lsquo", "‘"},  {"rsquo", "’"},  {"laquo", "«"},
    {"raquo", "»"},  {"ndash", "–"},  {"mdash", "—"},  {"hellip", "…"}, {"agrave", "à"},
    {"egrave", "è"}, {"ccedil", "ç"}, {"Ccedil", "Ç"}, {"atilde", "ã"}, {"otilde", "õ"},
};

/* Appends a character; false for what no text may have. */
static bool put_code(long code, char **out)
{
    if (code < 0x20 || (code >= 0x7F && code < 0xA0) ||
        !utf8proc_codepoint_valid((utf8proc_int32_t)code))
        return false;
    *out += utf8proc_encode_char((utf8proc_int32_t)code, (utf8proc_uint8_t *)*out);
    return true;
}

/* "&ntilde;", "&#241;", "&#xF1;" at *at. */
static bool take_entity(const char **at, char **out)
{
    size_t len = strcspn(*at, "; ");
    char *end;
    if (**at != '&' || (*at)[len] != ';' || len < 3)
        return false;
    if ((*at)[1] == '#') {
        bool hex = (*at)[2] == 'x' || (*at)[2] == 'X';
        const char *digits = *at + (hex ? 3 : 2);
        long code = isxdigit((unsigned char)*digits) ? strtol(digits, &end, hex ? 16 : 10) : 0;
        if (code <= 0 || code > 0x10FFFF || end != *at + len || !put_code(code, out))
            return false;
        *at += len + 1;
        return true;
    }
    for (size_t i = 0; i < sizeof entities / sizeof *entities; i++)
        if (strlen(entities[i].name) == len - 1 &&
            memcmp(*at + 1, entities[i].name, len - 1) == 0) {
            *out = stpcpy(*out, entities[i].text);
            *at += len + 1;
            return true;
        }
    return false;
}

static int hex_value(const char *digits, int n)
{
    int value = 0;
    for (int i = 0; i < n; i++) {
        int c = tolower((unsigned char)digits[i]);
        if (!isxdigit(c))
            return -1;
        value = 16 * value + (isdigit(c) ? c - '0' : c - 'a' + 10);
    }
    return value;
}

/* "\u00ed", or "\xed" of Python, at *at: a letter that is not ASCII. */
static bool take_escape(const char **at, char **out)
{
    int digits = (*at)[0] != '\\' ? 0 : (*at)[1] == 'u' ? 4 : (*at)[1] == 'x' ? 2 : 0;
    int code = digits ? hex_value(*at + 2, digits) : -1;
    if (code < (digits == 2 ? 0xC0 : 0xA0) || !put_code(code, out))
        return false;
    *at += 2 + digits;
    return true;
}

/* "%C3%B1" at *at: the bytes of one letter of two bytes, as those of Spanish are. */
static bool take_percents(const char **at, char **out)
{
    if ((*at)[0] != '%')
        return false;
    int first = hex_value(*at + 1, 2);
    int second = first >= 0xC2 && first <= 0xDF && (*at)[3] == '%' ? hex_value(*at + 4, 2) : -1;
    if (second < 0x80 || second > 0xBF || !put_code((first & 0x1F) << 6 | (second & 0x3F), out))
        return false;
    *at += 6;
    return true;
}

const char *text_letters_mend(const char *text, struct arena *arena)
{
    if (!strpbrk(text, "&\\%"))
        return text;
    char *copy = arena_alloc(arena, strlen(text) + 1), *out = copy;
    bool changed = false;
    if (!copy)
        return NULL;
    for (const char *at = text; *at;) {
        if (take_entity(&at, &out) || take_escape(&at, &out) || take_percents(&at, &out))
            changed = true;
        else
            *out++ = *at++;
    }
    *out = '\0';
    return changed ? copy : text;
}

/* The last letter before `at`. */
static bool is_letter_before(const char *text, const char *at)
{
    return at > text && ((unsigned char)at[-1] >= 0x80 || isalpha((unsigned char)at[-1]));
}

bool text_letters_lost(const char *text)
{
    enum { NAME_WORDS = 4 };
    size_t words = 1;
    bool last = false;
    if (strstr(text, "\xEF\xBF\xBD"))
        return true;
    if (!strchr(text, '?') || strstr(text, "¿") || strstr(text, "://"))
        return false;
    for (const char *at = text; *at; at++) {
        words += *at == ' ';
        if (*at != '?' || !is_letter_before(text, at))
            continue;
        if ((unsigned char)at[1] >= 0x80 || isalpha((unsigned char)at[1]))
            return true;
        last = last || !at[1] || at[1] == ' ';
    }
    return last && words <= NAME_WORDS;
}
