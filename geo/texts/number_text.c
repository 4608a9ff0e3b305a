/* number_text.c - one number as people write it: its marks, and each way to read it. */
#include "geo/texts/number_text.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

/* The text between first and last, which moves inwards as signs and units are taken off. */
struct span {
    const char *first, *last; /* last: one past the end */
};

/* Bytes of a blank at `at`: ASCII, no-break, thin, narrow no-break; 0: none. */
static size_t blank_at(const char *at, const char *last)
{
    if (at >= last)
        return 0;
    if (*at == ' ' || (*at >= '\t' && *at <= '\r'))
        return 1;
    if (last - at >= 2 && memcmp(at, "\xC2\xA0", 2) == 0)
        return 2;
    if (last - at >= 3 &&
        (memcmp(at, "\xE2\x80\x89", 3) == 0 || memcmp(at, "\xE2\x80\xAF", 3) == 0))
        return 3;
    return 0;
}

static void trim(struct span *span)
{
    for (size_t n; (n = blank_at(span->first, span->last)) > 0;)
        span->first += n;
    for (bool more = true; more;) {
        more = false;
        for (size_t n = 1; n <= 3 && !more; n++)
            if ((size_t)(span->last - span->first) >= n &&
                blank_at(span->last - n, span->last) == n) {
                span->last -= n;
                more = true;
            }
    }
}

/* Takes a word off the end, or the start, whatever its case. */
static bool take_end(struct span *span, const char *word)
{
    size_t n = strlen(word);
    if ((size_t)(span->last - span->first) <= n || strncasecmp(span->last - n, word, n) != 0)
        return false;
    span->last -= n;
    trim(span);
    return true;
}

static bool take_start(struct span *span, const char *word)
{
    size_t n = strlen(word);
    if ((size_t)(span->last - span->first) <= n || strncasecmp(span->first, word, n) != 0)
        return false;
    span->first += n;
    trim(span);
    return true;
}

/* "(e)", "(12)": one or two letters or digits between parentheses. */
static bool take_note(struct span *span)
{
    const char *open = span->last - span->first >= 4
                           ? memrchr(span->first, '(', (size_t)(span->last - span->first))
                           : NULL;
    if (!open || open == span->first || span->last[-1] != ')')
        return false;
    size_t inside = (size_t)(span->last - open) - 2;
    if (inside < 1 || inside > 2 || strcspn(open + 1, "( .,%*") < inside)
        return false;
    for (size_t i = 1; i <= inside; i++)
        if ((unsigned char)open[i] >= 0x80)
            return false;
    span->last = open;
    trim(span);
    return true;
}

