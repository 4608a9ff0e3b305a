/* glyphs.c - finds fonts; writes a glyph range as protobuf (glyphs.proto of node-fontnik). */
#include "layers/text/glyphs.h"

#include <fontconfig/fontconfig.h>
#include <ft2build.h>
#include <stdio.h>
#include <string.h>
#include FT_FREETYPE_H

#include "layers/text/glyphs_sdf.h"

static const struct {
    const char *name, *family;
    int weight, slant;
} fonts[] = {
    {"Open Sans Regular", "Open Sans", FC_WEIGHT_REGULAR, FC_SLANT_ROMAN},
    {"Open Sans Semibold", "Open Sans", FC_WEIGHT_DEMIBOLD, FC_SLANT_ROMAN},
    {"Open Sans Bold", "Open Sans", FC_WEIGHT_BOLD, FC_SLANT_ROMAN},
    {"Open Sans Italic", "Open Sans", FC_WEIGHT_REGULAR, FC_SLANT_ITALIC},
};

enum { N_FONTS = sizeof fonts / sizeof *fonts };

/* Opens the font, found as Pango finds it. */
static bool open_face(FT_Library library, size_t font, FT_Face *face, struct err *err)
{
    FcResult result;
    FcChar8 *file = NULL, *family = NULL;
    int index = 0;
    FcPattern *wanted = FcPatternCreate(), *found = NULL;
    bool ok = false;
    if (!wanted)
        return err_no_memory(err);
    FcPatternAddString(wanted, FC_FAMILY, (const FcChar8 *)fonts[font].family);
    FcPatternAddInteger(wanted, FC_WEIGHT, fonts[font].weight);
    FcPatternAddInteger(wanted, FC_SLANT, fonts[font].slant);
    FcPatternAddInteger(wanted, FC_WIDTH, FC_WIDTH_NORMAL);
    FcConfigSubstitute(NULL, wanted, FcMatchPattern);
    FcDefaultSubstitute(wanted);
    found = FcFontMatch(NULL, wanted, &result);
    if (!found || FcPatternGetString(found, FC_FILE, 0, &file) != FcResultMatch ||
        FcPatternGetString(found, FC_FAMILY, 0, &family) != FcResultMatch ||
        strcmp((const char *)family, fonts[font].family) != 0)
        err_set(err, ERR_SETUP, "falta el tipo de letra «%s»: instale fonts-open-sans",
                fonts[font].family);
    else {
        FcPatternGetInteger(found, FC_INDEX, 0, &index);
        ok = (FT_New_Face(library, (const char *)file, index, face) == 0 &&
              FT_Set_Pixel_Sizes(*face, 0, GLYPHS_EM_PX) == 0) ||
             err_set(err, ERR_SETUP, "no se puede leer el tipo de letra %s", (const char *)file);
    }
    if (found)
        FcPatternDestroy(found);
    FcPatternDestroy(wanted);
    return ok;
}

/* ---- protobuf --------------------------------------------------------------- */

static void put_varint(struct buf *out, uint32_t value)
{
    for (; value >= 0x80; value >>= 7)
        buf_putc(out, (char)(value | 0x80));
    buf_putc(out, (char)value);
}

static void put_number(struct buf *out, unsigned field, uint32_t value)
{
    put_varint(out, field << 3);
    put_varint(out, value);
}

static void put_signed(struct buf *out, unsigned field, int32_t value)
{
    put_number(out, field, (uint32_t)value << 1 ^ (value < 0 ? UINT32_MAX : 0)); /* zigzag */
}

static void put_bytes(struct buf *out, unsigned field, const void *bytes, size_t len)
{
    put_varint(out, field << 3 | 2);
    put_varint(out, (uint32_t)len);
    buf_put(out, bytes, len);
}

static void put_glyph(struct buf *out, uint32_t letter, const struct glyph_field *field)
{
    struct buf glyph;
    buf_init(&glyph);
    put_number(&glyph, 1, letter);
    if (field->width)
        put_bytes(&glyph, 2, field->pixels,
                  (size_t)(field->width + 2 * GLYPHS_BUFFER_PX) *
                      (size_t)(field->height + 2 * GLYPHS_BUFFER_PX));
    put_number(&glyph, 3, (uint32_t)field->width);
    put_number(&glyph, 4, (uint32_t)field->height);
    put_signed(&glyph, 5, field->left);
    put_signed(&glyph, 6, field->top);
    put_number(&glyph, 7, (uint32_t)field->advance);
    put_bytes(out, 3, glyph.data, glyph.len);
    out->failed |= buf_failed(&glyph);
    buf_free(&glyph);
}

static bool put_letters(FT_Face *faces, size_t n, uint32_t first, struct buf *stack,
                        struct err *err)
{
    for (uint32_t letter = first; letter < first + GLYPHS_PER_FILE; letter++)
        for (size_t f = 0; f < n; f++) {
            unsigned glyph = FT_Get_Char_Index(faces[f], letter);
            struct glyph_field field;
            if (!glyph)
                continue;
            if (!glyph_field_make(faces[f], glyph, &field))
                return err_no_memory(err);
            put_glyph(stack, letter, &field);
            glyph_field_free(&field);
            break;
        }
    return true;
}

/* The known fonts among the names of a stack, in its order. */
static size_t fonts_of(const char *fontstack, size_t wanted[N_FONTS])
{
    size_t n = 0;
    for (const char *at = fontstack; *at; at += strspn(at, ", ")) {
        size_t len = strcspn(at, ",");
        for (size_t f = 0; f < N_FONTS; f++) {
            bool same = strlen(fonts[f].name) == len && strncmp(fonts[f].name, at, len) == 0;
            for (size_t k = 0; k < n; k++)
                same = same && wanted[k] != f;
            if (same)
                wanted[n++] = f;
        }
        at += len;
    }
    return n;
}

bool glyphs_put(const char *fontstack, uint32_t first, struct buf *out, struct err *err)
{
    size_t wanted[N_FONTS], n = fonts_of(fontstack, wanted), opened = 0;
    FT_Library library = NULL;
    FT_Face faces[N_FONTS] = {0};
    struct buf stack;
    char range[32];
    bool ok = true;
    if (n == 0)
        return err_set(err, ERR_NOT_FOUND, "no hay un tipo de letra «%.80s»", fontstack);
    if (FT_Init_FreeType(&library) != 0)
        return err_no_memory(err);
    buf_init(&stack);
    for (; opened < n && ok; opened += ok)
        ok = open_face(library, wanted[opened], &faces[opened], err);
    if (ok) {
        put_bytes(&stack, 1, fontstack, strlen(fontstack));
        snprintf(range, sizeof range, "%u-%u", first, first + GLYPHS_PER_FILE - 1);
        put_bytes(&stack, 2, range, strlen(range));
        ok = put_letters(faces, n, first, &stack, err);
    }
    if (ok)
        put_bytes(out, 1, stack.data, stack.len);
    ok = ok && (!(buf_failed(&stack) || buf_failed(out)) || err_no_memory(err));
    buf_free(&stack);
    FT_Done_FreeType(library); /* and its faces */
    return ok;
}
