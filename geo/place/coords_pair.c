/* coords_pair.c - reads a pair of numbers from its tokens. */
#include "geo/place/coords_pair.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/place/coords_extra.h"
#include "geo/place/coords_lex.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { GROUPS_MAX = 8, ZONES_MAX = 60 };

/* The value of a number; `grouped` as in struct geo_coord. */
struct literal {
    double value, grouped;
    bool whole, comma;
    int digits; /* of the first group */
};

static void skip(const struct coords_token *tokens, int *at, int end, enum coords_kind kind)
{
    while (*at < end && tokens[*at].kind == kind)
        ++*at;
}

/* The digits of all groups as one number; `decimal`: the last group is the fraction. */
static double joined(const struct coords_token *const *groups, int n, bool decimal)
{
    char text[GEO_COORDS_TEXT_MAX + 2];
    size_t len = 0;
    for (int i = 0; i < n; i++) {
        if (decimal && i == n - 1)
            text[len++] = '.';
        memcpy(text + len, groups[i]->text, groups[i]->len);
        len += groups[i]->len;
    }
    text[len] = '\0';
    return strtod(text, NULL);
}

/* True if all groups but the first have three digits, and the first one to three. */
static bool are_thousands(const struct coords_token *const *groups, int n)
{
    if (groups[0]->len > 3)
        return false;
    for (int i = 1; i < n; i++)
        if (groups[i]->len != 3)
            return false;
    return true;
}

static bool parts_digits(enum coords_kind kind, bool blanks)
{
    return kind == COORDS_DOT || kind == COORDS_COMMA ||
           (blanks && (kind == COORDS_BLANK || kind == COORDS_MINUTE));
}

/* Reads a number at *at: groups of digits separated by point and comma and, if `blanks`,
 * by blanks or apostrophes as thousands separators. */
static bool read_literal(const struct coords_token *tokens, int *at, int end, bool blanks,
                         struct literal *out)
{
    const struct coords_token *groups[GROUPS_MAX];
    enum coords_kind parts[GROUPS_MAX] = {COORDS_DIGITS};
    int n = 0, i = *at;
    while (i < end && tokens[i].kind == COORDS_DIGITS && n < GROUPS_MAX) {
        groups[n++] = &tokens[i++];
        if (i + 1 < end && parts_digits(tokens[i].kind, blanks) &&
            tokens[i + 1].kind == COORDS_DIGITS && n < GROUPS_MAX)
            parts[n] = tokens[i++].kind;
        else
            break;
    }
    if (n == 0)
        return false;
    /* The last separator is the decimal mark if it is a point or comma that occurs once.
     * The separators before it must all be the same thousands separator (except 8'176,543,
     * where millions and thousands are marked differently). */
    enum coords_kind last = n > 1 ? parts[n - 1] : COORDS_DIGITS;
    int same = 0;
    bool alike = true;
    for (int k = 1; k < n; k++)
        same += parts[k] == last;
    for (int k = 2; k < n - 1; k++)
        alike = alike && parts[k] == parts[1];
    bool decimal = n > 1 && same == 1 && (last == COORDS_DOT || last == COORDS_COMMA);
    bool grouped = n > 1 && are_thousands(groups, n) && !(groups[0]->text[0] == '0');
    if (n > 1 && !alike)
        return false;
    if (decimal && n > 2 && !are_thousands(groups, n - 1))
        return false;
    if (n > 1 && !decimal && !(grouped && same == n - 1))
        return false;
    *out = (struct literal){
        .value = joined(groups, n, decimal),
        .grouped = decimal && grouped ? joined(groups, n, false) : NAN,
        .whole = !decimal,
        .comma = decimal && last == COORDS_COMMA,
        .digits = (int)groups[0]->len,
    };
    *at = i;
    return true;
}

/* Skips a separator between degrees, minutes and seconds; *mark: a sign that names the
 * unit. A dash is accepted only between whole numbers without signs. */
