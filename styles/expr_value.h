/* expr_value.h - the values of MapLibre expressions, and their types.
 *
 * Owns:    nothing; values and types point into the arena they were made in.
 * Threads: immutable once made; any thread reads.
 *
 * Conversions (to text, to number, to boolean, order of strings) are those of
 * JavaScript, because the MapLibre specification is defined by them.
 */
#ifndef STYLES_EXPR_VALUE_H
#define STYLES_EXPR_VALUE_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/base/arena.h"
#include "geo/base/buf.h"
#include "styles/color.h"

enum expr_kind {
    EXPR_NULL,
    EXPR_NUMBER,
    EXPR_STRING,
    EXPR_BOOLEAN,
    EXPR_COLOR,
    EXPR_OBJECT,
    EXPR_ARRAY,
    EXPR_FORMATTED,
    EXPR_IMAGE,
    EXPR_COLLATOR,
    /* Types that only properties have: expr_special.c. */
    EXPR_PADDING,
    EXPR_NUMBERS, /* numberArray */
    EXPR_COLORS,  /* colorArray */
    EXPR_ANCHORS, /* variableAnchorOffsetCollection */
    EXPR_PROJECTION,
    /* The rest are types only: no value has them. */
    EXPR_VALUE, /* any but a collator */
    EXPR_ERROR, /* of ["error", …]: fits everywhere */
};

struct expr_type {
    enum expr_kind kind;
    const struct expr_type *item; /* EXPR_ARRAY */
    double length;                /* EXPR_ARRAY: how many, or EXPR_ANY_LENGTH */
};

#define EXPR_ANY_LENGTH (-1.0)

/* One object for each type without parts, so that they compare by address. */
extern const struct expr_type expr_type_null, expr_type_number, expr_type_string, expr_type_boolean,
    expr_type_color, expr_type_object, expr_type_value, expr_type_array, expr_type_formatted,
    expr_type_image, expr_type_collator, expr_type_error, expr_type_padding, expr_type_numbers,
    expr_type_colors, expr_type_anchors, expr_type_projection;

struct expr_value;

struct expr_items {
    size_t n;
    const struct expr_value *at;
};

struct expr_member;

struct expr_members {
    size_t n;
    const struct expr_member *at; /* in the order of the text */
};

struct expr_image {
    const char *name;
    bool available;
};

struct expr_value {
    enum expr_kind kind;
    union {
        bool boolean;
        double number;
        const char *string;
        struct color color;
        const struct expr_items *array; /* also of the types that only properties have */
        const struct expr_members *object;
        const struct expr_sections *formatted;
        const struct expr_image *image;
        const struct expr_collator *collator; /* expr_text.c */
    };
};

struct expr_member {
    const char *name;
    struct expr_value value;
};

/* A section of formatted text; missing members are NULL. */
struct expr_section {
    const char *text;
    const struct expr_image *image;
    const double *scale;
    const char *fonts; /* joined by commas */
    const struct color *color;
    const char *align;
};

struct expr_sections {
    size_t n;
    const struct expr_section *at;
};

static inline struct expr_value expr_null(void)
{
    return (struct expr_value){.kind = EXPR_NULL};
}

static inline struct expr_value expr_number(double number)
{
    return (struct expr_value){.kind = EXPR_NUMBER, .number = number};
}

static inline struct expr_value expr_boolean(bool boolean)
{
    return (struct expr_value){.kind = EXPR_BOOLEAN, .boolean = boolean};
}

/* NULL gives the null value. */
static inline struct expr_value expr_string(const char *string)
{
    return string ? (struct expr_value){.kind = EXPR_STRING, .string = string} : expr_null();
}

static inline struct expr_value expr_color(struct color color)
{
    return (struct expr_value){.kind = EXPR_COLOR, .color = color};
}

/* An array type; NULL: memory. */
const struct expr_type *expr_type_array_of(struct arena *arena, const struct expr_type *item,
                                           double length);
/* True if a value of type `actual` can be used where `expected` is wanted. */
bool expr_type_fits(const struct expr_type *expected, const struct expr_type *actual);
/* "array<number, 2>", as the specification writes types; NULL: memory. */
const char *expr_type_name(struct arena *arena, const struct expr_type *type);
/* The type with that name; NULL: none (or short memory). */
const struct expr_type *expr_type_parse(struct arena *arena, const char *name);

/* NULL: memory. */
const struct expr_type *expr_type_of(struct arena *arena, const struct expr_value *value);

/* JavaScript's ===. */
bool expr_same(const struct expr_value *a, const struct expr_value *b);
/* < 0, 0, > 0 by UTF-16 code units. */
int expr_string_order(const char *a, const char *b);
/* Null where there is none. */
const struct expr_value *expr_member_find(const struct expr_members *object, const char *name);

/* Reads a number, text, array, … as a value of a special kind (padding, numberArray, …).
 * False: it is not one. */
bool expr_special_read(enum expr_kind special, const struct expr_value *value, struct arena *arena,
                       struct expr_value *out);

bool expr_to_boolean(const struct expr_value *value);
double expr_to_number(const struct expr_value *value); /* NaN: none */
/* The text of "to-string" and "concat"; NULL: memory. */
const char *expr_to_text(struct arena *arena, const struct expr_value *value);

void expr_put_number(struct buf *out, double number); /* as String(number) */
void expr_put_text(struct buf *out, const struct expr_value *value);
/* JSON; colours as [r,g,b,a], multiplied by alpha as MapLibre keeps them. */
void expr_put_json(struct buf *out, const struct expr_value *value);

#endif
