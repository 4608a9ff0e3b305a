/* expr_put.c - writes expression values as text and as JSON. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "styles/expr_value.h"

/* ECMA-262, Number::toString(10): the fewest digits that read back. */
void expr_put_number(struct buf *out, double number)
{
    if (isnan(number)) {
        buf_puts(out, "NaN");
        return;
    }
    if (isinf(number)) {
        buf_puts(out, number < 0 ? "-Infinity" : "Infinity");
        return;
    }
    if (number == 0) {
        buf_putc(out, '0');
        return;
    }
    char text[40], digits[20];
    for (int n = 0; n < 17; n++) {
        snprintf(text, sizeof text, "%.*e", n, fabs(number));
        if (strtod(text, NULL) == fabs(number))
            break;
    }
    int k = 0;
    for (const char *c = text; *c != 'e'; c++)
        if (*c != '.')
            digits[k++] = *c;
    while (k > 1 && digits[k - 1] == '0')
        k--;
    int n = atoi(strchr(text, 'e') + 1) + 1; /* the point stands after n digits */
    if (number < 0)
        buf_putc(out, '-');
    if (n > 21 || n < -5) {
        buf_put(out, digits, 1);
        if (k > 1)
            buf_putc(out, '.');
        buf_put(out, digits + 1, (size_t)k - 1);
        buf_printf(out, "e%+d", n - 1);
        return;
    }
    if (n <= 0) {
        buf_puts(out, "0.");
        for (int i = n; i < 0; i++)
            buf_putc(out, '0');
        buf_put(out, digits, (size_t)k);
        return;
    }
    buf_put(out, digits, (size_t)(k < n ? k : n));
    for (int i = k; i < n; i++)
        buf_putc(out, '0');
    if (k > n) {
        buf_putc(out, '.');
        buf_put(out, digits + n, (size_t)(k - n));
    }
}

/* JSON ---------------------------------------------------------------------- */

static void put_string(struct buf *out, const char *text)
{
    if (text)
        expr_put_json(out, &(struct expr_value){.kind = EXPR_STRING, .string = text});
    else
        buf_puts(out, "null");
}

static void put_color(struct buf *out, const struct color *color)
{
    const double parts[] = {color->r * color->a, color->g * color->a, color->b * color->a,
                            color->a};
    for (int i = 0; i < 4; i++) {
        buf_putc(out, i ? ',' : '[');
        expr_put_json(out, &(struct expr_value){.kind = EXPR_NUMBER, .number = parts[i]});
    }
    buf_putc(out, ']');
}

/* A colour inside another value, written as the object of the reference implementation's
 * class. */
static void put_color_members(struct buf *out, const struct color *color)
{
    const double parts[] = {color->r * color->a, color->g * color->a, color->b * color->a,
                            color->a};
    for (int i = 0; i < 4; i++) {
        buf_printf(out, "%c\"%c\":", i ? ',' : '{', "rgba"[i]);
        expr_put_number(out, parts[i]);
    }
    buf_putc(out, '}');
}

static void put_image(struct buf *out, const struct expr_image *image)
{
    if (!image) {
        buf_puts(out, "null");
        return;
    }
    buf_puts(out, "{\"name\":");
    put_string(out, image->name);
    buf_printf(out, ",\"available\":%s}", image->available ? "true" : "false");
}

static void put_section(struct buf *out, const struct expr_section *section)
{
    buf_puts(out, "{\"text\":");
    put_string(out, section->text);
    buf_puts(out, ",\"image\":");
    put_image(out, section->image);
    buf_puts(out, ",\"scale\":");
    if (section->scale)
        expr_put_json(out, &(struct expr_value){.kind = EXPR_NUMBER, .number = *section->scale});
    else
        buf_puts(out, "null");
    buf_puts(out, ",\"fontStack\":");
    put_string(out, section->fonts);
    buf_puts(out, ",\"textColor\":");
    if (section->color)
        put_color_members(out, section->color);
    else
        buf_puts(out, "null");
    buf_puts(out, ",\"verticalAlign\":");
    put_string(out, section->align);
    buf_putc(out, '}');
}

