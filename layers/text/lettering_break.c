/* lettering_break.c - breaks a label's text into lines of even length, as MapLibre does. */
#include "layers/text/lettering_break.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define NO_PRIOR SIZE_MAX

/* A possible end of a line, the best previous end, and the total badness. */
struct chance {
    size_t at; /* bytes */
    double x, badness;
    size_t prior;
};

struct ragged {
    const struct chance *chances;
    size_t n;
    double target;
};

static bool is_blank(uint32_t c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_breakable(uint32_t c)
{
    static const uint32_t all[] = {0x0a, 0x20, 0x26,   0x29,   0x2b,   0x2d,
                                   0xad, 0xb7, 0x200b, 0x2010, 0x2013, 0x2027};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (all[i] == c)
            return true;
    return false;
}

/* Decodes UTF-8 that is known to be valid. */
static uint32_t letter_at(const char *text, size_t *len)
{
    const unsigned char *at = (const unsigned char *)text;
    *len = at[0] < 0x80 ? 1 : at[0] < 0xE0 ? 2 : at[0] < 0xF0 ? 3 : 4;
    uint32_t c = *len == 1 ? at[0] : at[0] & (0x7Fu >> *len);
    for (size_t i = 1; i < *len && at[i]; i++)
        c = c << 6 | (at[i] & 0x3Fu);
    return c;
}

static double penalty(uint32_t c, uint32_t next)
{
    return (c == '\n' ? -10000 : 0) + (c == '(' ? 50 : 0) + (next == ')' ? 50 : 0);
}

/* In units of MapLibre's 24 px, on which its penalties are based. */
static double badness(double width, double target, double penalty, bool last)
{
    double ragged = (width - target) * (width - target) * 24 * 24;
    if (last)
        return width < target ? ragged / 2 : ragged * 2;
    return ragged + fabs(penalty) * penalty;
}

static struct chance weigh(const struct ragged *to, size_t at, double x, double extra, bool last)
{
    struct chance best = {at, x, badness(x, to->target, extra, last), NO_PRIOR};
    for (size_t i = 0; i < to->n; i++) {
        double here =
            badness(x - to->chances[i].x, to->target, extra, last) + to->chances[i].badness;
        if (here <= best.badness) {
            best.badness = here;
            best.prior = i;
        }
    }
    return best;
}

static bool trim(const char *text, struct lettering_break *line)
{
    while (line->start < line->end && is_blank((unsigned char)text[line->start]))
        line->start++;
    while (line->end > line->start && is_blank((unsigned char)text[line->end - 1]))
        line->end--;
    return line->end > line->start;
}

size_t lettering_break(const char *text, const double *width_em, double spacing_em,
                       double max_width_em, struct arena *scratch, struct lettering_break *breaks)
{
    size_t len = strlen(text), size = 0;
    struct chance *chances = arena_array(scratch, len + 1, sizeof *chances);
    if (!chances)
        return 0;
    double total = 0;
    for (size_t i = 0; i < len; i += size)
        if (!is_blank(letter_at(text + i, &size)))
            total += width_em[i] + spacing_em;
    double lines = max_width_em > 0 ? fmax(1, ceil(total / max_width_em)) : 1;
    struct ragged to = {chances, 0, total / lines};
    double x = 0;
    for (size_t i = 0; i < len; i += size) {
        uint32_t c = letter_at(text + i, &size), next = 0;
        size_t ignored;
        if (!is_blank(c))
            x += width_em[i] + spacing_em;
        if (i + size < len)
            next = letter_at(text + i + size, &ignored);
        if (next && is_breakable(c) && (max_width_em > 0 || c == '\n')) {
            chances[to.n] = weigh(&to, i + size, x, penalty(c, next), false);
            to.n++;
        }
    }
    struct chance last = weigh(&to, len, x, 0, true);
    size_t n = 1;
    for (size_t prior = last.prior; prior != NO_PRIOR; prior = chances[prior].prior)
        n++;
    breaks[n - 1].end = len;
    size_t prior = last.prior;
    for (size_t l = n - 1; l > 0; l--, prior = chances[prior].prior) {
        breaks[l].start = breaks[l - 1].end = chances[prior].at;
    }
    breaks[0].start = 0;
    size_t kept = 0;
    for (size_t l = 0; l < n; l++)
        if (trim(text, &breaks[l]) || (n == 1 && l == 0))
            breaks[kept++] = breaks[l];
    return kept ? kept : 1;
}