static bool read_part(const struct coords_token *tokens, int *at, int end, enum coords_kind mark,
                      bool *marked)
{
    int start = *at;
    skip(tokens, at, end, COORDS_BLANK);
    if (*at < end && (tokens[*at].kind == mark || tokens[*at].kind == COORDS_COLON)) {
        *marked = *marked || tokens[*at].kind == mark;
        ++*at;
        if (mark == COORDS_SECOND && *at < end && tokens[*at].kind == mark)
            return false;
        skip(tokens, at, end, COORDS_BLANK);
        return true;
    }
    if (*at == start && *at + 1 < end && tokens[*at].kind == COORDS_MINUS &&
        tokens[*at + 1].kind == COORDS_DIGITS) {
        ++*at;
        return true;
    }
    return *at > start;
}

/* Minutes and seconds whose mark between them was lost: the 5400.4" of 18°5400.4". */
static bool read_run_together(const struct coords_token *tokens, int *at, int end,
                              const struct literal *literal, double *degrees)
{
    if (literal->digits != 4 || *at >= end || tokens[*at].kind != COORDS_SECOND)
        return false;
    double minutes = floor(literal->value / 100), seconds = literal->value - 100 * minutes;
    if (minutes >= 60 || seconds >= 60)
        return false;
    *degrees += (minutes + seconds / 60) / 60;
    ++*at;
    return true;
}

/* Reads degrees, with minutes and seconds if any. */
static bool read_sexagesimal(const struct coords_token *tokens, int *at, int end,
                             struct geo_coord *out)
{
    static const enum coords_kind marks[] = {COORDS_DEGREE, COORDS_MINUTE, COORDS_SECOND};
    double value = 0, unit = 1;
    bool marked = false, dashed = false;
    int parts = 0;
    for (; parts < 3; parts++, unit /= 60) {
        struct literal literal;
        int i = *at;
        if (!read_literal(tokens, &i, end, false, &literal))
            break;
        if (parts == 1 && marked && read_run_together(tokens, &i, end, &literal, &value)) {
            out->comma = out->comma || literal.comma;
            *at = i;
            parts = 3;
            break;
        }
        if (parts > 0 &&
            (literal.digits > 2 || literal.value > 60 || (parts == 1 && literal.value == 60)))
            return false;
        value += literal.value * unit;
        out->comma = out->comma || literal.comma;
        *at = i;
        bool more = read_part(tokens, &i, end, marks[parts], &marked);
        dashed = dashed || (more && i < end && tokens[i - 1].kind == COORDS_MINUS);
        if (!more || (i < end && tokens[i].kind != COORDS_DIGITS) || i == end || !literal.whole) {
            *at = more ? i : *at;
            parts++;
            break;
        }
        if (parts == 2)
            return false;
        *at = i;
    }
    if (dashed && parts != 3)
        return false;
    out->value = value;
    out->degrees = marked || parts > 1;
    out->sexagesimal = parts > 1;
    out->parts = parts;
    return parts > 0;
}

static bool is_word(const struct coords_token *token)
{
    return token->kind == COORDS_WORD;
}

/* Labels and hemisphere letters before or after the number. A letter with a colon is a
 * label, and gives no sign. */
struct coords_named {
    enum geo_axis axis;
    int sign; /* 0: not given */
    bool hemisphere;
};

static bool read_names(const struct coords_token *tokens, int *at, int end, bool after,
                       struct coords_named *named)
{
    for (;;) {
        skip(tokens, at, end, COORDS_BLANK);
        if (*at >= end || !is_word(&tokens[*at]))
            return true;
        const struct coords_word *word = tokens[*at].word;
        if (!word)
            return false;
        ++*at;
        bool dotted = *at < end && tokens[*at].kind == COORDS_DOT;
        if (dotted)
            ++*at;
        int next = *at;
        skip(tokens, &next, end, COORDS_BLANK);
        bool colon = !after && next < end && tokens[next].kind == COORDS_COLON;
        if (colon)
            *at = next + 1;
        if (word->axis != GEO_AXIS_OPEN) {
            if (named->axis != GEO_AXIS_OPEN && named->axis != word->axis)
                return false;
            named->axis = word->axis;
        }
        if (word->sign && !(colon && word->letter)) {
            if (named->hemisphere)
                return false; /* two hemispheres for one number */
            named->hemisphere = true;
            named->sign = word->sign;
        }
    }
}

