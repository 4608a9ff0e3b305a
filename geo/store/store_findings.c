/* store_findings.c - reports what `sigg check` finds. */
#include <stdio.h>

#include "geo/base/text.h"
#include "geo/store/store_check.h"

enum { MOST = 400 }; /* bytes of a finding that is shown */

void store_found(struct store_findings *findings, const char *text)
{
    findings->count++;
    findings->fn(findings->arg, text);
}

void store_found_more(struct store_findings *findings, const char *table, const char *what)
{
    char text[128];
    snprintf(text, sizeof text, "%s: hay más %s así; se nombran las primeras %d", table, what,
             STORE_TABLE_FINDINGS_MAX);
    store_found(findings, text);
}

bool store_each_finding(struct geo_store *store, const char *sql, const char *before,
                        struct store_findings *findings, struct err *err)
{
    const struct db_sql text = {.doing = before, .sql = sql};
    struct db_query *query = db_prepare(store->db, &text, err);
    struct err what = {0};
    if (!query)
        return false;
    enum db_step step;
    while ((step = db_next(query, &what)) == DB_ROW) {
        char finding[512];
        const char *word = db_word(query, 0);
        snprintf(finding, sizeof finding, "%s%.*s", before, text_cut(word, MOST), word);
        store_found(findings, finding);
    }
    if (step == DB_FAILED)
        store_found(findings, what.message);
    db_free(query);
    return true;
}