/* One mark off the end: "*", a dagger, a raised digit or letter. */
static bool take_mark(struct span *span)
{
    static const char *const marks[] = {"*", "†", "‡", "¹", "²", "³", "⁰", "⁴", "⁵", "⁶",
                                        "⁷", "⁸", "⁹", "⁽", "⁾", "ª", "º", "ᵇ", "ᶜ", "ᵈ",
                                        "ᵉ", "ᶠ", "ᵍ", "ʰ", "ⁱ", "ʲ", "ᵏ", "ˡ", "ᵐ", "ⁿ",
                                        "ᵖ", "ʳ", "ˢ", "ᵗ", "ᵘ", "ᵛ", "ʷ", "ˣ", "ʸ", "ᶻ"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (take_end(span, marks[i]))
            return true;
    return false;
}

/* Several marks may be parted by commas and end with a slash: "¹,²", "¹/". */
static bool take_footnote(struct span *span)
{
    bool any = take_note(span);
    struct span rest = *span;
    take_end(&rest, "/");
    for (bool more = !any; more; rest = *span) {
        if (any)
            take_end(&rest, ",");
        more = take_mark(&rest);
        if (more)
            *span = rest;
        any = any || more;
    }
    return any;
}

/* "Bs", "Bs.", ISO's "BOB" or the older "$b", on either side; "Bs.- " as in contracts, where the
 * dash is no minus. */
static bool take_bolivianos(struct span *span, bool also_end)
{
    static const char *const words[] = {"bs.- ", "bs.", "bs", "bob", "$b"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (take_start(span, words[i]) || (also_end && take_end(span, words[i])))
            return true;
    return false;
}

/* "Bs.-500", whose dash may be the one of "Bs.- 500" or a minus. */
static bool is_open_dash(const struct span *span)
{
    return span->last - span->first > 4 && strncasecmp(span->first, "bs.-", 4) == 0 &&
           isdigit((unsigned char)span->first[4]);
}

static bool take_units(struct span *span, struct number_text *out)
{
    if (is_open_dash(span))
        return false;
    out->footnote = take_footnote(span);
    out->percent = take_end(span, "%");
    out->bolivianos = take_bolivianos(span, !out->percent);
    take_end(span, ".-"); /* "Bs 500.-", as on receipts: no centavos */
    return span->first < span->last;
}

static bool take_sign(struct span *span)
{
    bool minus = take_start(span, "-") || take_start(span, "\xE2\x88\x92");
    if (!minus)
        take_start(span, "+");
    return minus;
}

/* True if every group after the first has three digits, and the first one to three. */
static bool is_grouped(const char *text, size_t len, char mark)
{
    size_t group = 0, groups = 0;
    for (size_t i = 0; i < len; i++) {
        if (text[i] != mark) {
            group++;
            continue;
        }
        if (groups++ == 0 ? group < 1 || group > 3 || text[0] == '0' : group != 3)
            return false;
        group = 0;
    }
    return groups > 0 && group == 3;
}

/* Bytes of an apostrophe, ' or U+2019, which parts thousands in Swiss settings; 0: none. */
static size_t apostrophe_at(const char *at, const char *last)
{
    return *at == '\'' ? 1 : last - at >= 3 && memcmp(at, "\xE2\x80\x99", 3) == 0 ? 3 : 0;
}

/* Copies digits and marks; blanks and apostrophes as ' '. False for another character. */
static bool copy_digits(const struct span *span, char digits[NUMBER_TEXT_MAX], size_t *len)
{
    size_t n = 0;
    for (const char *at = span->first; at < span->last;) {
        size_t blank = blank_at(at, span->last);
        blank = blank ? blank : apostrophe_at(at, span->last);
        char c = blank ? ' ' : *at;
        if (n + 8 >= NUMBER_TEXT_MAX ||
            !(c == ' ' || c == '.' || c == ',' || (c >= '0' && c <= '9')))
            return false;
        digits[n++] = c;
        at += blank ? blank : 1;
    }
    digits[n] = '\0';
    *len = n;
    return n > 0;
}

/* Removes blanks that part thousands; false if they part something else. */
static bool join_blanks(char *digits, size_t *len, bool *joined)
{
    size_t whole = strcspn(digits, ".,"), n = 0;
    *joined = memchr(digits, ' ', whole) != NULL;
    if (strchr(digits + whole, ' ') || (*joined && !is_grouped(digits, whole, ' ')))
        return false;
    for (size_t i = 0; i <= *len; i++)
        if (digits[i] != ' ')
            digits[n++] = digits[i];
    *len = n - 1;
    return true;
}

/* Finds the form; *mark is the place of the decimal mark, len: none. */
static bool find_form(const char *digits, size_t len, bool joined, struct number_text *out,
                      size_t *mark)
{
    const char *dot = memrchr(digits, '.', len), *comma = memrchr(digits, ',', len);
    *mark = len;
    out->form = NUMBER_WHOLE;
    if (!dot && !comma)
        return true;
    const char *last = !comma || (dot && dot > comma) ? dot : comma;
    size_t at = (size_t)(last - digits);
    bool point = *last == '.', repeated = memchr(digits, *last, at) != NULL;
    if (at + 1 == len || (at == 0 && joined))
        return false;
    if (dot && comma) {
        out->grouped = true;
        *mark = at;
        out->form = point ? NUMBER_POINT : NUMBER_COMMA;
        return !joined && !repeated && is_grouped(digits, at, point ? ',' : '.');
    }
    bool groups = !joined && is_grouped(digits, len, *last);
    if (repeated) {
        out->grouped = true;
        out->form = point ? NUMBER_POINT_GROUPS : NUMBER_COMMA_GROUPS;
        return groups;
    }
    *mark = at;
    out->form = groups ? (point ? NUMBER_OPEN_POINT : NUMBER_OPEN_COMMA)
                       : (point ? NUMBER_POINT : NUMBER_COMMA);
    return true;
}

static void put_digits(const char *digits, size_t mark, bool minus, char *out)
{
    if (minus)
        *out++ = '-';
    if (mark == 0)
        *out++ = '0'; /* ".5", as statistics programs write it */
    for (size_t i = 0; digits[i]; i++)
        if (digits[i] >= '0' && digits[i] <= '9')
            *out++ = digits[i];
        else if (i == mark)
            *out++ = '.';
    *out = '\0';
}

/* Takes "E+05" off the end; its length is in *exponent, 0: none. */
static bool split_exponent(struct span *span, const char **exponent, size_t *n)
{
    size_t len = (size_t)(span->last - span->first);
    const char *at = memchr(span->first, 'E', len);
    at = at ? at : memchr(span->first, 'e', len);
    *n = 0;
    if (!at)
        return true;
    const char *digits = at + 1 + (at + 1 < span->last && (at[1] == '+' || at[1] == '-'));
    if (digits >= span->last || span->last - digits > 3)
        return false;
    for (const char *digit = digits; digit < span->last; digit++)
        if (*digit < '0' || *digit > '9')
            return false;
    *exponent = at;
    *n = (size_t)(span->last - at);
    span->last = at;
    return true;
}

/* The usual number, without blanks, units or thousands: "-1234.5". False: read it the long way. */
static bool read_plain(const char *text, struct number_text *out)
{
    enum { MOST = 24 };
    char *to = out->text;
    size_t mark = 0, n = 0;
    if (*text == '-')
        *to++ = *text++;
    for (; text[n]; n++) {
        bool is_mark = text[n] == '.' || text[n] == ',';
        if (n == MOST || (is_mark ? mark > 0 || n == 0 : text[n] < '0' || text[n] > '9'))
            return false;
        mark = is_mark ? n : mark;
        to[n] = text[n];
    }
    to[n] = '\0';
    if (n == 0 || (mark && mark + 1 == n))
        return false;
    if (!mark)
        return true;
    bool point = text[mark] == '.', open = n - mark == 4 && is_grouped(text, n, text[mark]);
    out->form = open ? (point ? NUMBER_OPEN_POINT : NUMBER_OPEN_COMMA)
                     : (point ? NUMBER_POINT : NUMBER_COMMA);
    to[mark] = '.';
    if (open) {
        size_t whole = (size_t)(to - out->text) + mark;
        memcpy(out->as_groups, out->text, whole);
        strcpy(out->as_groups + whole, text + mark + 1);
    }
    return true;
}

bool number_text_read(const char *text, struct number_text *out)
{
    const char *exponent = NULL;
    char digits[NUMBER_TEXT_MAX];
    size_t len, mark, n_exponent;
    bool joined;
    memset(out, 0, offsetof(struct number_text, text));
    out->as_groups[0] = '\0';
    if (read_plain(text, out))
        return true;
    struct span span = {text, text + strlen(text)};
    out->form = NUMBER_WHOLE;
    out->text[0] = '\0';
    if (span.last - span.first >= 2 * NUMBER_TEXT_MAX)
        return false;
    trim(&span);
    if (span.first == span.last)
        return false;
    /* The usual text that is no number ends here: it begins with a letter other than that of "Bs",
     * or has no digit. */
    if ((isalpha((unsigned char)*span.first) && *span.first != 'b' && *span.first != 'B') ||
        !strpbrk(span.first, "0123456789"))
        return false;
    bool before = take_sign(&span); /* "-Bs 5" */
    if (!take_units(&span, out))
        return false;
    bool after = take_sign(&span), minus = before || after; /* "Bs -5" */
    if (before && after)
        return false;
    if (!split_exponent(&span, &exponent, &n_exponent) || !copy_digits(&span, digits, &len) ||
        !join_blanks(digits, &len, &joined) || !find_form(digits, len, joined, out, &mark))
        return false;
    put_digits(digits, mark, minus, out->text);
    if (n_exponent) {
        out->scientific = true;
        out->form = out->form == NUMBER_OPEN_COMMA   ? NUMBER_COMMA
                    : out->form == NUMBER_OPEN_POINT ? NUMBER_POINT
                                                     : out->form;
        strncat(out->text, exponent, n_exponent);
        return !out->grouped;
    }
    if (out->form == NUMBER_OPEN_POINT || out->form == NUMBER_OPEN_COMMA)
        put_digits(digits, len, minus, out->as_groups);
    return true;
}

const char *number_text_as(const struct number_text *number, enum decimal_mark mark)
{
    if (number->form != NUMBER_OPEN_POINT && number->form != NUMBER_OPEN_COMMA)
        return number->text;
    if (mark == MARK_OPEN)
        return NULL;
    bool decimal = (number->form == NUMBER_OPEN_POINT) == (mark == MARK_POINT);
    return decimal ? number->text : number->as_groups;
}

enum decimal_mark number_form_mark(enum number_form form)
{
    switch (form) {
    case NUMBER_POINT:
    case NUMBER_COMMA_GROUPS:
        return MARK_POINT;
    case NUMBER_COMMA:
    case NUMBER_POINT_GROUPS:
        return MARK_COMMA;
    case NUMBER_WHOLE:
    case NUMBER_OPEN_POINT:
    case NUMBER_OPEN_COMMA:
        break;
    }
    return MARK_OPEN;
}