/* Reads all tokens [at, end) as one coordinate. */
static bool read_coord(const struct coords_token *tokens, int at, int end, struct geo_coord *out)
{
    struct coords_named named = {0};
    *out = (struct geo_coord){.grouped = NAN, .parts = 1};
    if (!read_names(tokens, &at, end, false, &named))
        return false;
    int sign = 0;
    if (at < end && (tokens[at].kind == COORDS_MINUS || tokens[at].kind == COORDS_PLUS)) {
        sign = tokens[at++].kind == COORDS_MINUS ? -1 : 1;
        skip(tokens, &at, end, COORDS_BLANK);
    }
    struct literal literal;
    int plain = at;
    bool angle = false;
    if (read_literal(tokens, &plain, end, true, &literal) &&
        (plain == end || tokens[plain].kind == COORDS_BLANK || is_word(&tokens[plain]) ||
         (tokens[plain].kind == COORDS_DOT))) {
        int past = plain;
        skip(tokens, &past, end, COORDS_BLANK);
        angle = past < end && tokens[past].kind != COORDS_DOT && !is_word(&tokens[past]);
    } else
        angle = true;
    if (angle) {
        if (!read_sexagesimal(tokens, &at, end, out))
            return false;
    } else {
        out->value = literal.value;
        out->grouped = literal.grouped;
        out->comma = literal.comma;
        at = plain;
    }
    if (!read_names(tokens, &at, end, true, &named))
        return false;
    if (at < end && tokens[at].kind == COORDS_DOT)
        at++;
    skip(tokens, &at, end, COORDS_BLANK);
    if (at != end)
        return false;
    out->axis = named.axis;
    /* With metres "S" only names the axis: northings of the southern zones are positive. */
    bool degrees = out->value <= 180 && (named.hemisphere || out->degrees);
    if (named.hemisphere && degrees) {
        if (sign && sign != named.sign)
            return false;
        out->degrees = true;
        sign = named.sign;
    }
    out->sign_known = sign != 0;
    if (sign < 0) {
        out->value = -out->value;
        out->grouped = -out->grouped;
    }
    return true;
}

static bool is_between(double value, double low, double high)
{
    return value >= low && value <= high;
}

static bool is_metric_pair(double x, double y)
{
    return is_between(x, 1e3, 2e6) && is_between(y, 2e6, 1e7);
}

/* How plausible two numbers are as a pair; only used to choose where to split them. */
static int fit(const struct geo_coord *a, const struct geo_coord *b)
{
    if (a->axis != GEO_AXIS_OPEN && a->axis == b->axis)
        return -1;
    double x = fabs(a->value), y = fabs(b->value);
    double gx = isnan(a->grouped) ? x : fabs(a->grouped);
    double gy = isnan(b->grouped) ? y : fabs(b->grouped);
    bool degrees = (x <= 180 && y <= 90) || (x <= 90 && y <= 180);
    bool metres = !a->degrees && !b->degrees &&
                  (is_metric_pair(x, y) || is_metric_pair(y, x) || is_metric_pair(gx, gy) ||
                   is_metric_pair(gy, gx) || is_metric_pair(gx, y) || is_metric_pair(gy, x) ||
                   is_metric_pair(x, gy) || is_metric_pair(y, gx));
    return 4 * (degrees || metres) + 2 * (a->parts == b->parts) + (a->comma == b->comma) +
           (a->degrees == b->degrees);
}

/* Numbers alone, without a letter, label or unit mark. */
static bool is_bare(const struct coords_token *tokens, int end)
{
    for (int i = 0; i < end; i++)
        if (tokens[i].kind == COORDS_WORD || tokens[i].kind == COORDS_COLON ||
            (tokens[i].kind >= COORDS_DEGREE && tokens[i].kind <= COORDS_SECOND))
            return false;
    return true;
}

static bool is_gap(enum coords_kind kind)
{
    return kind == COORDS_BLANK || kind == COORDS_COMMA || kind == COORDS_HARD;
}

