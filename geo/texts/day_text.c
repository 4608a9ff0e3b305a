/* day_text.c - one day as people write it. */
#include "geo/texts/day_text.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "geo/base/parse.h"

/* The words and numbers of a date. */
struct day_parts {
    int number[3];
    size_t digits[3]; /* of each number, as written */
    int n, month;     /* month: named, 1 to 12; 0: not */
    int month_at;     /* numbers before its name */
    char mark;        /* between the numbers; 0: none or several kinds */
};

static bool starts_word(const char *text, const char *word)
{
    return strncasecmp(text, word, strlen(word)) == 0;
}

/* Most words are told apart by their first letter. `known` is in lower case. */
static bool begins_alike(const char *word, const char *known)
{
    return (*word | 0x20) == *known;
}

/* The month that a word begins: "mar", "marzo", "mar."; setiembre is in use. 0: none. */
static int month_of(const char *word, size_t len)
{
    static const char *const names[][3] = {
        {"enero", "jan", "january"},
        {"febrero", "february", ""},
        {"marzo", "march", ""},
        {"abril", "apr", "april"},
        {"mayo", "may", ""},
        {"junio", "june", ""},
        {"julio", "july", ""},
        {"agosto", "aug", "august"},
        {"septiembre", "setiembre", "september"},
        {"octubre", "october", ""},
        {"noviembre", "november", ""},
        {"diciembre", "dec", "december"},
    };
    for (int month = 0; month < 12; month++)
        for (int i = 0; i < 3; i++) {
            const char *name = names[month][i];
            if (begins_alike(word, name) && strncasecmp(word, name, len) == 0 &&
                (len == 3 || len == strlen(name) || (len == 4 && month == 8)))
                return month + 1;
        }
    return 0;
}

