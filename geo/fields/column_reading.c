/* column_reading.c - how the cells of each column of a table are read. */
#include "geo/fields/column_reading.h"

struct votes {
    int64_t point, comma;
};

static struct votes votes_of(const struct column_facts *facts)
{
    return (struct votes){facts->n[COLUMN_POINT] + facts->n[COLUMN_COMMA_GROUPS],
                          facts->n[COLUMN_COMMA] + facts->n[COLUMN_POINT_GROUPS]};
}

static enum decimal_mark majority(struct votes votes)
{
    if (votes.point == votes.comma)
        return MARK_OPEN;
    return votes.point > votes.comma ? MARK_POINT : MARK_COMMA;
}

/* How many columns show each mark, without contradiction. */
static struct votes ask_columns(const struct column_facts *facts, const enum column_role *roles,
                                size_t n)
{
    struct votes columns = {0, 0};
    for (size_t c = 0; c < n; c++) {
        struct votes votes = votes_of(&facts[c]);
        if (roles[c] == COLUMN_OTHER || (votes.point && votes.comma))
            continue;
        columns.point += votes.point > 0 && roles[c] != COLUMN_POSITION;
        columns.comma += votes.comma > 0;
    }
    return columns;
}

/* All of many numbers with a mark have it before three digits, and others have none: "12.345",
 * "1.234", "987". They are thousands, unless decimals that end there are a strange chance: other
 * columns do not decide that they are decimals. */
static bool looks_grouped(const struct column_facts *facts, enum decimal_mark mark)
{
    enum { MANY = 30 };
    enum column_trait open = mark == MARK_POINT ? COLUMN_OPEN_POINT : COLUMN_OPEN_COMMA;
    return facts->n[open] >= MANY && facts->n[COLUMN_WHOLE] > 0;
}

/* "s/d" says the same in a column of nothing else. */
static bool may_lack_data(const struct column_facts *facts)
{
    int64_t known = column_facts_numbers(facts) + column_facts_dates(facts);
    int64_t others = facts->values - facts->n[COLUMN_NO_DATA];
    return others == 0 || (known > 0 && known * 2 >= others);
}

static void read_dates(const struct column_facts *facts, struct column_reading *reading)
{
    bool month = facts->n[COLUMN_MONTH_FIRST] > 0, day = facts->n[COLUMN_DAY_FIRST] > 0;
    reading->month_first = month && !day;
    reading->days_mixed = month && day;
}

void column_readings_decide(const struct column_facts *facts, const enum column_role *roles,
                            size_t n, enum decimal_mark stated, struct column_reading *out)
{
    struct votes others = ask_columns(facts, roles, n);
    bool agree = !others.point != !others.comma;
    for (size_t c = 0; c < n; c++) {
        struct votes votes = votes_of(&facts[c]);
        struct column_reading *reading = &out[c];
        *reading = (struct column_reading){
            .mixed = votes.point && votes.comma,
            .percent = facts[c].n[COLUMN_PERCENT] > 0,
            .no_data = may_lack_data(&facts[c]),
            .days = facts[c].n[COLUMN_DATE] == facts[c].values - facts[c].n[COLUMN_NO_DATA],
            .zeros = facts[c].n[COLUMN_ZEROS] > 0 &&
                     facts[c].n[COLUMN_ZEROS] == facts[c].values - facts[c].n[COLUMN_NO_DATA],
        };
        read_dates(&facts[c], reading);
        if (stated != MARK_OPEN) {
            reading->mark = stated;
            reading->why = COLUMN_STATED;
            reading->mixed = false;
        } else if (votes.point || votes.comma) {
            reading->mark = majority(votes);
            reading->why = COLUMN_OWN;
        } else if (agree && !looks_grouped(&facts[c], majority(others))) {
            reading->mark = majority(others);
            reading->why = COLUMN_OTHERS;
        }
    }
}

bool column_reading_is_open(const struct column_facts *facts, const struct column_reading *reading,
                            enum column_trait *trait)
{
    *trait = facts->n[COLUMN_OPEN_POINT] ? COLUMN_OPEN_POINT : COLUMN_OPEN_COMMA;
    return reading->mark == MARK_OPEN && !reading->mixed && facts->n[*trait] > 0;
}
