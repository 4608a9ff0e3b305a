/* request.c - parses the target of a request, its parameters and Accept headers. */
#include "server/request/request.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "geo/base/buf.h"
#include "geo/base/parse.h"
#include "geo/base/text.h"
#include "server/http/quality.h"

enum { TEXT_MAX = 200, SHOWN_MAX = 80 };

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* NULL: short memory (err says so) or bytes that are not accepted. */
static char *decode(struct arena *arena, const char *text, size_t len, bool plus, const char *what,
                    struct err *err)
{
    char *out = arena_alloc(arena, len + 1);
    size_t n = 0;
    if (!out) {
        err_no_memory(err);
        return NULL;
    }
    for (size_t i = 0; i < len; i++) {
        char c = text[i];
        if (c == '%') {
            int high = i + 2 < len ? hex_digit(text[i + 1]) : -1;
            int low = i + 2 < len ? hex_digit(text[i + 2]) : -1;
            if (high < 0 || low < 0) {
                err_set(err, ERR_INPUT,
                        "%s: tras «%%» se esperan dos dígitos hexadecimales, como en %%20", what);
                return NULL;
            }
            c = (char)(high * 16 + low);
            i += 2;
        } else if (c == '+' && plus) {
            c = ' ';
        }
        if ((unsigned char)c < 0x20 || c == 0x7F) {
            err_set(err, ERR_INPUT, "%s: no se aceptan caracteres de control", what);
            return NULL;
        }
        out[n++] = c;
    }
    if (!text_is_utf8(out, n)) {
        err_set(err, ERR_INPUT, "%s: el texto no es UTF-8 válido", what);
        return NULL;
    }
    return out;
}

static bool parse_path(struct arena *arena, const char *raw, size_t len, struct target *target,
                       struct err *err)
{
    target->path = decode(arena, raw, len, false, "la ruta", err);
    if (!target->path)
        return false;
    size_t at = 1; /* after the first '/' */
    while (at < len) {
        const char *slash = memchr(raw + at, '/', len - at);
        size_t end = slash ? (size_t)(slash - raw) : len;
        if (target->n_segments == TARGET_SEGMENTS_MAX)
            return err_set(err, ERR_INPUT, "la ruta tiene más de %d partes", TARGET_SEGMENTS_MAX);
        const char *segment = decode(arena, raw + at, end - at, false, "la ruta", err);
        if (!segment)
            return false;
        target->segments[target->n_segments++] = segment;
        at = end + 1;
        /* "/a/" is not "/a": its last segment is empty. */
        if (slash && at == len && target->n_segments < TARGET_SEGMENTS_MAX)
            target->segments[target->n_segments++] = "";
    }
    return true;
}

static bool parse_query(struct arena *arena, const char *raw, struct target *target,
                        struct err *err)
{
    while (*raw) {
        size_t len = strcspn(raw, "&");
        if (len) {
            const char *equals = memchr(raw, '=', len);
            size_t name_len = equals ? (size_t)(equals - raw) : len;
            if (target->n_pairs == TARGET_PAIRS_MAX)
                return err_set(err, ERR_INPUT, "hay más de %d parámetros", TARGET_PAIRS_MAX);
            const char *name = decode(arena, raw, name_len, true, "el nombre de un parámetro", err);
            if (!name)
                return false;
            char what[SHOWN_MAX + 32];
            snprintf(what, sizeof what, "parámetro «%.*s»", name_len < 40 ? (int)name_len : 0,
                     name_len < 40 ? name : "");
            const char *value =
                equals ? decode(arena, equals + 1, len - name_len - 1, true, what, err) : "";
            if (!value)
                return false;
            target->pairs[target->n_pairs].name = name;
            target->pairs[target->n_pairs++].value = value;
        }
        raw += len + (raw[len] == '&');
    }
    return true;
}

