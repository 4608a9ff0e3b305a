/* style_resolved.c - writes a style document for a browser: with its addresses. */
#include <string.h>

#include "styles/json.h"
#include "styles/style_layer.h"

static void put_name(struct buf *out, const char *name)
{
    buf_put_json(out, name);
    buf_putc(out, ':');
}

/* Writes the members of an object except those named, each followed by a comma. */
static void put_members(struct buf *out, const struct expr_members *object,
                        const char *const *without)
{
    for (size_t i = 0; i < object->n; i++) {
        const char *const *other = without;
        while (*other && strcmp(*other, object->at[i].name) != 0)
            other++;
        if (*other)
            continue;
        put_name(out, object->at[i].name);
        expr_put_json(out, &object->at[i].value);
        buf_putc(out, ',');
    }
}

static void put_sources(struct buf *out, const struct expr_value *sources, const char *base)
{
    static const char *const replaced[] = {"url", "tiles", NULL};
    buf_putc(out, '{');
    for (size_t i = 0; i < sources->object->n; i++) {
        const struct expr_member *source = &sources->object->at[i];
        struct buf url;
        buf_init(&url);
        buf_printf(&url, "%s/%s.json", base, source->name);
        put_name(out, source->name);
        buf_putc(out, '{');
        put_members(out, source->value.object, replaced);
        buf_puts(out, "\"url\":");
        buf_put_json(out, url.data ? url.data : "");
        buf_puts(out, i + 1 < sources->object->n ? "}," : "}");
        out->failed |= buf_failed(&url);
        buf_free(&url);
    }
    buf_putc(out, '}');
}

void style_put_resolved(const struct style *style, const struct style_urls *urls, struct buf *out)
{
    static const char *const replaced[] = {"sources", "glyphs", "sprite", "layers", NULL};
    struct arena *arena = arena_new();
    struct expr_value root;
    if (!arena || !styles_json_read(style->json, style->len, arena, &root, NULL)) {
        out->failed = true; /* it was parsed before, so only memory can be short */
        arena_free(arena);
        return;
    }
    buf_putc(out, '{');
    put_members(out, root.object, replaced);
    put_name(out, "glyphs");
    buf_put_json(out, urls->glyphs);
    buf_putc(out, ',');
    put_name(out, "sprite");
    buf_put_json(out, urls->sprite);
    buf_putc(out, ',');
    put_name(out, "sources");
    put_sources(out, expr_member_find(root.object, "sources"), urls->sources);
    buf_putc(out, ',');
    put_name(out, "layers");
    expr_put_json(out, expr_member_find(root.object, "layers"));
    buf_putc(out, '}');
    arena_free(arena);
}
