/* test_glyphs.c - tests of glyph files, read back, and of the sprite's index. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "layers/paint/sprites.h"
#include "layers/text/glyphs.h"

struct bytes {
    const uint8_t *at, *end;
};

static uint32_t varint(struct bytes *in)
{
    uint32_t value = 0;
    for (int shift = 0; in->at < in->end; shift += 7) {
        uint8_t byte = *in->at++;
        value |= (uint32_t)(byte & 0x7F) << shift;
        if (byte < 0x80)
            return value;
    }
    fail_msg("a number is cut");
    return 0;
}

/* A protobuf field: its varint or its bytes. */
static unsigned field(struct bytes *in, uint32_t *value, struct bytes *bytes)
{
    uint32_t key = varint(in);
    *value = varint(in);
    if ((key & 7) == 2) {
        assert_true(*value <= (size_t)(in->end - in->at));
        *bytes = (struct bytes){in->at, in->at + *value};
        in->at += *value;
    } else
        assert_int_equal(key & 7, 0);
    return key >> 3;
}

struct letter {
    uint32_t id, width, height, advance;
    int32_t left, top;
    struct bytes pixels;
};

static int32_t zigzag(uint32_t value)
{
    return (int32_t)(value >> 1) ^ -(int32_t)(value & 1);
}

static struct letter read_letter(struct bytes in)
{
    struct letter letter = {0};
    while (in.at < in.end) {
        uint32_t value;
        struct bytes bytes;
        switch (field(&in, &value, &bytes)) {
        case 1:
            letter.id = value;
            break;
        case 2:
            letter.pixels = bytes;
            break;
        case 3:
            letter.width = value;
            break;
        case 4:
            letter.height = value;
            break;
        case 5:
            letter.left = zigzag(value);
            break;
        case 6:
            letter.top = zigzag(value);
            break;
        case 7:
            letter.advance = value;
            break;
        default:
            fail_msg("an unknown field");
        }
    }
    return letter;
}

/* The glyphs of a file by their index. */
static void read_file(const struct buf *file, const char *name, const char *range,
                      struct letter letters[GLYPHS_PER_FILE])
{
    struct bytes in = {(const uint8_t *)file->data, (const uint8_t *)file->data + file->len}, stack,
                 bytes;
    uint32_t value;
    memset(letters, 0, GLYPHS_PER_FILE * sizeof *letters);
    assert_int_equal(field(&in, &value, &stack), 1);
    assert_ptr_equal(in.at, in.end);
    assert_int_equal(field(&stack, &value, &bytes), 1);
    assert_int_equal(value, strlen(name));
    assert_memory_equal(bytes.at, name, value);
    assert_int_equal(field(&stack, &value, &bytes), 2);
    assert_memory_equal(bytes.at, range, value);
    while (stack.at < stack.end) {
        assert_int_equal(field(&stack, &value, &bytes), 3);
        struct letter letter = read_letter(bytes);
        letters[letter.id % GLYPHS_PER_FILE] = letter;
        size_t size = letter.width ? (size_t)(letter.width + 6) * (letter.height + 6) : 0;
        assert_int_equal(letter.pixels.end - letter.pixels.at, size);
    }
}

/* As node-fontnik makes them from the same font (test/fixtures/range.0.256.pbf). */
static const struct {
    uint32_t letter, width, height, advance;
    int32_t left, top;
} known[] = {
    {' ', 0, 0, 6, 0, -26}, {'A', 15, 17, 15, 0, -9},  {'g', 13, 19, 13, 0, -13},
    {'i', 2, 18, 6, 2, -8}, {0xF1, 11, 18, 14, 2, -8}, {0xD1, 14, 22, 18, 2, -4},
};

static void letters_are_those_of_fontnik(void **state)
{
    (void)state;
    struct err err = {0};
    struct buf file;
    struct letter letters[GLYPHS_PER_FILE];
    buf_init(&file);
    if (!glyphs_put("Open Sans Regular", 0, &file, &err))
        fail_msg("%s", err.message);
    read_file(&file, "Open Sans Regular", "0-255", letters);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        const struct letter *letter = &letters[known[i].letter];
        assert_int_equal(letter->width, known[i].width);
        assert_int_equal(letter->height, known[i].height);
        assert_int_equal(letter->advance, known[i].advance);
        assert_int_equal(letter->left, known[i].left);
        assert_int_equal(letter->top, known[i].top);
    }
    /* The bar of an l: inside above 192, falling by 32 a pixel outside. */
    const struct letter *l = &letters['l'];
    const uint8_t *row = l->pixels.at + (l->width + 6) * (l->height / 2 + 3);
    size_t best = 0;
    for (size_t x = 0; x < l->width + 6; x++)
        best = row[x] > row[best] ? x : best;
    assert_true(row[best] > 192 && row[0] < 160);
    assert_int_equal(row[1] - row[0], 32);
    buf_free(&file);
}

static void the_first_of_our_fonts_in_a_stack_counts(void **state)
{
    (void)state;
    struct err err = {0};
    struct buf one, other;
    struct letter letters[GLYPHS_PER_FILE];
    buf_init(&one);
    buf_init(&other);
    assert_true(glyphs_put("Open Sans Bold,Arial Unicode MS Regular", 256, &one, &err));
    read_file(&one, "Open Sans Bold,Arial Unicode MS Regular", "256-511", letters);
    assert_int_equal(letters[0x159 % GLYPHS_PER_FILE].id, 0x159);
    assert_true(glyphs_put("Arial Unicode MS Regular,Open Sans Bold", 256, &other, &err));
    assert_int_equal(one.len, other.len);
    assert_false(glyphs_put("Comic Sans", 0, &one, &err));
    assert_int_equal(err.kind, ERR_NOT_FOUND);
    buf_free(&one);
    buf_free(&other);
}

static void the_index_names_every_sign_within_the_sheet(void **state)
{
    (void)state;
    for (int ratio = 1; ratio <= 2; ratio++) {
        struct buf json, png;
        struct err err = {0};
        buf_init(&json);
        buf_init(&png);
        sprites_json(ratio, &json);
        assert_true(sprites_png(ratio, &png, &err));
        const uint8_t *head = (const uint8_t *)png.data + 16;
        json_int_t sheet = head[2] << 8 | head[3];
        json_t *index = json_loadb(json.data, json.len, 0, NULL);
        assert_int_equal(json_object_size(index), sprites_count());
        const char *name;
        json_t *sign;
        json_object_foreach(index, name, sign)
        {
            int i = sprites_find(name);
            assert_true(i >= 0);
            assert_int_equal(json_integer_value(json_object_get(sign, "pixelRatio")), ratio);
            assert_int_equal(json_integer_value(json_object_get(sign, "width")),
                             sprites_side((size_t)i) * ratio);
            assert_true(json_integer_value(json_object_get(sign, "x")) +
                            sprites_side((size_t)i) * ratio <=
                        sheet);
        }
        json_decref(index);
        buf_free(&json);
        buf_free(&png);
    }
    assert_int_equal(sprites_find("barco"), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_are_those_of_fontnik),
        cmocka_unit_test(the_first_of_our_fonts_in_a_stack_counts),
        cmocka_unit_test(the_index_names_every_sign_within_the_sheet),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