/* Tries every split of the tokens into two coordinates. The most plausible wins; two
 * different ones that are equally plausible are an ambiguity (*n > 1). Bare numbers of which
 * one has minutes and the other has none are no pair: "-18.9 -65 12" may end in an altitude. */
static bool read_pair(const struct coords_token *tokens, int end, struct geo_coords *out,
                      int *n_best)
{
    int hard = -1, best = -1;
    bool bare = is_bare(tokens, end);
    *n_best = 0;
    for (int i = 0; i < end; i++)
        if (tokens[i].kind == COORDS_HARD) {
            if (hard >= 0)
                return false;
            hard = i;
        }
    for (int i = 1; i < end; i++) {
        if (hard >= 0 && i != hard)
            continue;
        struct geo_coord a, b;
        int from = i;
        bool gap = is_gap(tokens[i].kind);
        while (from < end && is_gap(tokens[from].kind))
            from++;
        int commas = 0;
        for (int k = i; k < from; k++)
            commas += tokens[k].kind == COORDS_COMMA;
        /* Without a gap only a letter, a sign or a unit mark separates the numbers. */
        bool cut = gap ? !is_gap(tokens[i - 1].kind) && commas <= 1
                       : (tokens[i].kind != COORDS_DIGITS ||
                          (tokens[i - 1].kind != COORDS_DOT && tokens[i - 1].kind != COORDS_MINUS &&
                           tokens[i - 1].kind != COORDS_PLUS)) &&
                             tokens[i - 1].kind != COORDS_COMMA && !is_gap(tokens[i - 1].kind);
        if (!cut || !read_coord(tokens, 0, i, &a) || !read_coord(tokens, from, end, &b) ||
            (bare && a.parts != b.parts))
            continue;
        int score = fit(&a, &b);
        bool differs = a.value != out->first.value || b.value != out->second.value;
        if (score > best) {
            best = score;
            *n_best = 1;
            out->first = a;
            out->second = b;
        } else if (score >= 0 && score == best && differs)
            ++*n_best;
    }
    return best >= 0;
}

/* A pair, or two numbers of one column each, from tokens without zone and datum. */
static enum coords_answer read_numbers(const struct coords_text *a, const struct coords_text *b,
                                       struct geo_coords *out)
{
    int n = 1;
    if (!b) {
        if (!read_pair(a->tokens, a->n, out, &n))
            return COORDS_NO;
        return n > 1 ? COORDS_MANY : COORDS_YES;
    }
    if (!read_coord(a->tokens, 0, a->n, &out->first) ||
        !read_coord(b->tokens, 0, b->n, &out->second))
        return COORDS_NO;
    bool same = out->first.axis != GEO_AXIS_OPEN && out->first.axis == out->second.axis;
    return same ? COORDS_SAME_AXIS : COORDS_YES;
}

enum coords_answer coords_pair_read(const char *first, const char *second, struct geo_coords *out)
{
    struct coords_text a, b;
    struct geo_coords read = {.one_text = second == NULL};
    struct coords_frame frame = {0};
    if (!coords_lex(first, &a) || (second && !coords_lex(second, &b)))
        return COORDS_NO;
    read.extra = coords_extra_named(&a) || (second && coords_extra_named(&b));
    /* A zone beside metres ("19K 592345 …") is only tried if the text cannot be read
     * without it: "19 S" may be a latitude. An altitude without a label comes last. */
    for (int pass = 0; pass < 3; pass++) {
        if (pass < 2 &&
            (!coords_frame(&a, pass == 1, &frame) || (second && !coords_frame(&b, false, &frame))))
            return COORDS_NO;
        if (pass == 2 && (second || !(read.extra = coords_extra_tail(&a))))
            return COORDS_NO;
        enum coords_answer answer = read_numbers(&a, second ? &b : NULL, &read);
        if (answer == COORDS_NO)
            continue;
        read.zone = frame.zone;
        read.north = frame.north;
        read.datum = frame.datum;
        read.epsg = frame.epsg;
        *out = read;
        return answer;
    }
    return COORDS_NO;
}
