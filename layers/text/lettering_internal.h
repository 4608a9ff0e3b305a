/* lettering_internal.h - internal to lettering*.c: the cache. */
#ifndef LAYERS_LETTERING_INTERNAL_H
#define LAYERS_LETTERING_INTERNAL_H

#include <pango/pangocairo.h>
#include <pthread.h>
#include <stdatomic.h>

#include "geo/base/arena.h"
#include "layers/text/lettering.h"

enum { LETTERING_FONTS = 256 };

struct entry {
    struct entry *next;
    uint64_t hash;
    const void *key;
    size_t key_len;
    void *value;
};

struct lettering {
    atomic_int refs;
    pthread_mutex_t lock;
    struct arena *arena;
    size_t bytes;
    PangoFontMap *map;
    PangoContext *context;
    PangoFont *fonts[LETTERING_FONTS];
    cairo_font_face_t *faces[LETTERING_FONTS];
    size_t n_fonts;
    struct entry **buckets;
    size_t n_buckets, n_entries;
};

/* The functions below are called with the lock held. */

/* Memory that lives as long as the lettering; NULL: memory is short. */
void *lettering_keep(struct lettering *lettering, size_t size);
/* The entry of the key; a new one with value NULL if there is none. */
struct entry *lettering_entry(struct lettering *lettering, const void *key, size_t len);

/* No hinting: letters have the same shape at every size. The caller destroys it. */
cairo_font_options_t *lettering_options(void);

#endif
