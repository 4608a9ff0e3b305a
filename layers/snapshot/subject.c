/* subject.c - gives the style engine the attributes of a layer's features. */
#include "layers/snapshot/subject.h"

static struct style_value get(const void *ctx, int slot)
{
    const struct subject *subject = ctx;
    struct style_value value = {.kind = STYLE_NULL};
    int column = subject->slots[slot];
    if (column < 0 || columns_is_null(subject->columns, (size_t)column, subject->feature))
        return value;
    const union column_cell *cell =
        columns_cell(subject->columns, (size_t)column, subject->feature);
    switch (subject->columns->layer->columns[column].kind) {
    case LAYER_TEXT:
        value.kind = STYLE_STRING;
        value.string = cell->text;
        break;
    case LAYER_INTEGER:
        value.kind = STYLE_NUMBER;
        value.number = (double)cell->integer;
        break;
    case LAYER_REAL:
        value.kind = STYLE_NUMBER;
        value.number = cell->real;
        break;
    case LAYER_BOOL:
        value.kind = STYLE_BOOL;
        value.boolean = cell->integer != 0;
        break;
    }
    return value;
}

static bool has(const void *ctx, int slot)
{
    return get(ctx, slot).kind != STYLE_NULL;
}

static const char *type_of(const struct geo_shape *shape)
{
    return shape->kind == GEO_SHAPE_POINT  ? "Point"
           : shape->kind == GEO_SHAPE_LINE ? "LineString"
                                           : "Polygon";
}

struct style_feature subject_feature(const struct subject *subject)
{
    return (struct style_feature){.get = get, .has = has, .ctx = subject};
}

void subject_set(struct subject *subject, struct style_feature *feature, size_t index,
                 const struct geo_shape *shape)
{
    subject->feature = index;
    feature->id =
        (struct style_value){.kind = STYLE_NUMBER, .number = (double)subject->columns->rows[index]};
    feature->geometry_type = type_of(shape);
}
