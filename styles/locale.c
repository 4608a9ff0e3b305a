/* locale.c - upper and lower case, collation and number formats, by ICU. */
#include "styles/locale.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ucasemap.h>
#include <unicode/ucol.h>
#include <unicode/uloc.h>
#include <unicode/unumberformatter.h>
#include <unicode/ustring.h>

enum { LOCALE_SIZE = 157 };

/* The ICU name of a tag; "en" for none. */
static bool locale_name(const char *tag, char name[LOCALE_SIZE])
{
    UErrorCode status = U_ZERO_ERROR;
    int32_t parsed = 0;
    if (!tag)
        tag = "en";
    uloc_forLanguageTag(tag, name, LOCALE_SIZE, &parsed, &status);
    return U_SUCCESS(status) && status != U_STRING_NOT_TERMINATED_WARNING &&
           (size_t)parsed == strlen(tag) && tag[0];
}

typedef int32_t case_fn(const UCaseMap *map, char *to, int32_t room, const char *from,
                        int32_t from_len, UErrorCode *status);

static char *change_case(struct arena *arena, const char *text, case_fn *change)
{
    UErrorCode status = U_ZERO_ERROR;
    UCaseMap *map = ucasemap_open("", 0, &status);
    char *changed = NULL;
    if (U_FAILURE(status))
        return NULL;
    int32_t len = change(map, NULL, 0, text, -1, &status);
    if (status == U_BUFFER_OVERFLOW_ERROR || U_SUCCESS(status)) {
        status = U_ZERO_ERROR;
        changed = arena_alloc(arena, (size_t)len + 1);
        if (changed)
            change(map, changed, len + 1, text, -1, &status);
    }
    ucasemap_close(map);
    return U_SUCCESS(status) ? changed : NULL;
}

char *locale_upper(struct arena *arena, const char *text)
{
    return change_case(arena, text, ucasemap_utf8ToUpper);
}

char *locale_lower(struct arena *arena, const char *text)
{
    return change_case(arena, text, ucasemap_utf8ToLower);
}

bool locale_compare(const char *locale, bool case_sensitive, bool accent_sensitive, const char *a,
                    const char *b, int *order)
{
    UErrorCode status = U_ZERO_ERROR;
    char name[LOCALE_SIZE];
    if (!locale_name(locale, name))
        return false;
    /* Intl.Collator with usage "search": German "ä" is then "ae", not "a". */
    uloc_setKeywordValue("collation", "search", name, LOCALE_SIZE, &status);
    UCollator *collator = ucol_open(name, &status);
    if (U_FAILURE(status))
        return false;
    /* Intl's sensitivities: base, accent, case, variant. */
    ucol_setStrength(collator, !accent_sensitive ? UCOL_PRIMARY
                               : case_sensitive  ? UCOL_TERTIARY
                                                 : UCOL_SECONDARY);
    if (case_sensitive && !accent_sensitive)
        ucol_setAttribute(collator, UCOL_CASE_LEVEL, UCOL_ON, &status);
    *order = (int)ucol_strcollUTF8(collator, a, -1, b, -1, &status);
    ucol_close(collator);
    return U_SUCCESS(status);
}

char *locale_resolved(struct arena *arena, const char *locale)
{
    UErrorCode status = U_ZERO_ERROR;
    char name[LOCALE_SIZE], tag[LOCALE_SIZE] = "";
    if (!locale_name(locale, name))
        return NULL;
    uloc_toLanguageTag(name, tag, sizeof tag, false, &status);
    return U_SUCCESS(status) ? arena_strdup(arena, tag) : NULL;
}

/* Digits after the point as an ICU skeleton: ".00##", or "." for none. */
static void put_precision(char *out, int min, int max)
{
    *out++ = '.';
    for (int i = 0; i < max; i++)
        *out++ = i < min ? '0' : '#';
    *out = '\0';
}

/* ECMA-402, SetNumberFormatDigitOptions; false: out of range. */
static bool decimals_of(const struct locale_number *how, char precision[40])
{
    int low = how->currency ? 2 : 0, high = how->currency ? 2 : 3;
    int min = how->min_decimals, max = how->max_decimals;
    precision[0] = '\0';
    if (min < 0 && max < 0 && how->currency)
        return true; /* as usual for the currency */
    if (min > 20 || max > 20 || (min >= 0 && max >= 0 && min > max))
        return false;
    if (min < 0)
        min = max >= 0 && max < low ? max : low;
    if (max < 0)
        max = min > high ? min : high;
    put_precision(precision, min, max);
    return true;
}

static bool is_word(const char *text)
{
    return text[0] && !text[strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-")];
}

char *locale_format(struct arena *arena, double number, const struct locale_number *how)
{
    UErrorCode status = U_ZERO_ERROR;
    UNumberFormatter *formatter = NULL;
    UFormattedNumber *result = NULL;
    UChar wide[256];
    char name[LOCALE_SIZE], precision[40], *text = NULL;
    if (!locale_name(how->locale, name) || !decimals_of(how, precision) ||
        (how->currency && (strlen(how->currency) != 3 || !is_word(how->currency))) ||
        (how->unit && !is_word(how->unit)))
        return NULL;
    const char *skeleton =
        arena_printf(arena, "%s%s %s%s rounding-mode-half-up", how->currency ? "currency/" : "",
                     how->currency ? how->currency : precision,
                     how->currency ? precision : (how->unit ? "unit-width-short unit/" : ""),
                     how->unit && !how->currency ? how->unit : "");
    int32_t len = 0;
    if (!skeleton)
        return NULL;
    u_strFromUTF8(wide, 256, &len, skeleton, -1, &status);
    formatter = unumf_openForSkeletonAndLocale(wide, len, name, &status);
    result = unumf_openResult(&status);
    if (U_FAILURE(status))
        goto done;
    unumf_formatDouble(formatter, isnan(number) ? NAN : number, result, &status);
    len = unumf_resultToString(result, wide, 256, &status);
    if (U_FAILURE(status))
        goto done;
    text = arena_alloc(arena, (size_t)len * 3 + 1);
    if (text)
        u_strToUTF8(text, len * 3 + 1, NULL, wide, len, &status);
    if (U_FAILURE(status))
        text = NULL;
done:
    unumf_closeResult(result);
    unumf_close(formatter);
    return text;
}
