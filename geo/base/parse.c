/* parse.c - parses integers, reals and ISO dates; today's date and the time. */
#include "geo/base/parse.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

bool parse_int(const char *text, int64_t min, int64_t max, int64_t *out)
{
    const char *digits = text[0] == '-' || text[0] == '+' ? text + 1 : text;
    if (!digits[0] || digits[strspn(digits, "0123456789")])
        return false;
    errno = 0;
    long long value = strtoll(text, NULL, 10);
    if (errno || value < min || value > max)
        return false;
    *out = value;
    return true;
}

bool parse_real(const char *text, double min, double max, double *out)
{
    if (!text[0] || text[strspn(text, "0123456789+-.eE")] || !strpbrk(text, "0123456789"))
        return false;
    char *end;
    double value = strtod(text, &end);
    if (*end || !isfinite(value) || value < min || value > max)
        return false;
    *out = value;
    return true;
}

static int two_digits(const char *at)
{
    return 10 * (at[0] - '0') + (at[1] - '0');
}

bool parse_date(const char *text)
{
    static const int days_in[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (strlen(text) != 10 || text[4] != '-' || text[7] != '-')
        return false;
    for (int i = 0; i < 10; i++)
        if (i != 4 && i != 7 && !isdigit((unsigned char)text[i]))
            return false;
    int year = two_digits(text) * 100 + two_digits(text + 2);
    int month = two_digits(text + 5), day = two_digits(text + 8);
    if (year < 1900 || year > 2100 || month < 1 || month > 12 || day < 1)
        return false;
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return day <= days_in[month - 1] + (month == 2 && leap);
}

void date_today(char out[11])
{
    time_t now = time(NULL);
    struct tm utc;
    gmtime_r(&now, &utc);
    strftime(out, 11, "%Y-%m-%d", &utc);
}

void date_now(char out[21])
{
    time_t now = time(NULL);
    struct tm utc;
    gmtime_r(&now, &utc);
    strftime(out, 21, "%Y-%m-%dT%H:%M:%SZ", &utc);
}
