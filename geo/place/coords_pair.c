/* coords_pair.c - reads a pair of numbers from its tokens. */
#include "geo/place/coords_pair.h"

#include <math.h>

#include "geo/place/coords_extra.h"
#include "geo/place/coords_lex.h"
#include "geo/place/coords_number.h"

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
        if (!cut || !coords_number_read(tokens, 0, i, &a) ||
            !coords_number_read(tokens, from, end, &b) || (bare && a.parts != b.parts))
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
    if (!coords_number_read(a->tokens, 0, a->n, &out->first) ||
        !coords_number_read(b->tokens, 0, b->n, &out->second))
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
    bool remark = a.remark || (second && b.remark);
    read.extra = coords_extra_named(&a) || (second && coords_extra_named(&b)) || remark;
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
