/* coords.c - parses a coordinate: finds its form, and words what is wrong with it. */
#include "geo/place/coords.h"

#include <string.h>

#include "geo/base/text.h"
#include "geo/place/coords_code.h"
#include "geo/place/coords_link.h"
#include "geo/place/coords_pair.h"
#include "geo/place/coords_wkt.h"

/* The forms of one text, the most certain first; numbers as people write them are last. */
static enum coords_answer (*const forms[])(const char *, struct geo_coords *, struct err *) = {
    coords_link_read,
    coords_wkt_read,
    coords_code_read,
};

static bool not_understood(struct err *err, const char *first, const char *second)
{
    return err_set(err, ERR_INPUT,
                   "coordenada «%.*s%s%.*s»: no se entiende; se acepta por ejemplo "
                   "«-68.1234 -16.4868», «16°29'12,5\" S 68°07'24\" O» o «19K 592345 8176543»",
                   text_cut(first, 100), first, second ? " ; " : "",
                   second ? text_cut(second, 100) : 0, second ? second : "");
}

static bool answered(enum coords_answer answer, const char *first, const char *second,
                     const struct geo_coords *read, struct geo_coords *out, struct err *err)
{
    switch (answer) {
    case COORDS_YES:
        *out = *read;
        return true;
    case COORDS_MANY:
        return err_set(err, ERR_INPUT,
                       "coordenada «%.*s»: se lee de varias maneras; separe los dos números con "
                       "punto y coma",
                       text_cut(first, 100), first);
    case COORDS_SAME_AXIS:
        return err_set(err, ERR_INPUT, "coordenada «%s ; %s»: los dos números dicen ser %s", first,
                       second, read->first.axis == GEO_AXIS_X ? "longitud" : "latitud");
    case COORDS_REFUSED:
        return err_wrap(err, "coordenada «%.*s»", text_cut(first, 100), first);
    default:
        return not_understood(err, first, second);
    }
}

/* Digits, signs and separators alone: none of the forms with letters. */
static bool is_numbers(const char *text)
{
    return text[strspn(text, "0123456789+-.,; \t")] == '\0';
}

bool geo_coords_parse(const char *first, const char *second, struct geo_coords *out,
                      struct err *err)
{
    struct geo_coords read = {0};
    enum coords_answer answer = COORDS_NO;
    if (!second && !is_numbers(first) && strlen(first) <= GEO_COORDS_LINK_MAX &&
        text_is_utf8(first, strlen(first)))
        for (size_t i = 0; answer == COORDS_NO && i < sizeof forms / sizeof *forms; i++)
            answer = forms[i](first, &read, err);
    if (answer == COORDS_NO)
        answer = coords_pair_read(first, second, &read);
    return answered(answer, first, second, &read, out, err);
}
