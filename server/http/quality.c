/* quality.c - one item after the other of a weighted list. */
#include "server/http/quality.h"

#include <string.h>

static const char *over_blanks(const char *at)
{
    return at + strspn(at, " \t");
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* qvalue = "0" [ "." 0*3DIGIT ] / "1" [ "." 0*3("0") ]; *at moves past it. */
static int read_value(const char **at)
{
    const char *c = *at;
    int quality = 0;
    if (*c == '0' || *c == '1')
        quality = (*c++ - '0') * QUALITY_FULL;
    else if (*c != '.' || !is_digit(c[1]))
        return QUALITY_NONE;
    if (*c == '.')
        for (int place = QUALITY_FULL / 10; is_digit(*++c); place /= 10)
            quality += (*c - '0') * place;
    *at = c;
    return quality <= QUALITY_FULL ? quality : QUALITY_NONE;
}

const char *quality_next(const char *at, struct quality_item *item)
{
    at = over_blanks(at);
    *item = (struct quality_item){at, strcspn(at, " \t,;"), QUALITY_FULL, false};
    at = over_blanks(at + item->len);
    while (*at == ';') {
        at = over_blanks(at + 1);
        if ((*at == 'q' || *at == 'Q') && at[1] == '=') {
            at += 2;
            item->quality = read_value(&at);
        } else {
            item->others = true;
            at += strcspn(at, ";,");
        }
        at = over_blanks(at);
    }
    if (*at && *at != ',') {
        item->quality = QUALITY_NONE;
        at += strcspn(at, ",");
    }
    return at + (*at == ',');
}
