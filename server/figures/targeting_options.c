/* targeting_options.c - parses the words of the targeting options. */
#include "server/figures/targeting_options.h"

#include <string.h>

#include "geo/base/parse.h"

/* 0 or 1: which of the two words it is; -1: neither. */
static int which(const char *text, const char *first, const char *second)
{
    if (strcmp(text, first) == 0)
        return 0;
    return strcmp(text, second) == 0 ? 1 : -1;
}

static bool neither(const char *name, const char *text, const char *first, const char *second,
                    struct err *err)
{
    return err_set(err, ERR_USAGE, "«%s» no es %s ni %s", text, first, second) ||
           err_about(err, name);
}

bool targeting_options_words(const char *by, const char *form, const char *scale,
                             struct geo_target_query *query, struct err *err)
{
    int word = by ? which(by, "all", "departamento") : query->by_departamento;
    if (word < 0)
        return neither("by", by, "all", "departamento", err);
    query->by_departamento = word == 1;
    word = form ? which(form, "multiplicativa", "aditiva") : (int)query->form;
    if (word < 0)
        return neither("form", form, "multiplicativa", "aditiva", err);
    query->form = (enum geo_target_form)word;
    word = scale ? which(scale, "rango", "percentil") : (int)query->scale;
    if (word < 0)
        return neither("normalise", scale, "rango", "percentil", err);
    query->scale = (enum geo_target_scale)word;
    return true;
}

bool targeting_options_concentration(const char *text, struct geo_target_query *query,
                                     struct err *err)
{
    return !text || parse_real(text, 1, 1000000, &query->concentration) ||
           err_field(err, "concentration", "«%s»: se espera un número de 1 a 1000000", text);
}
