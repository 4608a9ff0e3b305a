/* workbook_format.c - the number formats of XLSX: what a number is shown as. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "geo/sheets/workbook_value.h"

enum { ZEROS_MAX = 30 /* of a padded number: codes are shorter */ };

/* What one section of a format code contains. */
struct section_tokens {
    bool digit; /* 0, # or ?, but for fractions of a second */
    int zeros;  /* how many 0 */
    bool mixed; /* something is shown that is no 0 */
    bool percent, date, month_or_minute, time, elapsed, text;
    bool year, more;    /* of a date: its year; letters other than those of year and month */
    bool after_seconds; /* the last token was 's', or ".0" after it */
    bool open;          /* something is shown that no code has: '#', '?', '.', ',', '%' */
    bool foreign;
    char literal[WORKBOOK_MARK_MAX]; /* the text being read, which is shown as it is */
    size_t literal_len;
    char shown[WORKBOOK_MARK_MAX]; /* all texts, and WORKBOOK_DIGIT for each 0 */
    size_t shown_len;              /* WORKBOOK_MARK_MAX: too long */
};

/* Texts that are shown --------------------------------------------------------------- */

static bool is_one_of(const char *text, size_t len, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strlen(words[i]) == len && strncasecmp(text, words[i], len) == 0)
            return true;
    return false;
}

bool workbook_is_foreign(const char *mark, size_t len)
{
    static const char *const marks[] = {
        "$",      "us$",     "$us",   "usd",   "us",     "sus", "eur",         "\u20AC",
        "\u00A3", "gbp",     "s/",    "pen",   "r$",     "brl", "ars",         "clp",
        "cny",    "dolares", "euros", "soles", "\u00A5", "jpy", "d\u00F3lares"};
    return is_one_of(mark, len - (len > 1 && mark[len - 1] == '.'), marks,
                     sizeof marks / sizeof *marks);
}

/* "$b" in older settings of Windows. */
static bool is_boliviano(const char *mark, size_t len)
{
    static const char *const marks[] = {"bs", "bob", "$b", "b$", "bolivianos"};
    return is_one_of(mark, len - (len > 1 && mark[len - 1] == '.'), marks,
                     sizeof marks / sizeof *marks);
}

static void add_shown(struct section_tokens *tokens, char letter)
{
    if (tokens->shown_len + 1 < WORKBOOK_MARK_MAX)
        tokens->shown[tokens->shown_len++] = letter;
    else
        tokens->shown_len = WORKBOOK_MARK_MAX;
}

static void add_literal(struct section_tokens *tokens, const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        add_shown(tokens, text[i]);
        if (tokens->literal_len + 1 < sizeof tokens->literal)
            tokens->literal[tokens->literal_len++] = text[i];
    }
}

/* The text that was read ends; *section: whose mark it may be. */
static void end_literal(struct section_tokens *tokens, struct workbook_section *section)
{
    const char *text = tokens->literal;
    size_t len = tokens->literal_len;
    for (; len && strchr(" -+()", *text); len--)
        text++;
    while (len && strchr(" -+()", text[len - 1]))
        len--;
    tokens->literal_len = 0;
    if (len && workbook_is_foreign(text, len)) {
        tokens->foreign = true;
        memcpy(section->mark, text, len);
        section->mark[len] = '\0';
    }
    tokens->open = tokens->open || is_boliviano(text, len);
}

/* "A-"000 and 00\-00\-00 show codes, 00" ha" a number with its unit. */
static bool shows_code(const struct section_tokens *tokens)
{
    const char *shown = tokens->shown, *last = memrchr(shown, WORKBOOK_DIGIT, tokens->shown_len);
    size_t texts = 0;
    if (tokens->open || tokens->shown_len >= WORKBOOK_MARK_MAX || !last || tokens->date ||
        tokens->time || tokens->month_or_minute)
        return false;
    for (size_t i = 0; i < tokens->shown_len; i++)
        texts += shown[i] != WORKBOOK_DIGIT && shown[i] != ' ';
    bool unit = last + 1 < shown + tokens->shown_len && last[1] == ' ';
    const char *first = memchr(shown, WORKBOOK_DIGIT, tokens->shown_len);
    bool joined = first > shown && strchr("-/", first[-1]);
    return texts > 0 && !unit && (tokens->zeros > 1 || joined);
}

