/* field_accepts.c - says what a field takes. */
#include "geo/fields/field_accepts.h"

#include <string.h>
#include <strings.h>

#include "geo/base/number.h"

/* A bound beyond this is no limit for people. */
static const double far = 1e9;

void field_put_bound(struct buf *out, double bound)
{
    if (bound > -10000 && bound < 10000)
        buf_put_real(out, bound);
    else
        number_put_short(out, bound, 0);
}

static void put_number(struct buf *out, const struct geo_field *field, const char *what)
{
    buf_puts(out, what);
    if ((field->min == 0 && field->max == 0) || field->min <= -far)
        return;
    if (field->max >= far) {
        buf_puts(out, field->min == 0 ? ", de 0 en adelante" : "");
        return;
    }
    buf_puts(out, " de ");
    field_put_bound(out, field->min);
    buf_puts(out, " a ");
    field_put_bound(out, field->max);
}

/* "o", and "u" before a word that begins with its sound. */
static const char *or_before(const char *word)
{
    return strncasecmp(word, "o", 1) == 0 || strncasecmp(word, "ho", 2) == 0 ? " u " : " o ";
}

static void put_choices(struct buf *out, const struct geo_field *field)
{
    for (const struct geo_choice *choice = field->choices; choice->value; choice++)
        buf_printf(out, "%s%s",
                   choice == field->choices ? ""
                   : choice[1].value        ? ", "
                                            : or_before(choice->label),
                   choice->label);
}

/* A text of any kind is not worth saying. */
static void put_text(struct buf *out, const struct geo_field *field)
{
    if (strcmp(field->name, "municipio_nombre") == 0)
        buf_puts(out, "el nombre oficial, con su departamento si hay otro igual; o el código");
    else if (field->flags & GEO_INE_CODE)
        buf_puts(out, "el código del INE, seis dígitos con sus ceros de adelante");
}

void field_put_accepts(struct buf *out, const struct geo_field *field)
{
    if (!field) {
        buf_puts(out, "longitud y latitud en grados, con decimales o con minutos y segundos; o "
                      "UTM en metros");
        return;
    }
    switch (field->type) {
    case GEO_TEXT:
        put_text(out, field);
        break;
    case GEO_INTEGER:
        put_number(out, field, "un número entero");
        break;
    case GEO_REAL:
        put_number(out, field, "un número");
        break;
    case GEO_MONEY:
        put_number(out, field, "un monto en bolivianos");
        break;
    case GEO_DATE:
        buf_puts(out, "día, mes y año, como 14/05/2018");
        break;
    case GEO_CHOICE:
        put_choices(out, field);
        break;
    case GEO_FLAG:
        buf_puts(out, "Sí o No");
        break;
    }
}