bool request_parse_target(struct arena *arena, const char *raw, struct target *target,
                          struct err *err)
{
    *target = (struct target){0};
    /* The absolute form that proxies send; the host is ignored. */
    if (strncasecmp(raw, "http://", 7) == 0 || strncasecmp(raw, "https://", 8) == 0) {
        raw = strchr(raw, ':') + 3;
        raw += strcspn(raw, "/?");
        if (!*raw)
            raw = "/";
    }
    if (raw[0] != '/')
        return err_set(err, ERR_INPUT, "la ruta debe empezar con «/»");
    size_t len = strcspn(raw, "?");
    if (!parse_path(arena, raw, len, target, err))
        return false;
    return !raw[len] || parse_query(arena, raw + len + 1, target, err);
}

/* A value for a message: truncated at a character's boundary. */
static const char *shown(const char *value, char out[SHOWN_MAX + 4])
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

static bool bad_value(const struct param *param, const char *value, struct err *err,
                      const char *accepted)
{
    char cut[SHOWN_MAX + 4];
    return err_set(err, ERR_INPUT, "parámetro «%s»: el valor «%s» no se acepta; se acepta %s",
                   param->name, shown(value, cut), accepted);
}

static bool parse_box(const struct param *param, const char *text, struct geo_box *box,
                      struct err *err)
{
    static const char accepted[] =
        "«oeste,sur,este,norte» en grados (longitud de -180 a 180, latitud de -90 a 90, oeste ≤ "
        "este, sur ≤ norte), como -69.7,-22.9,-57.4,-9.6";
    double numbers[6];
    size_t n = 0;
    char number[64];
    for (const char *at = text;; at++) {
        size_t len = strcspn(at, ",");
        if (n == 6 || len >= sizeof number)
            return bad_value(param, text, err, accepted);
        memcpy(number, at, len);
        number[len] = '\0';
        if (!parse_real(number, -1e9, 1e9, &numbers[n++]))
            return bad_value(param, text, err, accepted);
        at += len;
        if (!*at)
            break;
    }
    if (n != 4 && n != 6)
        return bad_value(param, text, err, accepted);
    const struct geo_box read = {numbers[0], numbers[1], numbers[n / 2], numbers[n / 2 + 1]};
    if (read.min_x < -180 || read.max_x > 180 || read.min_y < -90 || read.max_y > 90 ||
        geo_box_is_empty(read))
        return bad_value(param, text, err, accepted);
    *box = read;
    return true;
}

static bool parse_int_param(const struct param *param, const char *text, int64_t *out,
                            struct err *err)
{
    char accepted[240];
    int64_t value = 0;
    int64_t top = param->clamp ? INT64_MAX : param->max;
    if (parse_int(text, param->min, top, &value)) {
        *out = value > param->max ? param->max : value;
        return true;
    }
    snprintf(accepted, sizeof accepted, "un entero de %lld a %lld (si falta: %lld)%s%s",
             (long long)param->min, (long long)param->max, (long long)param->fallback,
             param->beyond ? "; " : "", param->beyond ? param->beyond : "");
    return bad_value(param, text, err, accepted);
}

static bool parse_choice(const struct param *param, const char *text, struct err *err)
{
    char accepted[400] = "";
    size_t used = 0;
    for (const char *const *choice = param->choices; *choice; choice++) {
        if (strcmp(*choice, text) == 0)
            return true;
        int n =
            snprintf(accepted + used, sizeof accepted - used, "%s%s", used ? ", " : "", *choice);
        used += n > 0 && used + (size_t)n < sizeof accepted ? (size_t)n : 0;
    }
    return bad_value(param, text, err, accepted);
}

static bool parse_value(const struct param *param, const char *text, struct param_value *value,
                        struct err *err)
{
    if (value->given)
        return err_set(err, ERR_INPUT, "parámetro «%s»: está repetido; se acepta una sola vez",
                       param->name);
    value->given = true;
    value->text = text;
    switch (param->kind) {
    case PARAM_TEXT:
        return strlen(text) <= TEXT_MAX || bad_value(param, text, err, "hasta 200 bytes");
    case PARAM_INT:
        return parse_int_param(param, text, &value->integer, err);
    case PARAM_DATE:
        return parse_date(text) ||
               bad_value(param, text, err, "una fecha AAAA-MM-DD, como 2023-12-31");
    case PARAM_BOX:
        return parse_box(param, text, &value->box, err);
    case PARAM_CHOICE:
        return parse_choice(param, text, err);
    }
    return false;
}

