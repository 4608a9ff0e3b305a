/* code_text.h - codes as sheets and files write them: a code is text, and what took it for a
 * number is undone where that is exact.
 *
 *   INE's code of a municipality: "010101", 10101 (lost zero), "BO010101", "bo-010101", "01.01.01"
 *   any other:                    1203, 1203.000000 -> "1203"
 *
 * Owns:    results live in the arena given, or are the text itself.
 * Threads: any.
 * Errors:  each function says what it refuses.
 */
#ifndef GEO_IMPORT_CODE_TEXT_H
#define GEO_IMPORT_CODE_TEXT_H

#include <stdbool.h>

#include "geo/base/arena.h"

enum code_form {
    CODE_NONE,      /* no code of a municipality */
    CODE_SIX,       /* "010101" */
    CODE_LOST_ZERO, /* "10101" */
    CODE_P,         /* "BO010101" */
    CODE_PARTED,    /* "01-01-01" */
};

/* How text writes a code of a municipality; blanks around it do not matter. digits gets the six
 * digits, "" for CODE_NONE. Any six digits do: what exists is for the editions to say. */
enum code_form code_text_municipality(const char *text, char digits[7]);

/* A whole number without its zero decimals: "1203.000" -> "1203". NULL with *why (a Spanish
 * phrase, constant) for what no code can have been: decimals, an exponent, more digits than a
 * number keeps exactly (2^53). Short memory: NULL, and *why NULL. */
const char *code_text_of_number(struct arena *arena, const char *number, const char **why);

/* True for "1,23E+16": a long code as a sheet shows it, its last digits lost. */
bool code_text_is_rounded(const char *text);

/* True for "Z-1, Z-2" or "7; 8": parts with a digit each, as lists of values come. */
bool code_text_is_several(const char *text);

#endif
