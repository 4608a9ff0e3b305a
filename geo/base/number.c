/* number.c - formats numbers and dates as in Bolivia. */
#include "geo/base/number.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "geo/base/parse.h"

void number_put_digits(struct buf *out, const char *number, const char *minus)
{
    if (*number == '-') {
        buf_puts(out, minus);
        number++;
    }
    for (size_t left = strspn(number, "0123456789"); left > 0; left--) {
        buf_putc(out, *number++);
        if (left > 1 && left % 3 == 1)
            buf_putc(out, '.');
    }
    if (*number == '.') {
        buf_putc(out, ',');
        number++;
    }
    buf_puts(out, number);
}

void number_put_plain(struct buf *out, const char *number)
{
    number_put_digits(out, number, "−");
}

void number_put_short(struct buf *out, double value, int decimals)
{
    struct buf plain;
    buf_init(&plain);
    buf_put_fixed(&plain, value, decimals);
    if (!buf_failed(&plain))
        number_put_digits(out, plain.data, "-");
    out->failed = out->failed || plain.failed;
    buf_free(&plain);
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

void number_put_sentence(struct buf *out, const char *text, ...)
{
    va_list numbers;
    va_start(numbers, text);
    for (; *text; text++) {
        if (*text == '#') {
            int decimals = va_arg(numbers, int);
            number_put_short(out, va_arg(numbers, double), decimals);
        } else {
            buf_putc(out, *text);
        }
    }
    va_end(numbers);
}
