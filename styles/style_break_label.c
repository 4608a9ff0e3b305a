/* style_break_label.c - the legend's label of a computed class, in Spanish. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "geo/base/number.h"
#include "styles/style_breaks.h"

/* Writes "1.250", "0,5"; from a million on "2,5 millones". True if a unit needs a "de"
 * before it. */
static bool put_number(struct buf *out, double number)
{
    bool millions = fabs(number) >= 1e6;
    char digits[64];
    snprintf(digits, sizeof digits, "%.12g", millions ? number / 1e6 : number);
    number_put_digits(out, digits, "-");
    if (millions)
        buf_puts(out, number == 1e6 ? " millón" : " millones");
    return millions;
}

static void put_amount(struct buf *out, const struct style_breaks *asked, double number)
{
    buf_puts(out, asked->prefix);
    put_number(out, number);
}

/* The number with its unit. */
static void put_measure(struct buf *out, const struct style_breaks *asked, double number)
{
    buf_puts(out, asked->prefix);
    bool millions = put_number(out, number);
    const char *unit = number == 1 && asked->one[0] ? asked->one : asked->unit;
    if (unit[0])
        buf_printf(out, "%s%s", millions ? " de " : " ", unit);
}

static void put_label(struct buf *out, const struct style_breaks *asked,
                      const struct breaks *breaks, size_t index)
{
    bool last = index + 1 == breaks->n_classes;
    double low = index ? breaks->at[index - 1] : asked->from;
    double high = last ? breaks->greatest : breaks->at[index];
    if (breaks->least == breaks->greatest)
        put_measure(out, asked, breaks->least);
    else if (last && (index || asked->whole)) {
        put_measure(out, asked, low);
        buf_puts(out, " o más");
    } else if (last) {
        buf_puts(out, "Más de ");
        put_measure(out, asked, 0);
    } else if (asked->whole && high - 1 <= low)
        put_measure(out, asked, low);
    else if (asked->whole || index) {
        put_amount(out, asked, low);
        buf_puts(out, " a ");
        /* The prefix is only written once. */
        struct style_breaks bare = *asked;
        bare.prefix = "";
        put_measure(out, &bare, asked->whole ? high - 1 : high);
    } else {
        buf_puts(out, "Menos de ");
        put_measure(out, asked, high);
    }
}

const char *style_breaks_label(const struct style_breaks *asked, const struct breaks *breaks,
                               size_t index, struct arena *arena)
{
    struct buf text;
    buf_init(&text);
    put_label(&text, asked, breaks, index);
    const char *label = buf_failed(&text) ? NULL : arena_strndup(arena, text.data, text.len);
    buf_free(&text);
    return label;
}
