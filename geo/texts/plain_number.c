/* plain_number.c - a number as programs write it. */
#include "geo/texts/plain_number.h"

#include <ctype.h>
#include <string.h>

size_t plain_digits(const char *text, size_t len)
{
    size_t n = 0;
    while (n < len && isdigit((unsigned char)text[n]))
        n++;
    return n;
}

static size_t sign(const char *text, size_t len)
{
    return len && text[0] && strchr("+-", text[0]) ? 1 : 0;
}

bool plain_whole(const char *text, size_t len)
{
    size_t at = sign(text, len);
    return len > at && plain_digits(text + at, len - at) == len - at;
}

bool plain_number(const char *text, size_t len)
{
    size_t at = sign(text, len), whole = plain_digits(text + at, len - at), part = 0;
    at += whole;
    if (at < len && text[at] == '.') {
        part = plain_digits(text + at + 1, len - at - 1);
        at += 1 + part;
    }
    if (whole + part == 0)
        return false;
    if (at < len && tolower((unsigned char)text[at]) == 'e') {
        at += 1;
        at += sign(text + at, len - at);
        size_t exponent = plain_digits(text + at, len - at);
        at += exponent;
        if (exponent == 0)
            return false;
    }
    return at == len;
}
