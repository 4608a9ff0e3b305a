/* param.c - reads the values of parameters, and says what each accepts. */
#include "geo/base/param.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/parse.h"

enum { SHOWN_MAX = PARAM_SHOWN_SIZE - 4 };

const char *param_shown(const char *value, char out[PARAM_SHOWN_SIZE])
{
    size_t len = strlen(value);
    if (len <= SHOWN_MAX)
        return value;
    len = SHOWN_MAX;
    while (len && ((unsigned char)value[len] & 0xC0) == 0x80)
        len--;
    memcpy(out, value, len);
    memcpy(out + len, "…", sizeof "…");
    return out;
}

double param_max(const struct param *param, bool server)
{
    return server && param->server_max > 0 ? param->server_max : param->max;
}

const char *const *param_choices(const struct param *param)
{
    return param->choices_of ? param->choices_of() : param->choices;
}

static int64_t whole(double limit)
{
    return limit <= 0 || limit >= 0x1p63 ? INT64_MAX : (int64_t)limit;
}

static void put_range(const struct param *param, bool server, struct buf *out)
{
    double max = param_max(param, server);
    const char *from = param->kind == PARAM_INT ? "un entero" : "un número";
    bool above = param->above_min;
    buf_printf(out, "%s %s ", from, above ? "de más de" : max > 0 ? "de" : "desde");
    buf_put_real(out, param->min);
    if (max > 0) {
        buf_puts(out, above ? " y hasta " : " a ");
        buf_put_real(out, max);
    }
}

static void put_choices(const struct param *param, struct buf *out)
{
    const char *const *choices = param_choices(param);
    for (size_t i = 0; choices[i]; i++)
        buf_printf(out, "%s%s", i ? ", " : "", choices[i]);
}

void param_put_accepted(const struct param *param, bool server, struct buf *out)
{
    switch (param->kind) {
    case PARAM_TEXT:
        buf_printf(out, "hasta %d bytes", PARAM_TEXT_MAX);
        return;
    case PARAM_INT:
    case PARAM_REAL:
        put_range(param, server, out);
        if (param->fallback)
            buf_printf(out, " (si falta: %s)", param->fallback);
        if (server && param->beyond)
            buf_printf(out, "; %s", param->beyond);
        return;
    case PARAM_DATE:
        buf_puts(out, "una fecha AAAA-MM-DD, como 2023-12-31");
        return;
    case PARAM_BOX:
        buf_puts(out, "«oeste,sur,este,norte» en grados (longitud de -180 a 180, latitud de -90 a "
                      "90, sur ≤ norte; con oeste > este cruza los 180°), como "
                      "-69.7,-22.9,-57.4,-9.6");
        return;
    case PARAM_CHOICE:
        put_choices(param, out);
        return;
    case PARAM_FLAG:
        buf_puts(out, "true, false");
        return;
    }
}

static bool refuse(const struct param *param, const char *text, bool server, struct err *err)
{
    char cut[PARAM_SHOWN_SIZE];
    struct buf accepted;
    buf_init(&accepted);
    param_put_accepted(param, server, &accepted);
    bool ok = !buf_failed(&accepted);
    if (ok)
        err_field(err, param->name, "el valor «%s» no se acepta; se acepta %s",
                  param_shown(text, cut), accepted.data);
    buf_free(&accepted);
    return ok ? false : err_no_memory(err);
}

static bool read_box(const char *text, struct geo_box *box)
{
    double numbers[6];
    size_t n = 0;
    char number[64];
    for (const char *at = text;; at++) {
        size_t len = strcspn(at, ",");
        if (n == 6 || len >= sizeof number)
            return false;
        memcpy(number, at, len);
        number[len] = '\0';
        if (!parse_real(number, -1e9, 1e9, &numbers[n++]))
            return false;
        at += len;
        if (!*at)
            break;
    }
    if (n != 4 && n != 6)
        return false;
    const struct geo_box read = {numbers[0], numbers[1], numbers[n / 2], numbers[n / 2 + 1]};
    /* West may be greater than east (OGC API Features 7.15.3): both are in range. */
    if (fabs(read.min_x) > 180 || fabs(read.max_x) > 180 || read.min_y < -90 || read.max_y > 90 ||
        read.min_y > read.max_y)
        return false;
    *box = read;
    return true;
}

static bool read_int(const struct param *param, const char *text, bool server, int64_t *out)
{
    int64_t value = 0, max = whole(param_max(param, server));
    if (!parse_int(text, (int64_t)param->min, param->clamp ? INT64_MAX : max, &value))
        return false;
    *out = value > max ? max : value;
    return true;
}

static bool read_real(const struct param *param, const char *text, bool server, double *out)
{
    double value = 0, max = param_max(param, server);
    if (!parse_real(text, param->min, max > 0 ? max : 1e300, &value) ||
        (param->above_min && !(value > param->min)))
        return false;
    *out = value;
    return true;
}

/* The present spelling of a choice; NULL: it is none. */
static const char *read_choice(const struct param *param, const char *text)
{
    const char *const *choices = param_choices(param), *const *older = param->older;
    for (size_t i = 0; choices[i]; i++) {
        if (older && older[i] && strcmp(older[i], text) == 0)
            return choices[i];
        older = older && !older[i] ? NULL : older; /* the list is as long as what it has */
        if (strcmp(choices[i], text) == 0)
            return choices[i];
    }
    return NULL;
}

static bool read_flag(const char *text, bool *flag)
{
    *flag = strcmp(text, "true") == 0;
    return *flag || strcmp(text, "false") == 0;
}

bool param_read(const struct param *param, const char *text, bool server, struct param_value *value,
                struct err *err)
{
    bool ok = false;
    value->text = text;
    switch (param->kind) {
    case PARAM_TEXT:
        ok = strlen(text) <= PARAM_TEXT_MAX;
        break;
    case PARAM_INT:
        ok = read_int(param, text, server, &value->integer);
        break;
    case PARAM_REAL:
        ok = read_real(param, text, server, &value->real);
        break;
    case PARAM_DATE:
        ok = parse_date(text);
        break;
    case PARAM_BOX:
        ok = read_box(text, &value->box);
        break;
    case PARAM_CHOICE:
        value->text = read_choice(param, text);
        ok = value->text != NULL;
        break;
    case PARAM_FLAG:
        ok = read_flag(text, &value->flag);
        break;
    }
    return ok || refuse(param, text, server, err);
}

void param_fall_back(const struct param *params, struct param_value values[PARAMS_MAX])
{
    for (size_t i = 0; params && params[i].name; i++)
        if (!values[i].given && params[i].fallback &&
            !param_read(&params[i], params[i].fallback, true, &values[i], NULL))
            abort();
}