/* JSON.stringify() escapes less than buf_put_json(), and "to-string" shows it. */
static void put_quoted(struct buf *out, const char *text)
{
    buf_putc(out, '"');
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        static const char escaped[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
        const char *found = NULL;
        for (const char *e = escaped; *e && !found; e++)
            found = *e == *text ? e : NULL;
        if (found) {
            buf_putc(out, '\\');
            buf_putc(out, letters[found - escaped]);
        } else if (c < 0x20)
            buf_printf(out, "\\u%04x", c);
        else
            buf_putc(out, *text);
    }
    buf_putc(out, '"');
}

static void put_values(struct buf *out, const struct expr_items *items)
{
    buf_puts(out, "{\"values\":[");
    for (size_t i = 0; i < items->n; i++) {
        buf_puts(out, i ? "," : "");
        if (items->at[i].kind == EXPR_COLOR)
            put_color_members(out, &items->at[i].color);
        else
            expr_put_json(out, &items->at[i]);
    }
    buf_puts(out, "]}");
}

static void put_items(struct buf *out, const struct expr_items *items)
{
    buf_putc(out, '[');
    for (size_t i = 0; i < items->n; i++) {
        buf_puts(out, i ? "," : "");
        expr_put_json(out, &items->at[i]);
    }
    buf_putc(out, ']');
}

static void put_members(struct buf *out, const struct expr_members *members)
{
    buf_putc(out, '{');
    for (size_t i = 0; i < members->n; i++) {
        buf_puts(out, i ? "," : "");
        put_quoted(out, members->at[i].name);
        buf_putc(out, ':');
        expr_put_json(out, &members->at[i].value);
    }
    buf_putc(out, '}');
}

static void put_sections(struct buf *out, const struct expr_sections *sections)
{
    buf_puts(out, "{\"sections\":[");
    for (size_t i = 0; i < sections->n; i++) {
        buf_puts(out, i ? "," : "");
        put_section(out, &sections->at[i]);
    }
    buf_puts(out, "]}");
}

void expr_put_json(struct buf *out, const struct expr_value *value)
{
    switch (value->kind) {
    case EXPR_NUMBER:
        if (isfinite(value->number))
            expr_put_number(out, value->number);
        else
            buf_puts(out, "null");
        return;
    case EXPR_STRING:
        put_quoted(out, value->string);
        return;
    case EXPR_BOOLEAN:
        buf_puts(out, value->boolean ? "true" : "false");
        return;
    case EXPR_COLOR:
        put_color(out, &value->color);
        return;
    case EXPR_ARRAY:
        put_items(out, value->array);
        return;
    case EXPR_OBJECT:
        put_members(out, value->object);
        return;
    case EXPR_FORMATTED:
        put_sections(out, value->formatted);
        return;
    case EXPR_IMAGE:
        put_image(out, value->image);
        return;
    case EXPR_PADDING:
    case EXPR_NUMBERS:
    case EXPR_COLORS:
    case EXPR_ANCHORS:
        put_values(out, value->array);
        return;
    case EXPR_PROJECTION:
        buf_puts(out, "{\"from\":");
        expr_put_json(out, &value->array->at[0]);
        buf_puts(out, ",\"to\":");
        expr_put_json(out, &value->array->at[1]);
        buf_puts(out, ",\"transition\":");
        expr_put_json(out, &value->array->at[2]);
        buf_putc(out, '}');
        return;
    default:
        buf_puts(out, "null");
    }
}

/* Text ---------------------------------------------------------------------- */

static void put_color_text(struct buf *out, const struct color *color)
{
    buf_puts(out, "rgba(");
    const double parts[] = {color->r, color->g, color->b};
    for (int i = 0; i < 3; i++) {
        expr_put_number(out, floor(parts[i] * 255 + 0.5));
        buf_putc(out, ',');
    }
    expr_put_number(out, color->a);
    buf_putc(out, ')');
}

void expr_put_text(struct buf *out, const struct expr_value *value)
{
    switch (value->kind) {
    case EXPR_NULL:
        return;
    case EXPR_STRING:
        buf_puts(out, value->string);
        return;
    case EXPR_NUMBER:
        expr_put_number(out, value->number);
        return;
    case EXPR_BOOLEAN:
        buf_puts(out, value->boolean ? "true" : "false");
        return;
    case EXPR_COLOR:
        put_color_text(out, &value->color);
        return;
    case EXPR_FORMATTED:
        for (size_t i = 0; i < value->formatted->n; i++)
            buf_puts(out, value->formatted->at[i].text);
        return;
    case EXPR_IMAGE:
        buf_puts(out, value->image->name);
        return;
    default:
        expr_put_json(out, value);
    }
}
