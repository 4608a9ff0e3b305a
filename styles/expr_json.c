/* expr_json.c - writes expression values as JSON. */
#include <math.h>

#include "styles/expr_value.h"

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
        buf_putc(out, '[');
        for (size_t i = 0; i < value->array->n; i++) {
            buf_puts(out, i ? "," : "");
            expr_put_json(out, &value->array->at[i]);
        }
        buf_putc(out, ']');
        return;
    case EXPR_OBJECT:
        buf_putc(out, '{');
        for (size_t i = 0; i < value->object->n; i++) {
            buf_puts(out, i ? "," : "");
            put_quoted(out, value->object->at[i].name);
            buf_putc(out, ':');
            expr_put_json(out, &value->object->at[i].value);
        }
        buf_putc(out, '}');
        return;
    case EXPR_FORMATTED:
        buf_puts(out, "{\"sections\":[");
        for (size_t i = 0; i < value->formatted->n; i++) {
            buf_puts(out, i ? "," : "");
            put_section(out, &value->formatted->at[i]);
        }
        buf_puts(out, "]}");
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