static bool is_filler(const char *word, size_t len)
{
    static const char *const words[] = {
        "de",  "del", "lunes", "martes", "jueves", "viernes",   "domingo",   "lun",   "mie",
        "jue", "vie", "sab",   "dom",    "sabado", "miercoles", "miércoles", "sábado"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (begins_alike(word, words[i]) && strlen(words[i]) == len &&
            strncasecmp(word, words[i], len) == 0)
            return true;
    return false;
}

/* What may follow a day: "T12:00:00Z", " 10:30", " 10:30:00 a. m.", " 00:00:00+00". */
static bool is_time(const char *text)
{
    text += *text == 'T' || *text == ',';
    text += strspn(text, " ");
    if (!*text)
        return true;
    int hour, minute, used = 0;
    if (sscanf(text, "%2d:%2d%n", &hour, &minute, &used) != 2 || hour > 24 || minute > 59)
        return false;
    text += used;
    text += strspn(text, "0123456789:.,");
    text += strspn(text, " ");
    for (const char *const *word =
             (const char *const[]){"a. m.", "p. m.", "a.m.", "p.m.", "am", "pm", "hrs", "h", NULL};
         *word; word++)
        if (starts_word(text, *word)) {
            text += strlen(*word);
            break;
        }
    return !text[strspn(text, "0123456789:+-Z. ")];
}

/* The zone of a day of an XML schema: "2021-03-04Z", "2021-03-04-04:00". */
static bool is_zone(const char *text)
{
    int hour, minute, used = 0;
    if (strcmp(text, "Z") == 0)
        return true;
    return (*text == '-' || *text == '+') && strspn(text + 1, "0123456789") == 2 &&
           sscanf(text + 1, "%2d:%2d%n", &hour, &minute, &used) == 2 && used == 5 && !text[6];
}

/* What follows the first of a month: "1º", "1°", "1ro", "1er". */
static size_t ordinal_at(const char *text)
{
    static const char *const ends[] = {"\xC2\xBA", "\xC2\xB0", "ero", "ro", "er"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (starts_word(text, ends[i]))
            return strlen(ends[i]);
    return 0;
}

static bool take_number(const char **at, struct day_parts *parts)
{
    char *end;
    size_t digits = strspn(*at, "0123456789");
    if (parts->n == 3 || digits > 4)
        return false;
    parts->digits[parts->n] = digits;
    int number = (int)strtol(*at, &end, 10);
    parts->number[parts->n++] = number;
    *at = number == 1 ? end + ordinal_at(end) : end;
    return true;
}

static bool take_word(const char **at, struct day_parts *parts)
{
    size_t len = 0;
    while (isalpha((unsigned char)(*at)[len]) || (unsigned char)(*at)[len] >= 0x80)
        len++;
    int month = len >= 3 ? month_of(*at, len) : 0;
    if (month && parts->month)
        return false;
    if (month) {
        parts->month = month;
        parts->month_at = parts->n;
    } else if (!is_filler(*at, len))
        return false;
    *at += len;
    return true;
}

/* True once the parts make a date, so that what follows must be a time of day. */
static bool is_whole(const struct day_parts *parts)
{
    return parts->n == 3 || (parts->n == 2 && parts->month);
}

static bool split(const char *text, struct day_parts *parts)
{
    const char *at = text + strspn(text, " ");
    char marks = 0;
    while (*at) {
        if (is_whole(parts) && is_zone(at)) {
            at += strlen(at);
            break;
        }
        if (is_whole(parts) && (*at == 'T' || *at == ' ' || *at == ','))
            break;
        if (isdigit((unsigned char)*at)) {
            if (!take_number(&at, parts))
                return false;
        } else if (isalpha((unsigned char)*at) || (unsigned char)*at >= 0x80) {
            if (!take_word(&at, parts))
                return false;
        } else if (strchr("/-.", *at) && (parts->n || parts->month)) {
            marks = !marks || marks == *at ? *at : '?';
            at++;
        } else if (strchr(" ,", *at))
            at++;
        else
            return false;
    }
    parts->mark = marks == '?' ? 0 : marks;
    return parts->n > 0 && is_time(at);
}

static enum day_kind settle(int year, int month, int day, enum day_kind kind, char iso[11])
{
    char text[40];
    snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
    if (!parse_date(text))
        return DAY_IMPOSSIBLE;
    memcpy(iso, text, 11);
    return kind;
}

/* "5 de marzo de 2021", "marzo 5, 2021", "2021-mar-05". */
static enum day_kind by_name(const struct day_parts *parts, char iso[11])
{
    int last = parts->n - 1;
    if (parts->n == 1)
        return DAY_MISSING;
    if (parts->n != 2)
        return DAY_NONE;
    if (parts->digits[0] == 4 && parts->digits[1] <= 2)
        return settle(parts->number[0], parts->month, parts->number[1], DAY_SURE, iso);
    if (parts->digits[last] == 2 && parts->digits[0] <= 2)
        return DAY_SHORT_YEAR;
    if (parts->digits[0] > 2 || parts->digits[1] != 4)
        return DAY_NONE;
    return settle(parts->number[1], parts->month, parts->number[0], DAY_SURE, iso);
}

static enum day_kind by_numbers(const struct day_parts *parts, char iso[11])
{
    const int *number = parts->number;
    if (parts->n != 3 || !parts->mark)
        return DAY_NONE;
    if (parts->digits[0] == 4)
        return parts->digits[1] <= 2 && parts->digits[2] <= 2
                   ? settle(number[0], number[1], number[2], DAY_SURE, iso)
                   : DAY_NONE;
    if (parts->digits[0] > 2 || parts->digits[1] > 2)
        return DAY_NONE;
    /* "1.2.21" is a number of a section as well. */
    if (parts->digits[2] == 2)
        return parts->mark == '.' ? DAY_NONE : DAY_SHORT_YEAR;
    if (parts->digits[2] != 4)
        return DAY_NONE;
    if (number[1] > 12 && number[0] <= 12)
        return settle(number[2], number[0], number[1], DAY_MONTH_FIRST, iso);
    enum day_kind kind = number[0] > 12 ? DAY_FIRST : number[0] == number[1] ? DAY_SURE : DAY_OPEN;
    return settle(number[2], number[1], number[0], kind, iso);
}

bool day_text_starts(const char *text)
{
    text += strspn(text, " ");
    size_t len = 0;
    if (isdigit((unsigned char)*text)) {
        size_t digits = strspn(text, "0123456789");
        return digits <= 4 ? strchr("/-. der\xC2", text[digits]) && text[digits]
                           : digits == 8 || isalpha((unsigned char)text[digits]);
    }
    while (isalpha((unsigned char)text[len]) || (unsigned char)text[len] >= 0x80)
        len++;
    return len >= 3 && (month_of(text, len) || is_filler(text, len));
}

enum day_kind day_text_read(const char *text, char iso[11])
{
    struct day_parts parts = {.n = 0};
    int year, month, day, used = 0;
    iso[0] = '\0';
    text += strspn(text, " ");
    if (strspn(text, "0123456789") == 8 &&
        sscanf(text, "%4d%2d%2d%n", &year, &month, &day, &used) == 3 && used == 8 &&
        is_time(text + 8))
        return year >= 1900 && year <= 2100 ? settle(year, month, day, DAY_SURE, iso) : DAY_NONE;
    if (!split(text, &parts))
        return DAY_NONE;
    return parts.month ? by_name(&parts, iso) : by_numbers(&parts, iso);
}
