/* field_refuse.c - the messages of refused values. */
#include "geo/base/buf.h"
#include "geo/base/number.h"
#include "geo/fields/field_internal.h"

bool field_refuse_because(const struct field_input *in, const char *why, struct err *err)
{
    char name[64];
    geo_field_published_name(in->field, name);
    return err_set(err, ERR_INPUT, "%s: «%s» %s", name, in->text, why);
}

/* Long ones with their thousands: 1.000.000.000.000. */
static void put_bound(struct buf *out, double bound)
{
    if (bound < 1e9 && bound > -1e9)
        buf_put_real(out, bound);
    else
        number_put_short(out, bound, 0);
}

bool field_refuse(const struct field_input *in, const char *what, struct err *err)
{
    const struct geo_field *field = in->field;
    char name[64];
    struct buf range;
    geo_field_published_name(field, name);
    buf_init(&range);
    if ((field->min != 0 || field->max != 0) && field->type != GEO_DATE) {
        buf_puts(&range, " de ");
        put_bound(&range, field->min);
        buf_puts(&range, " a ");
        put_bound(&range, field->max);
    }
    err_set(err, ERR_INPUT, "%s: «%s» no es %s%s", name, in->text, what,
            range.data ? range.data : "");
    buf_free(&range);
    return false;
}
