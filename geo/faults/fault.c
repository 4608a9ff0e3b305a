/* fault.c - what is wrong with a row or a column of a source, as a list. */
#include "geo/faults/fault.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "geo/base/text.h"

struct import_faults import_faults_new(struct arena *arena)
{
    return (struct import_faults){.arena = arena};
}

/* An arena cannot enlarge a block: the list moves to one of twice the size. */
static bool reserve(struct import_faults *faults)
{
    if (faults->n < faults->cap)
        return true;
    size_t cap = faults->cap ? 2 * faults->cap : 4;
    struct import_fault *items = arena_array(faults->arena, cap, sizeof *items);
    if (!items)
        return false;
    if (faults->n)
        memcpy(items, faults->items, faults->n * sizeof *items);
    faults->items = items;
    faults->cap = cap;
    return true;
}

enum { MESSAGE_MAX = ERR_MESSAGE_MAX - 200 }; /* bytes; the rest is for what errors put before */

void import_faults_add(struct import_faults *faults, const char *field, int column,
                       const char *value, bool warning, const char *format, ...)
{
    char sentence[ERR_MESSAGE_MAX + 1];
    va_list args;
    va_start(args, format);
    vsnprintf(sentence, sizeof sentence, format, args);
    va_end(args);
    int len = text_cut_words(sentence, MESSAGE_MAX);
    char *message = arena_printf(faults->arena, "%.*s%s", len, sentence, sentence[len] ? "…" : "");
    const char *copy = value ? arena_strdup(faults->arena, value) : NULL;
    if (!message || (value && !copy) || !reserve(faults)) {
        faults->failed = true;
        return;
    }
    faults->items[faults->n++] = (struct import_fault){
        .field = field, .column = column, .value = copy, .message = message, .warning = warning};
    faults->errors += !warning;
}

bool import_faults_failed(const struct import_faults *faults)
{
    return faults->failed;
}

enum { MORE = 24 }; /* bytes of "; y 1234567 más" */

bool import_faults_to_err(const struct import_faults *faults, struct err *err)
{
    char all[ERR_MESSAGE_MAX] = "";
    size_t len = 0, told = 0;
    if (faults->failed)
        return err_no_memory(err);
    if (faults->errors == 0)
        return true;
    for (size_t i = 0; i < faults->n; i++) {
        const struct import_fault *fault = &faults->items[i];
        size_t need = strlen(fault->message) + 2;
        if (fault->warning)
            continue;
        if (told && len + need + MORE >= sizeof all)
            break;
        len +=
            (size_t)snprintf(all + len, sizeof all - len, "%s%s", told ? "; " : "", fault->message);
        told++;
    }
    if (told < faults->errors)
        snprintf(all + len, sizeof all - len, "; y %zu más", faults->errors - told);
    return err_set(err, ERR_INPUT, "%s", all);
}
