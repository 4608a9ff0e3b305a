/* number.c - formats numbers and dates as in Bolivia. */
#include "layers/report/number.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "geo/base/parse.h"

void number_put_plain(struct buf *out, const char *number)
{
    size_t sign = number[0] == '-', whole = strcspn(number, ".");
    if (sign)
        buf_puts(out, "−");
    for (size_t i = sign; i < whole; i++) {
        buf_putc(out, number[i]);
        if (i + 1 < whole && (whole - i - 1) % 3 == 0)
            buf_putc(out, '.');
    }
    if (number[whole]) {
        buf_putc(out, ',');
        buf_puts(out, number + whole + 1);
    }
}

void number_put(struct buf *out, double value, int decimals)
{
    char text[400];
    if (!isfinite(value)) {
        buf_puts(out, NUMBER_MISSING);
        return;
    }
    snprintf(text, sizeof text, "%.*f", decimals, value);
    /* A value that rounds to zero has no sign. */
    bool zero = text[0] == '-' && strspn(text + 1, "0.") == strlen(text + 1);
    number_put_plain(out, text + zero);
}

char *number_text(char *text, size_t size, double value, int decimals)
{
    struct buf out;
    buf_init(&out);
    number_put(&out, value, decimals);
    snprintf(text, size, "%s", buf_failed(&out) ? "" : out.data);
    buf_free(&out);
    return text;
}

void number_put_date(struct buf *out, const char *date)
{
    static const char *const months[] = {"enero",      "febrero", "marzo",     "abril",
                                         "mayo",       "junio",   "julio",     "agosto",
                                         "septiembre", "octubre", "noviembre", "diciembre"};
    if (!parse_date(date)) {
        buf_puts(out, date);
        return;
    }
    int month = (date[5] - '0') * 10 + date[6] - '0', day = (date[8] - '0') * 10 + date[9] - '0';
    buf_printf(out, "%d de %s de %.4s", day, months[month - 1], date);
}