/* Sections ----------------------------------------------------------------------------- */

static enum workbook_shown shown_of(const struct section_tokens *tokens)
{
    if (tokens->digit)
        return tokens->percent      ? WORKBOOK_SHOWN_PERCENT
               : tokens->foreign    ? WORKBOOK_SHOWN_FOREIGN
               : shows_code(tokens) ? WORKBOOK_SHOWN_CODE
                                    : WORKBOOK_SHOWN_NUMBER;
    if (tokens->elapsed)
        return WORKBOOK_SHOWN_ELAPSED;
    if (tokens->date)
        return !tokens->year                              ? WORKBOOK_SHOWN_DAY
               : tokens->month_or_minute && !tokens->more ? WORKBOOK_SHOWN_MONTH
                                                          : WORKBOOK_SHOWN_DATE;
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
    } else if (len && inner[0] == '$') { /* "[$USD-409]", "[$-400A]" */
        const char *mark = inner + 1;
        size_t n = 0;
        while (n + 1 < len && mark[n] != '-')
            n++;
        n = n < sizeof section->mark ? n : sizeof section->mark - 1;
        if (n && !is_boliviano(mark, n)) {
            tokens->foreign = true;
            memcpy(section->mark, mark, n);
            section->mark[n] = '\0';
        }
        tokens->open = tokens->open || n;
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
    tokens->open = tokens->open || strchr("#?.,%@", letter);
    tokens->more = tokens->more || (isalpha((unsigned char)letter) && !strchr("yYmM", letter));
    if (letter == '0')
        add_shown(tokens, WORKBOOK_DIGIT);
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
    case 'a': /* "dd/mm/aaaa" of Spanish programs */
        tokens->year = true;
        break;
    case 'y':
        tokens->year = true;
        /* fallthrough */
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

/* Reads a text that is shown as it stands: in quotes, behind '\\', or a mark. False: there is none.
 */
static bool take_literal(const char **at, struct section_tokens *tokens)
{
    if (**at == '"') {
        size_t len = strcspn(*at + 1, "\"");
        add_literal(tokens, *at + 1, len);
        *at += 1 + len;
        *at += **at == '"';
    } else if (**at == '\\' && (*at)[1]) {
        add_literal(tokens, *at + 1, 1);
        *at += 2;
    } else if (strchr("$-/+() ", **at) || (unsigned char)**at >= 0x80) {
        add_literal(tokens, (*at)++, 1);
        tokens->after_seconds = false;
    } else
        return false;
    tokens->mixed = true;
    return true;
}

/* Reads one section; returns its end, at ';' or NUL. */
static const char *read_section(const char *at, struct section_tokens *tokens,
                                struct workbook_section *section)
{
    while (*at && *at != ';') {
        const char *close;
        if (take_literal(&at, tokens))
            continue;
        end_literal(tokens, section);
        size_t word = word_length(at, tokens);
        tokens->mixed = tokens->mixed || word || *at == '\\';
        if (word) {
            at += word;
        } else if (*at == '[' && (close = strchr(at, ']'))) {
            read_bracket(at + 1, (size_t)(close - at - 1), tokens, section);
            at = close + 1;
        } else if (strchr("\\_*", *at)) { /* the next character is as wide, or as often */
            at += at[1] ? 2 : 1;
        } else
            read_letter(*at++, tokens);
    }
    end_literal(tokens, section);
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
        if (section->shown == WORKBOOK_SHOWN_CODE) {
            memcpy(section->mark, tokens.shown, tokens.shown_len);
            section->mark[tokens.shown_len] = '\0';
        }
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
    else if (id == 17)
        shown = WORKBOOK_SHOWN_MONTH;
    else if (id == 16)
        shown = WORKBOOK_SHOWN_DAY;
    else if (id == 14 || id == 15 || id == 22 || (id >= 27 && id <= 31) || id == 36 ||
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

const char *workbook_format_mark(const struct workbook_format *format, double value)
{
    return section_of(format, value)->mark;
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
