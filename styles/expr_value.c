/* expr_value.c - comparison and conversion of expression values, as in JavaScript. */
#include "styles/expr_value.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

bool expr_same(const struct expr_value *a, const struct expr_value *b)
{
    if (a->kind != b->kind)
        return false;
    switch (a->kind) {
    case EXPR_NULL:
        return true;
    case EXPR_NUMBER:
        return a->number == b->number;
    case EXPR_STRING:
        return strcmp(a->string, b->string) == 0;
    case EXPR_BOOLEAN:
        return a->boolean == b->boolean;
    default:
        /* Arrays and objects are only equal to themselves. */
        return a->kind != EXPR_COLOR && a->array == b->array;
    }
}

int expr_string_order(const char *a, const char *b)
{
    const unsigned char *x = (const unsigned char *)a, *y = (const unsigned char *)b;
    while (*x && *x == *y)
        x++, y++;
    /* UTF-8 orders by code point. In UTF-16 what lies above U+FFFF (lead bytes
     * from F0) is written with surrogates, which come before U+E000 (from EE). */
    bool x_above = *x >= 0xF0, y_above = *y >= 0xF0;
    if (*x >= 0xEE && *y >= 0xEE && x_above != y_above)
        return x_above ? -1 : 1;
    return (int)*x - (int)*y;
}

const struct expr_value *expr_member_find(const struct expr_members *object, const char *name)
{
    for (size_t i = 0; i < object->n; i++)
        if (strcmp(object->at[i].name, name) == 0)
            return &object->at[i].value;
    return NULL;
}

bool expr_to_boolean(const struct expr_value *value)
{
    switch (value->kind) {
    case EXPR_NULL:
        return false;
    case EXPR_BOOLEAN:
        return value->boolean;
    case EXPR_NUMBER:
        return value->number != 0 && !isnan(value->number);
    case EXPR_STRING:
        return value->string[0] != '\0';
    default:
        return true;
    }
}

/* JavaScript's white space, as far as it occurs in UTF-8 text. */
static size_t blank_len(const char *text)
{
    static const char *const blanks[] = {"\xC2\xA0", "\xE2\x80\xA8", "\xE2\x80\xA9", "\xEF\xBB\xBF",
                                         "\xE3\x80\x80"};
    if (*text && strchr(" \t\n\v\f\r", *text))
        return 1;
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++)
        if (strncmp(text, blanks[i], strlen(blanks[i])) == 0)
            return strlen(blanks[i]);
    return 0;
}

static double digits_to_number(const char *text, int base)
{
    double number = 0;
    if (!*text)
        return NAN;
    for (; *text; text++) {
        int digit = isdigit((unsigned char)*text)   ? *text - '0'
                    : isalpha((unsigned char)*text) ? tolower((unsigned char)*text) - 'a' + 10
                                                    : base;
        if (digit >= base)
            return NAN;
        number = number * base + digit;
    }
    return number;
}

/* Number(text): ECMA-262, StringToNumber. */
static double text_to_number(const char *text)
{
    char copy[400];
    size_t blank;
    while ((blank = blank_len(text)))
        text += blank;
    size_t len = strlen(text), end = len;
    for (size_t i = 0; i < len;) {
        blank = blank_len(text + i);
        i += blank ? blank : 1;
        if (!blank)
            end = i;
    }
    if (len == 0 || end == 0)
        return 0;
    if (end >= sizeof copy)
        return NAN;
    memcpy(copy, text, end);
    copy[end] = '\0';
    if (copy[0] == '0' && copy[1] && strchr("xXoObB", copy[1]))
        return digits_to_number(copy + 2, strchr("xX", copy[1])   ? 16
                                          : strchr("oO", copy[1]) ? 8
                                                                  : 2);
    const char *digits = copy + (copy[0] == '+' || copy[0] == '-');
    if (strcmp(digits, "Infinity") == 0)
        return copy[0] == '-' ? -INFINITY : INFINITY;
    if (copy[strspn(copy, "0123456789+-.eE")] || !isdigit((unsigned char)digits[*digits == '.']))
        return NAN;
    char *rest;
    double number = strtod(copy, &rest);
    return *rest ? NAN : number;
}

/* Formatted text counts as its text without the format. */
static double formatted_to_number(const struct expr_value *value)
{
    struct buf text;
    buf_init(&text);
    expr_put_text(&text, value);
    double number = text.data ? text_to_number(text.data) : 0;
    buf_free(&text);
    return number;
}

double expr_to_number(const struct expr_value *value)
{
    switch (value->kind) {
    case EXPR_NULL:
        return 0;
    case EXPR_BOOLEAN:
        return value->boolean;
    case EXPR_NUMBER:
        return value->number;
    case EXPR_STRING:
        return text_to_number(value->string);
    case EXPR_ARRAY:
        /* An array is first converted to text, its items joined by commas. */
        if (value->array->n == 0)
            return 0;
        if (value->array->n == 1 && value->array->at[0].kind != EXPR_BOOLEAN)
            return expr_to_number(&value->array->at[0]);
        return NAN;
    case EXPR_IMAGE:
        return text_to_number(value->image->name);
    case EXPR_FORMATTED:
        return formatted_to_number(value);
    default:
        return NAN;
    }
}

const char *expr_to_text(struct arena *arena, const struct expr_value *value)
{
    if (value->kind == EXPR_STRING)
        return value->string;
    struct buf text;
    buf_init(&text);
    expr_put_text(&text, value);
    const char *copy =
        buf_failed(&text) ? NULL : arena_strndup(arena, text.data ? text.data : "", text.len);
    buf_free(&text);
    return copy;
}
