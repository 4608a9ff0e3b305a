/* json_scan.h - JSON read token by token, without keeping it: for a look at what a file says
 * before a library reads it.
 *
 * Lenient where libraries are: NaN, Infinity and other bare words are tokens, values may
 * follow one another without a comma. But a number is one of JSON: GDAL reads 1.2.3 as 1.2
 * and 012 as 12. Nothing is decoded: the text of a key or string is its bytes with their
 * escapes.
 *
 * Owns:    nothing; the bytes come from the caller's function.
 * Threads: one owner.
 * Errors:  JSON_SCAN_BAD, and from then on JSON_SCAN_END: brackets that do not pair, an open
 *          string, too deep. A file that ends inside a value is bad too.
 */
#ifndef GEO_JSON_SCAN_H
#define GEO_JSON_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum json_scan_token {
    JSON_SCAN_END,
    JSON_SCAN_OBJECT,
    JSON_SCAN_OBJECT_END,
    JSON_SCAN_ARRAY,
    JSON_SCAN_ARRAY_END,
    JSON_SCAN_KEY,
    JSON_SCAN_STRING,
    JSON_SCAN_NUMBER,
    JSON_SCAN_NULL,
    JSON_SCAN_WORD, /* true, false, NaN, 1.2.3… */
    JSON_SCAN_BAD,
};

enum { JSON_SCAN_TEXT = 64, JSON_SCAN_DEPTH = 200 };

/* Reads up to `size` bytes; 0 at the end. */
typedef size_t json_scan_read_fn(void *arg, char *bytes, size_t size);

struct json_scan {
    json_scan_read_fn *read;
    void *arg;
    char bytes[1 << 16];
    size_t len, at;
    bool ended, broken;              /* broken: JSON_SCAN_BAD was given */
    int depth;                       /* of brackets open after the last token */
    bool in_object[JSON_SCAN_DEPTH]; /* whether each of them is '{' */
    bool value_next;                 /* in an object, after ':' */
    char text[JSON_SCAN_TEXT];       /* start of the last key, string, number or word */
    uint64_t hash;                   /* of all bytes of the last key or string */
    bool nul;                        /* a string had \u0000, since the caller last cleared it */
    char not_number[JSON_SCAN_TEXT]; /* likewise: the first word made of digits and signs that is no
                                 number; "": none */
};

void json_scan_init(struct json_scan *scan, json_scan_read_fn *read, void *arg);
enum json_scan_token json_scan_next(struct json_scan *scan);

/* Passes over the value that the token begins. */
void json_scan_skip(struct json_scan *scan, enum json_scan_token token);

#endif
