/* source_domains.c - the words of coded values, as a geodatabase lists them. */
#include "geo/source/source_domains.h"

#include <string.h>

static const OGRCodedValue *list_of(GDALDatasetH dataset, OGRFieldDefnH column)
{
    const char *name = gdal->OGR_Fld_GetDomainName(column);
    OGRFieldDomainH domain =
        name && name[0] ? gdal->GDALDatasetGetFieldDomain(dataset, name) : NULL;
    return domain && gdal->OGR_FldDomain_GetDomainType(domain) == OFDT_CODED
               ? gdal->OGR_CodedFldDomain_GetEnumeration(domain)
               : NULL;
}

bool source_domains_read(GDALDatasetH dataset, OGRLayerH layer, struct arena *arena,
                         struct source_domains *out, struct err *err)
{
    OGRFeatureDefnH columns = gdal->OGR_L_GetLayerDefn(layer);
    *out = (struct source_domains){.n = (size_t)gdal->OGR_FD_GetFieldCount(columns)};
    out->of = arena_array(arena, out->n, sizeof *out->of);
    for (size_t i = 0; out->of && i < out->n; i++)
        out->of[i] = list_of(dataset, gdal->OGR_FD_GetFieldDefn(columns, (int)i));
    return out->of || err_no_memory(err);
}

/* The code is all that the word has of digits. */
static bool repeats(const char *word, const char *code, size_t len)
{
    const char *at = word + strcspn(word, "0123456789");
    return strncmp(at, code, len) == 0 && !at[len + strcspn(at + len, "0123456789")];
}

static bool is_worth_more(const char *code, const char *word)
{
    size_t digits = strspn(code, "0123456789");
    return digits && !code[digits] && (digits == 5 || digits == 6 || repeats(word, code, digits));
}

const char *source_domains_better(const char *code, const char *word)
{
    return word && word[0] && !is_worth_more(code, word) ? word : NULL;
}

const char *source_domains_word(const struct source_domains *domains, size_t column,
                                const char *code)
{
    const OGRCodedValue *value = column < domains->n ? domains->of[column] : NULL;
    for (; value && value->pszCode; value++)
        if (strcmp(value->pszCode, code) == 0)
            return source_domains_better(code, value->pszValue);
    return NULL;
}
