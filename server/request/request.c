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
            char what[112];
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

static bool unknown_param(const struct param *params, const char *name, const char *value,
                          struct err *err)
{
    char accepted[400] = "", cut_name[PARAM_SHOWN_SIZE], cut_value[PARAM_SHOWN_SIZE];
    size_t used = 0;
    for (const struct param *param = params; param && param->name; param++) {
        int n = snprintf(accepted + used, sizeof accepted - used, "%s%s", used ? ", " : "",
                         param->name);
        used += n > 0 && used + (size_t)n < sizeof accepted ? (size_t)n : 0;
    }
    return err_set(err, ERR_INPUT, "parámetro desconocido «%s» (con el valor «%s»); se aceptan: %s",
                   param_shown(name, cut_name), param_shown(value, cut_value),
                   used ? accepted : "ninguno");
}

static bool read_pair(const struct param *param, const char *text, struct param_value *value,
                      struct err *err)
{
    if (value->given)
        return err_field(err, param->name, "está repetido; se acepta una sola vez");
    value->given = true;
    return param_read(param, text, true, value, err);
}

bool request_parse_params(const struct target *target, const struct param *params,
                          struct param_value values[PARAMS_MAX], struct err *err)
{
    memset(values, 0, PARAMS_MAX * sizeof *values);
    for (size_t p = 0; p < target->n_pairs; p++) {
        size_t i = 0;
        while (params && params[i].name && strcmp(params[i].name, target->pairs[p].name) != 0)
            i++;
        if (!params || !params[i].name)
            return unknown_param(params, target->pairs[p].name, target->pairs[p].value, err);
        if (!read_pair(&params[i], target->pairs[p].value, &values[i], err))
            return false;
    }
    param_fall_back(params, values);
    return true;
}

bool request_parse_index(const char *name, const char *text, int64_t *out, struct err *err)
{
    const int64_t most = INT64_C(1) << 40; /* beyond any tile matrix */
    char cut[PARAM_SHOWN_SIZE];
    bool plain = !text[strspn(text, "0123456789")] && (text[0] != '0' || !text[1]);
    if (plain && parse_int(text, 0, most, out))
        return true;
    return err_set(err, ERR_INPUT,
                   "«%s»: el valor «%s» no se acepta; se acepta un entero desde 0, solo con "
                   "dígitos y sin ceros delante",
                   name, param_shown(text, cut));
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