static bool unknown_param(const struct param *params, const char *name, const char *value,
                          struct err *err)
{
    char accepted[400] = "", cut_name[SHOWN_MAX + 4], cut_value[SHOWN_MAX + 4];
    size_t used = 0;
    for (const struct param *param = params; param && param->name; param++) {
        int n = snprintf(accepted + used, sizeof accepted - used, "%s%s", used ? ", " : "",
                         param->name);
        used += n > 0 && used + (size_t)n < sizeof accepted ? (size_t)n : 0;
    }
    return err_set(err, ERR_INPUT, "parámetro desconocido «%s» (con el valor «%s»); se aceptan: %s",
                   shown(name, cut_name), shown(value, cut_value), used ? accepted : "ninguno");
}

bool request_parse_params(const struct target *target, const struct param *params,
                          struct param_value values[PARAMS_MAX], struct err *err)
{
    memset(values, 0, PARAMS_MAX * sizeof *values);
    for (size_t i = 0; params && params[i].name; i++)
        values[i].integer = params[i].fallback;
    for (size_t p = 0; p < target->n_pairs; p++) {
        size_t i = 0;
        while (params && params[i].name && strcmp(params[i].name, target->pairs[p].name) != 0)
            i++;
        if (!params || !params[i].name)
            return unknown_param(params, target->pairs[p].name, target->pairs[p].value, err);
        if (!parse_value(&params[i], target->pairs[p].value, &values[i], err))
            return false;
    }
    return true;
}

bool request_parse_index(const char *name, const char *text, int64_t *out, struct err *err)
{
    const int64_t most = INT64_C(1) << 40; /* beyond any tile matrix */
    char cut[SHOWN_MAX + 4];
    bool plain = !text[strspn(text, "0123456789")] && (text[0] != '0' || !text[1]);
    if (plain && parse_int(text, 0, most, out))
        return true;
    return err_set(err, ERR_INPUT,
                   "«%s»: el valor «%s» no se acepta; se acepta un entero desde 0, solo con "
                   "dígitos y sin ceros delante",
                   name, shown(text, cut));
}

bool request_tag_listed(const char *header, const char *tag)
{
    size_t tag_len = strlen(tag);
    if (!header)
        return false;
    if (strcmp(header, "*") == 0)
        return true;
    for (const char *at = header; *at;) {
        at += strspn(at, " \t,");
        if (strncmp(at, "W/", 2) == 0)
            at += 2;
        size_t len = 0;
        if (*at == '"') { /* the whole tag, which may contain commas */
            len = 1 + strcspn(at + 1, "\"");
            len += at[len] == '"';
        }
        if (len == tag_len && memcmp(at, tag, tag_len) == 0 &&
            (!at[len] || strchr(" \t,", at[len])))
            return true;
        at += len;
        at += strcspn(at, ",");
    }
    return false;
}

/* How specifically an item of a header matches the token: 0 not at all, 3 exactly. */
static int item_fits(const char *item, size_t len, const char *token)
{
    const char *slash = strchr(token, '/');
    if (len == strlen(token) && strncasecmp(item, token, len) == 0)
        return 3;
    if (slash && len == (size_t)(slash - token) + 2 && strncasecmp(item, token, len - 1) == 0 &&
        item[len - 1] == '*')
        return 2;
    return (len == 3 && strncmp(item, "*/*", 3) == 0) || (len == 1 && item[0] == '*');
}

double request_quality(const char *header, const char *token)
{
    int quality = header ? 0 : QUALITY_FULL, best = 0;
    while (header && *header) {
        struct quality_item item;
        header = quality_next(header, &item);
        int fits = item_fits(item.name, item.len, token);
        if (fits <= best)
            continue;
        best = fits;
        quality = item.quality == QUALITY_NONE ? QUALITY_FULL : item.quality;
    }
    return quality / (double)QUALITY_FULL;
}
