/* field_refuse.c - the messages of refused values. */
#include "geo/base/buf.h"
#include "geo/fields/field_accepts.h"
#include "geo/fields/field_internal.h"

bool field_refuse_because(const struct field_input *in, const char *why, struct err *err)
{
    return err_set(err, ERR_INPUT, "%s: «%s» %s", geo_field_published(in->field), in->text, why);
}

bool field_refuse(const struct field_input *in, const char *what, struct err *err)
{
    const struct geo_field *field = in->field;
    struct buf range;
    buf_init(&range);
    if ((field->min != 0 || field->max != 0) && field->type != GEO_DATE) {
        buf_puts(&range, " de ");
        field_put_bound(&range, field->min);
        buf_puts(&range, " a ");
        field_put_bound(&range, field->max);
    }
    err_set(err, ERR_INPUT, "%s: «%s» no es %s%s", geo_field_published(field), in->text, what,
            range.data ? range.data : "");
    buf_free(&range);
    return false;
}
