/* indicators_terms.c - selects the records that a term counts on a day, and sums them. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/analysis/indicators_internal.h"
#include "geo/figures/irrigation.h"

#define M2_PER_HA 10000.0

/* Values ------------------------------------------------------------------- */

static double number_of(const struct geo_table *table, const struct pool_record *record, int field)
{
    struct geo_value value = record->values[field];
    double number = value.kind == GEO_INT_VALUE    ? (double)value.integer
                    : value.kind == GEO_REAL_VALUE ? value.real
                                                   : NAN;
    return table->fields[field].type == GEO_MONEY ? number / 100 : number;
}

static const char *text_of(const struct pool_record *record, int field)
{
    return record->values[field].kind == GEO_TEXT_VALUE ? record->values[field].text : NULL;
}

/* Days since 1970-01-01 of a checked ISO day (Hinnant, "chrono-compatible low-level
 * date algorithms"). */
static long day_number(const char *day)
{
    char *end;
    long year = strtol(day, &end, 10), month = strtol(end + 1, &end, 10);
    long date = strtol(end + 1, NULL, 10);
    year -= month <= 2;
    long era = year / 400, of_era = year - era * 400;
    long of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + date - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

/* The day from which a record counts, written to room; NULL: none. */
static const char *day_of(const struct geo_set *set, const struct pool_record *record,
                          char room[16])
{
    const char *day = text_of(record, set->date);
    if (day || set->undated != GEO_UNDATED_YEAR_END)
        return day;
    double year = number_of(set->table, record, geo_table_field(set->table, "anio"));
    if (!(year >= 0 && year <= 9999))
        return NULL;
    snprintf(room, 16, "%04d-12-31", (int)year);
    return room;
}

/* Conditions --------------------------------------------------------------- */

static bool compare(double left, enum geo_condition_op op, double right)
{
    if (isnan(left) || isnan(right))
        return false;
    switch (op) {
    case GEO_OP_EQUAL:
        return left == right;
    case GEO_OP_DIFFERENT:
        return left != right;
    case GEO_OP_LESS:
        return left < right;
    case GEO_OP_AT_MOST:
        return left <= right;
    case GEO_OP_MORE:
        return left > right;
    case GEO_OP_AT_LEAST:
        return left >= right;
    case GEO_OP_ONE_OF:
    case GEO_OP_KNOWN:
        break;
    }
    return false;
}

static bool one_of(const struct geo_condition *condition, const char *word)
{
    for (size_t i = 0; i < condition->n_words; i++)
        if (strcmp(condition->words[i], word) == 0)
            return true;
    return false;
}

static bool text_meets(const struct geo_condition *condition, const struct pool_record *record)
{
    const char *left = text_of(record, condition->field);
    const char *right =
        condition->other >= 0 ? text_of(record, condition->other) : condition->words[0];
    if (!left)
        return false;
    if (condition->op == GEO_OP_ONE_OF)
        return one_of(condition, left);
    int order = right ? strcmp(left, right) : 0;
    return right && compare(order, condition->op, 0);
}

static bool meets(const struct geo_set *set, const struct geo_condition *condition,
                  const struct pool_record *record, const char *as_of)
{
    if (condition->days_to >= 0) {
        const char *from = text_of(record, condition->field);
        const char *to = text_of(record, condition->days_to);
        if (!from || !to || (as_of && strcmp(to, as_of) > 0))
            return false; /* not known on that day */
        return condition->op == GEO_OP_KNOWN || compare((double)(day_number(to) - day_number(from)),
                                                        condition->op, condition->number);
    }
    if (condition->op == GEO_OP_KNOWN)
        return record->values[condition->field].kind != GEO_NULL;
    if (record->values[condition->field].kind == GEO_TEXT_VALUE || condition->is_text)
        return text_meets(condition, record);
    return compare(number_of(set->table, record, condition->field), condition->op,
                   condition->other >= 0 ? number_of(set->table, record, condition->other)
                                         : condition->number);
}

static bool meets_all(const struct geo_set *set, const struct geo_condition *conditions, size_t n,
                      const struct pool_record *record, const char *as_of)
{
    for (size_t i = 0; i < n; i++)
        if (!meets(set, &conditions[i], record, as_of))
            return false;
    return true;
}

/* Sets --------------------------------------------------------------------- */

static bool counts_by(const struct geo_set *set, const struct pool_record *record,
                      const char *as_of)
{
    char room[16];
    const char *day = day_of(set, record, room);
    if (!day)
        return set->undated == GEO_UNDATED_IN;
    return !as_of || strcmp(day, as_of) <= 0;
}

struct indicators_terms_candidate {
    const char *key;
    char day[16];
    size_t index;
};

static int compare_candidates(const void *a, const void *b)
{
    const struct indicators_terms_candidate *x = a, *y = b;
    int order = strcmp(x->key, y->key);
    if (order == 0)
        order = strcmp(x->day, y->day);
    return order ? order : (x->index > y->index) - (x->index < y->index);
}

/* Keeps the latest record for each value of the field (ties: the later row). */
static bool keep_latest(const struct pool *pool, const struct geo_set *set,
                        const struct pool_table *table, bool *in)
{
    struct indicators_terms_candidate *list = calloc(table->n + 1, sizeof *list);
    size_t n = 0;
    if (!list)
        return err_no_memory(pool->err);
    for (size_t i = 0; i < table->n; i++) {
        char room[16];
        const char *key = text_of(&table->records[i], set->latest_by);
        const char *day = day_of(set, &table->records[i], room);
        if (!in[i])
            continue;
        in[i] = false;
        if (!key)
            continue;
        list[n] = (struct indicators_terms_candidate){.key = key, .index = i};
        snprintf(list[n].day, sizeof list[n].day, "%s", day ? day : "");
        n++;
    }
    if (n > 1)
        qsort(list, n, sizeof *list, compare_candidates);
    for (size_t k = 0; k < n; k++)
        if (k + 1 == n || strcmp(list[k].key, list[k + 1].key) != 0)
            in[list[k].index] = true;
    free(list);
    return true;
}

/* Keeps the records with the same value of the field as the latest record. */
static void keep_value(const struct geo_set *set, const struct pool_table *table, bool *in)
{
    const char *value = NULL;
    char latest[16] = "", room[16];
    for (size_t i = 0; i < table->n; i++) {
        const char *day = day_of(set, &table->records[i], room);
        if (!in[i] || !day || strcmp(day, latest) < 0)
            continue;
        snprintf(latest, sizeof latest, "%s", day);
        value = text_of(&table->records[i], set->latest_value);
    }
    for (size_t i = 0; i < table->n; i++) {
        const char *own = text_of(&table->records[i], set->latest_value);
        in[i] = in[i] && own && value && strcmp(own, value) == 0;
    }
}

/* Marks the records of the set; in has table->n of them. *known: there are any
 * before the conditions of "donde". */
static bool select_set(const struct pool *pool, const struct geo_set *set,
                       const struct pool_table *table, const char *as_of, bool *in, bool *known)
{
    *known = false;
    for (size_t i = 0; i < table->n; i++) {
        in[i] = counts_by(set, &table->records[i], as_of) &&
                meets_all(set, set->among, set->n_among, &table->records[i], as_of);
        *known = *known || in[i];
    }
    if (set->latest_by >= 0 && !keep_latest(pool, set, table, in))
        return false;
    if (set->latest_value >= 0)
        keep_value(set, table, in);
    for (size_t i = 0; i < table->n; i++)
        in[i] = in[i] && meets_all(set, set->where, set->n_where, &table->records[i], as_of);
    return true;
}

static void note_latest(const struct geo_set *set, const struct pool_record *record,
                        struct term_sums *sums)
{
    char room[16];
    const char *day = day_of(set, record, room);
    if (day && strcmp(day, sums->latest) > 0)
        snprintf(sums->latest, sizeof sums->latest, "%.10s", day);
}

/* Terms -------------------------------------------------------------------- */

struct amount {
    const char *key;
    double sum;
};

static int compare_amounts(const void *a, const void *b)
{
    return strcmp(((const struct amount *)a)->key, ((const struct amount *)b)->key);
}

/* Removes the records without enough related ones. */
static bool keep_related(struct pool *pool, const struct geo_term *term, const char *as_of,
                         bool *in, struct term_sums *sums)
{
    const struct pool_table *related = pool_get(pool, term->related.table);
    /* Looked up again: pool_get() may have moved the tables. */
    const struct pool_table *table = related ? pool_get(pool, term->set.table) : NULL;
    int codigo = geo_table_field(term->set.table, "codigo");
    if (!table)
        return false;
    bool *marked = calloc(related->n + 1, sizeof *marked);
    struct amount *list = calloc(related->n + 1, sizeof *list);
    size_t n = 0;
    bool ok = marked && list, known = false;
    if (!ok)
        err_no_memory(pool->err);
    ok = ok && select_set(pool, &term->related, related, as_of, marked, &known);
    for (size_t i = 0; i < related->n && ok; i++) {
        const char *key = text_of(&related->records[i], term->by);
        double amount = term->related_sum < 0
                            ? 1
                            : number_of(related->table, &related->records[i], term->related_sum);
        if (!marked[i] || !key || isnan(amount))
            continue;
        list[n++] = (struct amount){key, amount};
        note_latest(&term->related, &related->records[i], sums);
    }
    if (ok && n > 1)
        qsort(list, n, sizeof *list, compare_amounts);
    size_t m = 0; /* one of each key */
    for (size_t i = 0; i < n; i++) {
        if (m && strcmp(list[m - 1].key, list[i].key) == 0)
            list[m - 1].sum += list[i].sum;
        else
            list[m++] = list[i];
    }
    for (size_t i = 0; i < table->n && ok; i++) {
        const struct amount key = {.key = text_of(&table->records[i], codigo)};
        const struct amount *found =
            in[i] && key.key && m ? bsearch(&key, list, m, sizeof key, compare_amounts) : NULL;
        in[i] = found && found->sum >= term->least;
    }
    sums->empty = sums->empty || !known; /* no data yet, which is not the same as zero */
    sums->simulated = sums->simulated || related->simulated;
    free(marked);
    free(list);
    return ok;
}

static double worth(const struct geo_term *term, const struct pool_record *record)
{
    double sum = 0;
    if (term->kind == GEO_TERM_COUNT)
        return 1;
    for (size_t i = 0; i < term->n_sums; i++) {
        double value = number_of(term->set.table, record, term->sums[i]);
        sum += isnan(value) ? 0 : term->signs[i] * value;
    }
    return sum;
}

/* Net hectares; its day is that of the latest area put into operation. */
static bool irrigated(struct pool *pool, const char *as_of, struct term_sums *sums)
{
    const struct geo_table *areas = geo_table_find("areas_riego");
    const struct geo_set dated = {.table = areas,
                                  .date = geo_table_field(areas, "fecha_operacion")};
    const struct geo_coverage_query query = {.as_of = as_of, .edition = pool->units->edition};
    const struct pool_table *table = pool_get(pool, areas);
    struct geo_irrigated *slots = calloc(pool->units->n + 1, sizeof *slots);
    bool ok = table && slots;
    if (table && !slots)
        err_no_memory(pool->err);
    ok = ok && geo_irrigation_slots(pool->store, pool->units, &query, slots, pool->err);
    for (size_t i = 0; i <= pool->units->n && ok; i++)
        sums->slots[i] += slots[i].neto_m2 / M2_PER_HA;
    for (size_t i = 0; ok && i < table->n; i++)
        if (counts_by(&dated, &table->records[i], as_of))
            note_latest(&dated, &table->records[i], sums);
    if (ok) {
        sums->empty = table->n == 0;
        sums->simulated = table->simulated;
    }
    free(slots);
    return ok;
}

bool term_evaluate(struct pool *pool, const struct geo_term *term, const char *as_of,
                   struct term_sums *sums)
{
    if (term->kind == GEO_TERM_IRRIGATION)
        return irrigated(pool, as_of, sums);
    const struct pool_table *table = pool_get(pool, term->set.table);
    bool *in = table ? calloc(table->n + 1, sizeof *in) : NULL;
    bool ok = in != NULL, known = false;
    if (table && !in)
        err_no_memory(pool->err);
    ok = ok && select_set(pool, &term->set, table, as_of, in, &known);
    if (ok) {
        sums->empty = table->n == 0;
        sums->simulated = table->simulated;
    }
    if (ok && term->has_related)
        ok = keep_related(pool, term, as_of, in, sums);
    for (size_t i = 0; ok && i < table->n; i++) {
        if (!in[i])
            continue;
        sums->slots[table->records[i].slot] += worth(term, &table->records[i]);
        note_latest(&term->set, &table->records[i], sums);
    }
    free(in);
    return ok;
}
