/* lettering.c - the cache of texts and masks by their keys. */
#include <stdlib.h>
#include <string.h>

#include "geo/base/hash.h"
#include "layers/text/lettering_internal.h"

cairo_font_options_t *lettering_options(void)
{
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    return options;
}

struct lettering *lettering_new(struct err *err)
{
    struct lettering *lettering = calloc(1, sizeof *lettering);
    if (!lettering) {
        err_no_memory(err);
        return NULL;
    }
    atomic_init(&lettering->refs, 1);
    pthread_mutex_init(&lettering->lock, NULL);
    lettering->n_buckets = 1024;
    lettering->buckets = calloc(lettering->n_buckets, sizeof *lettering->buckets);
    lettering->arena = arena_new();
    lettering->map = pango_cairo_font_map_new();
    if (!lettering->buckets || !lettering->arena || !lettering->map) {
        lettering_unref(lettering);
        err_no_memory(err);
        return NULL;
    }
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(lettering->map), 72);
    lettering->context = pango_font_map_create_context(lettering->map);
    cairo_font_options_t *options = lettering_options();
    pango_cairo_context_set_font_options(lettering->context, options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(lettering->context, FALSE);
    return lettering;
}

struct lettering *lettering_ref(struct lettering *lettering)
{
    atomic_fetch_add_explicit(&lettering->refs, 1, memory_order_relaxed);
    return lettering;
}

void lettering_unref(struct lettering *lettering)
{
    if (!lettering || atomic_fetch_sub_explicit(&lettering->refs, 1, memory_order_acq_rel) > 1)
        return;
    for (size_t i = 0; i < lettering->n_fonts; i++) {
        cairo_font_face_destroy(lettering->faces[i]);
        g_object_unref(lettering->fonts[i]);
    }
    if (lettering->context)
        g_object_unref(lettering->context);
    if (lettering->map)
        g_object_unref(lettering->map);
    arena_free(lettering->arena);
    free(lettering->buckets);
    pthread_mutex_destroy(&lettering->lock);
    free(lettering);
}

size_t lettering_bytes(struct lettering *lettering)
{
    pthread_mutex_lock(&lettering->lock);
    size_t bytes = lettering->bytes;
    pthread_mutex_unlock(&lettering->lock);
    return bytes;
}

/* ---- what is known already ------------------------------------------------- */

void *lettering_keep(struct lettering *lettering, size_t size)
{
    lettering->bytes += size;
    return arena_alloc(lettering->arena, size);
}

/* The entry of the key; a new one with value NULL if there is none. */
struct entry *lettering_entry(struct lettering *lettering, const void *key, size_t len)
{
    uint64_t hash = hash_bytes(HASH_START, key, len);
    struct entry **at = &lettering->buckets[hash & (lettering->n_buckets - 1)];
    for (struct entry *entry = *at; entry; entry = entry->next)
        if (entry->hash == hash && entry->key_len == len && memcmp(entry->key, key, len) == 0)
            return entry;
    if (lettering->n_entries >= lettering->n_buckets) {
        struct entry **grown = calloc(lettering->n_buckets * 2, sizeof(struct entry *));
        if (!grown)
            return NULL;
        for (size_t b = 0; b < lettering->n_buckets; b++)
            for (struct entry *entry = lettering->buckets[b], *next; entry; entry = next) {
                next = entry->next;
                struct entry **to = &grown[entry->hash & (2 * lettering->n_buckets - 1)];
                entry->next = *to;
                *to = entry;
            }
        free(lettering->buckets);
        lettering->buckets = grown;
        lettering->n_buckets *= 2;
        at = &grown[hash & (lettering->n_buckets - 1)];
    }
    struct entry *entry = lettering_keep(lettering, sizeof *entry);
    void *copy = lettering_keep(lettering, len);
    if (!entry || !copy)
        return NULL;
    memcpy(copy, key, len);
    *entry = (struct entry){*at, hash, copy, len, NULL};
    *at = entry;
    lettering->n_entries++;
    return entry;
}
