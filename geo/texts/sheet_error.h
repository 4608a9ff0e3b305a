/* sheet_error.h - what a sheet shows instead of a value, as it comes in a text that was saved from
 * one.
 *
 * Owns:    nothing. Threads: any. Errors: none.
 */
#ifndef GEO_TEXTS_SHEET_ERROR_H
#define GEO_TEXTS_SHEET_ERROR_H

#include <stdbool.h>

/* True for "#N/A", "#¡REF!", "#SPILL!", "Err:502", "Loading...", for number signs where a column
 * was too narrow, and for "[Record]", which Power Query writes for several values. */
bool sheet_error_is(const char *text);

/* True for a formula that was saved instead of its value: "=VLOOKUP(A2,B:C,2,0)", "=$A$1". */
bool sheet_error_is_formula(const char *text);

#endif
