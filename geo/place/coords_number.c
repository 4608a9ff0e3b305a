/* coords_number.c - reads one number of a coordinate from its tokens. */
#include "geo/place/coords_number.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

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

bool coords_number_read(const struct coords_token *tokens, int at, int end, struct geo_coord *out)
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
    out->hemisphere = degrees ? 0 : named.sign;
    out->sign_known = sign != 0;
    if (sign < 0) {
        out->value = -out->value;
        out->grouped = -out->grouped;
    }
    return true;
}
