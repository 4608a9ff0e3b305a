/* json_scan.c - reads JSON token by token. */
#include "geo/claims/json_scan.h"

#include <string.h>

void json_scan_init(struct json_scan *scan, json_scan_read_fn *read, void *arg)
{
    scan->read = read;
    scan->arg = arg;
    scan->len = scan->at = 0;
    scan->ended = scan->broken = scan->value_next = scan->nul = false;
    scan->depth = 0;
    scan->text[0] = scan->not_number[0] = '\0';
}

/* The next byte without taking it; -1 at the end. */
static int peek(struct json_scan *scan)
{
    if (scan->at == scan->len && !scan->ended) {
        scan->len = scan->read(scan->arg, scan->bytes, sizeof scan->bytes);
        scan->at = 0;
        scan->ended = scan->len == 0;
    }
    return scan->at < scan->len ? (unsigned char)scan->bytes[scan->at] : -1;
}

static bool is_blank(int c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == 0x1E;
}

static int past_blanks(struct json_scan *scan)
{
    int c = peek(scan);
    while (is_blank(c)) {
        scan->at++;
        c = peek(scan);
    }
    return c;
}

static enum json_scan_token bad(struct json_scan *scan)
{
    scan->ended = scan->broken = true;
    scan->at = scan->len;
    scan->depth = 0;
    return JSON_SCAN_BAD;
}

static enum json_scan_token open_bracket(struct json_scan *scan, bool object)
{
    if (scan->depth == JSON_SCAN_DEPTH)
        return bad(scan);
    scan->at++;
    scan->in_object[scan->depth++] = object;
    scan->value_next = false;
    return object ? JSON_SCAN_OBJECT : JSON_SCAN_ARRAY;
}

static enum json_scan_token close_bracket(struct json_scan *scan, bool object)
{
    if (scan->depth == 0 || scan->in_object[scan->depth - 1] != object)
        return bad(scan);
    scan->at++;
    scan->depth--;
    scan->value_next = false;
    return object ? JSON_SCAN_OBJECT_END : JSON_SCAN_ARRAY_END;
}

static void keep(struct json_scan *scan, size_t *n, int c)
{
    if (*n + 1 < sizeof scan->text)
        scan->text[(*n)++] = (char)c;
}

/* The next byte of a string against "\\u0000"; at: how many of its bytes came before. */
static int nul_so_far(int at, int c, bool escaped)
{
    if (at == 0)
        return c == 'u' && escaped;
    return c == '0' ? at + 1 : 0;
}

static enum json_scan_token string(struct json_scan *scan)
{
    size_t n = 0;
    int nul = 0;
    bool escaped = false;
    scan->hash = UINT64_C(14695981039346656037); /* FNV-1a */
    scan->at++;
    for (int c; (c = peek(scan)) >= 0; scan->at++) {
        if (c == '"' && !escaped) {
            scan->at++;
            scan->text[n] = '\0';
            return JSON_SCAN_STRING;
        }
        nul = nul_so_far(nul, c, escaped);
        scan->nul = scan->nul || nul == 5;
        escaped = c == '\\' && !escaped;
        scan->hash = (scan->hash ^ (uint64_t)c) * UINT64_C(1099511628211);
        keep(scan, &n, c);
    }
    return bad(scan);
}

static const char *digits(const char *text)
{
    return text + strspn(text, "0123456789");
}

/* A number of JSON, or the part of one that is kept. */
static bool is_number(const char *text, bool whole)
{
    text += *text == '-';
    const char *end = digits(text);
    if (end == text || (text[0] == '0' && end > text + 1))
        return false;
    if (*end == '.' && digits(end + 1) > end + 1)
        end = digits(end + 1);
    if (*end == 'e' || *end == 'E') {
        const char *power = end + 1 + (end[1] == '-' || end[1] == '+');
        end = digits(power) > power ? digits(power) : end;
    }
    return !*end || (!whole && end[1 + strspn(end + 1, "+-")] == '\0');
}

/* A number, null or another bare word. */
static enum json_scan_token word(struct json_scan *scan)
{
    size_t n = 0, len = 0;
    int c = peek(scan);
    for (; c >= 0 && !is_blank(c) && !strchr("{}[],:\"", c); c = peek(scan), len++) {
        keep(scan, &n, c);
        scan->at++;
    }
    scan->text[n] = '\0';
    bool number = is_number(scan->text, n == len);
    if (!number && !scan->not_number[0] && strspn(scan->text, "+-0123456789.eE") == n)
        memcpy(scan->not_number, scan->text, n + 1);
    return number                            ? JSON_SCAN_NUMBER
           : strcmp(scan->text, "null") == 0 ? JSON_SCAN_NULL
                                             : JSON_SCAN_WORD;
}

static enum json_scan_token plain(struct json_scan *scan, int c)
{
    bool in_object = scan->depth > 0 && scan->in_object[scan->depth - 1];
    bool key = in_object && !scan->value_next;
    if (key && c != '"')
        return bad(scan);
    enum json_scan_token token = c == '"' ? string(scan) : word(scan);
    scan->value_next = false;
    if (!key || token == JSON_SCAN_BAD)
        return token;
    if (past_blanks(scan) != ':')
        return bad(scan);
    scan->at++;
    scan->value_next = true;
    return JSON_SCAN_KEY;
}

enum json_scan_token json_scan_next(struct json_scan *scan)
{
    int c = past_blanks(scan);
    while (c == ',') {
        scan->at++;
        c = past_blanks(scan);
    }
    if (c < 0)
        return scan->depth > 0 ? bad(scan) : JSON_SCAN_END;
    bool in_object = scan->depth > 0 && scan->in_object[scan->depth - 1];
    switch (c) {
    case '{':
    case '[':
        return in_object && !scan->value_next ? bad(scan) : open_bracket(scan, c == '{');
    case '}':
    case ']':
        return close_bracket(scan, c == '}');
    case ':':
    case '\0':
        return bad(scan);
    default:
        return plain(scan, c);
    }
}

void json_scan_skip(struct json_scan *scan, enum json_scan_token token)
{
    if (token != JSON_SCAN_OBJECT && token != JSON_SCAN_ARRAY)
        return;
    int outside = scan->depth - 1;
    while (scan->depth > outside) {
        token = json_scan_next(scan);
        if (token == JSON_SCAN_BAD || token == JSON_SCAN_END)
            return;
    }
}
