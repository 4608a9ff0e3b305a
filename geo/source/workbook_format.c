/* workbook_format.c - the number formats of XLSX: what a number is shown as. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "geo/source/workbook_value.h"

enum { ZEROS_MAX = 30 /* of a padded number: codes are shorter */ };

/* What one section of a format code contains. */
struct section_tokens {
    bool digit; /* 0, # or ?, but for fractions of a second */
    int zeros;  /* how many 0 */
    bool mixed; /* something is shown that is no 0 */
    bool percent, date, month_or_minute, time, elapsed, text;
    bool after_seconds; /* the last token was 's', or ".0" after it */
};

static enum workbook_shown shown_of(const struct section_tokens *tokens)
{
    if (tokens->digit)
        return tokens->percent ? WORKBOOK_SHOWN_PERCENT : WORKBOOK_SHOWN_NUMBER;
    if (tokens->elapsed)
        return WORKBOOK_SHOWN_ELAPSED;
    if (tokens->date)
        return WORKBOOK_SHOWN_DATE;
    if (tokens->time)
        return WORKBOOK_SHOWN_TIME;
    if (tokens->month_or_minute)
        return WORKBOOK_SHOWN_DATE;
    return tokens->percent ? WORKBOOK_SHOWN_PERCENT : WORKBOOK_SHOWN_LITERAL;
}

/* What stands in brackets: an elapsed time, a condition; else a colour, a currency or a
 * language. */
static void read_bracket(const char *inner, size_t len, struct section_tokens *tokens,
                         struct workbook_section *section)
{
    size_t letters = strspn(inner, "hHmMsS"), signs = strspn(inner, "<>=");
    if (len && letters >= len) {
        tokens->elapsed = true;
        tokens->after_seconds = tolower((unsigned char)inner[0]) == 's';
    } else if (signs && signs < sizeof section->test && signs < len) {
        memcpy(section->test, inner, signs);
        section->operand = strtod(inner + signs, NULL);
    }
}

/* Bytes of a word that is no token: the general format, whose name is also written in the
 * language of the program, and the halves of the day. 0: none. */
static size_t word_length(const char *at, struct section_tokens *tokens)
{
    static const char *const general[] = {"General", "Standard", "Estándar"};
    static const char *const halves[] = {"AM/PM", "A/P"};
    for (size_t i = 0; i < sizeof general / sizeof *general; i++)
        if (strncasecmp(at, general[i], strlen(general[i])) == 0) {
            tokens->digit = true;
            return strlen(general[i]);
        }
    for (size_t i = 0; i < sizeof halves / sizeof *halves; i++)
        if (strncasecmp(at, halves[i], strlen(halves[i])) == 0) {
            tokens->time = true;
            return strlen(halves[i]);
        }
    return 0;
}

static void read_letter(char letter, struct section_tokens *tokens)
{
    bool after_seconds = tokens->after_seconds;
    tokens->after_seconds = false;
    tokens->zeros += letter == '0';
    tokens->mixed = tokens->mixed || letter != '0';
    switch (tolower((unsigned char)letter)) {
    case '0':
        tokens->digit = tokens->digit || !after_seconds;
        tokens->after_seconds = after_seconds;
        break;
    case '#':
    case '?':
        tokens->digit = true;
        break;
    case '.':
    case ',':
        tokens->after_seconds = after_seconds;
        break;
    case '%':
        tokens->percent = true;
        break;
    case 'y':
    case 'd':
        tokens->date = true;
        break;
    case 's':
        tokens->after_seconds = true;
        tokens->time = true;
        break;
    case 'h':
        tokens->time = true;
        break;
    case 'm':
        tokens->month_or_minute = true;
        break;
    case '@':
        tokens->text = true;
        break;
    default:
        break;
    }
}

/* Reads one section; returns its end, at ';' or NUL. */
static const char *read_section(const char *at, struct section_tokens *tokens,
                                struct workbook_section *section)
{
    while (*at && *at != ';') {
        const char *close;
        size_t word = word_length(at, tokens);
        tokens->mixed = tokens->mixed || word || strchr("\"\\", *at);
        if (word) {
            at += word;
        } else if (*at == '"') {
            at += 1 + strcspn(at + 1, "\"");
            at += *at == '"';
        } else if (*at == '[' && (close = strchr(at, ']'))) {
            read_bracket(at + 1, (size_t)(close - at - 1), tokens, section);
            at = close + 1;
        } else if (strchr("\\_*", *at)) { /* the next character is shown, or as wide or as often */
            at += at[1] ? 2 : 1;
        } else
            read_letter(*at++, tokens);
    }
    return at;
}

void workbook_format_parse(const char *code, struct workbook_format *format)
{
    *format = (struct workbook_format){0};
    for (const char *at = code; format->n < 3; at++) {
        struct section_tokens tokens = {0};
        struct workbook_section *section = &format->sections[format->n];
        at = read_section(at, &tokens, section);
        section->shown = shown_of(&tokens);
        section->zeros = tokens.mixed || tokens.zeros > ZEROS_MAX ? 0 : tokens.zeros;
        /* The section for texts: "dd/mm/yyyy;@". */
        if (tokens.text && section->shown == WORKBOOK_SHOWN_LITERAL && format->n > 0)
            *section = (struct workbook_section){0};
        else
            format->n++;
        if (!*at)
            break;
    }
}

void workbook_format_built_in(int64_t id, struct workbook_format *format)
{
    enum workbook_shown shown = WORKBOOK_SHOWN_NUMBER;
    if (id == 9 || id == 10)
        shown = WORKBOOK_SHOWN_PERCENT;
    else if ((id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 ||
             (id >= 50 && id <= 58))
        shown = WORKBOOK_SHOWN_DATE;
    else if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || id == 45 || id == 47)
        shown = WORKBOOK_SHOWN_TIME;
    else if (id == 46)
        shown = WORKBOOK_SHOWN_ELAPSED;
    *format = (struct workbook_format){.n = 1, .sections = {{.shown = shown}}};
}

static bool passes(const struct workbook_section *section, double value)
{
    bool less = strchr(section->test, '<') && value < section->operand;
    bool more = strchr(section->test, '>') && value > section->operand;
    bool same = strchr(section->test, '=') && value == section->operand;
    return less || more || same;
}

/* Without conditions the sections are for positive numbers, negative ones and zero; the first
 * of two is for zero too. */
static const struct workbook_section *section_of(const struct workbook_format *format, double value)
{
    for (int i = 0; i < format->n - 1; i++) {
        const struct workbook_section *section = &format->sections[i];
        bool fits = section->test[0] ? passes(section, value)
                    : i == 1         ? value < 0
                                     : value > 0 || (format->n == 2 && value == 0);
        if (fits)
            return section;
    }
    return &format->sections[format->n - 1];
}

int workbook_format_zeros(const struct workbook_format *format, double value)
{
    return section_of(format, value)->zeros;
}

enum workbook_shown workbook_format_of(const struct workbook_format *format, double value)
{
    enum workbook_shown shown = section_of(format, value)->shown;
    /* A fixed text for some values, such as "-" for zero: they are what the others are. */
    if (shown == WORKBOOK_SHOWN_LITERAL)
        shown = format->sections[0].shown;
    return shown == WORKBOOK_SHOWN_LITERAL ? WORKBOOK_SHOWN_NUMBER : shown;
}
