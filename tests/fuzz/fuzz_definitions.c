/* fuzz_definitions.c - any bytes as definitions of indicators.
 * Refusals have a message in UTF-8; accepted definitions name columns that exist. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/text.h"
#include "geo/figures/definitions.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_field(const struct geo_table *table, int field)
{
    if (field < -1 || field >= (int)table->n_fields)
        abort();
}

static void check_conditions(const struct geo_table *table, const struct geo_condition *conditions,
                             size_t n)
{
    for (size_t i = 0; i < n; i++) {
        check_field(table, conditions[i].field);
        check_field(table, conditions[i].days_to);
        check_field(table, conditions[i].other);
        if (conditions[i].field < 0 || conditions[i].n_words > GEO_CONDITION_WORDS ||
            (conditions[i].op != GEO_OP_KNOWN && conditions[i].is_text && !conditions[i].n_words))
            abort();
    }
}

static void check_set(const struct geo_set *set)
{
    check_field(set->table, set->date);
    check_field(set->table, set->latest_by);
    check_field(set->table, set->latest_value);
    if (set->date < 0)
        abort();
    check_conditions(set->table, set->among, set->n_among);
    check_conditions(set->table, set->where, set->n_where);
}

static void check_term(const struct geo_term *term)
{
    if (term->kind != GEO_TERM_COUNT && term->kind != GEO_TERM_SUM)
        return;
    check_set(&term->set);
    for (size_t i = 0; i < term->n_sums; i++)
        check_field(term->set.table, term->sums[i]);
    if (term->has_related) {
        check_set(&term->related);
        check_field(term->related.table, term->by);
        check_field(term->related.table, term->related_sum);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct err err = {0};
    char *text = malloc(size + 1);
    if (!text)
        return 0;
    memcpy(text, data, size);
    text[size] = '\0';
    struct geo_definitions *made = geo_definitions_read(text, size, &err);
    if (!made && (err.kind != ERR_INPUT || !text_is_utf8(err.message, strlen(err.message))))
        abort();
    for (size_t i = 0; made && i < made->n; i++) {
        check_term(&made->list[i].numerator);
        check_term(&made->list[i].denominator);
        check_term(&made->list[i].population);
    }
    geo_definitions_free(made);
    free(text);
    return 0;
}
