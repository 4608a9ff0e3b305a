/* column_reading.h - how the cells of each column of a table are read, decided from what all of
 * them look like (geo/texts/column_facts.h).
 *
 * The decimal mark of a column comes from, in this order:
 *   1. --decimal
 *   2. its own cells: 12.5 and 1,234,567 show a point, 12,5 and 1.234.567 a comma
 *   3. the other columns of numbers, if they agree. Coordinates with a point are no witnesses:
 *      telephones and GPS write it whatever people write beside it. Against many numbers that all
 *      look like thousands they decide nothing
 *   else it is open: 1.234 is then read only where one of its readings is impossible.
 *
 * Owns:    nothing. Threads: any. Errors: none.
 */
#ifndef GEO_IMPORT_COLUMN_READING_H
#define GEO_IMPORT_COLUMN_READING_H

#include <stddef.h>

#include "geo/texts/column_facts.h"
#include "geo/texts/number_text.h"

enum column_why { COLUMN_UNKNOWN, COLUMN_STATED, COLUMN_OWN, COLUMN_OTHERS };

struct column_reading {
    enum decimal_mark mark; /* of 1.234 and 1,234 */
    enum column_why why;
    bool mixed;       /* both marks: such numbers cannot be read, nor 1,234.5 against the mark */
    bool percent;     /* some numbers have %; one without it, up to 1, has two readings */
    bool month_first; /* some dates are certainly 12/31/2021, none certainly 31/12/2021 */
    bool days_mixed;  /* some are the one, some the other */
    bool no_data;     /* "s/d" is no value here, and 12* is 12: most others are numbers or dates, or
                         there are none */
    bool days;        /* all values are dates, also of a column of texts */
    bool zeros;       /* all values end in .0: of a code, what took it for a number */
};

/* What a column is, for the decision. */
enum column_role {
    COLUMN_OTHER,    /* not read, or read as text: no witness */
    COLUMN_NUMBERS,  /* read as numbers */
    COLUMN_POSITION, /* read as coordinates */
};

/* out gets one reading a column. */
void column_readings_decide(const struct column_facts *facts, const enum column_role *roles,
                            size_t n, enum decimal_mark stated, struct column_reading *out);

/* True if the mark of the column is open and it has numbers like 1.234: *trait is their form. */
bool column_reading_is_open(const struct column_facts *facts, const struct column_reading *reading,
                            enum column_trait *trait);

#endif
