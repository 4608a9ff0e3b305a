/* style_rows.c - the table of the properties that the program draws.
 *
 * With their types, defaults and ranges (MapLibre style specification v8,
 * reference/v8.json). A new property is a new row.
 */
#include "styles/style_layer.h"

static const char *const caps[] = {"butt", "round", "square", NULL};
static const char *const joins[] = {"miter", "bevel", "round", NULL};
static const char *const placements[] = {"point", "line", "line-center", NULL};
static const char *const overlaps[] = {"never", "always", NULL};
static const char *const justifies[] = {"center", "auto", "left", "right", NULL};
static const char *const transforms[] = {"none", "uppercase", "lowercase", NULL};
static const char *const anchors[] = {"center",       "left",     "right",     "top",
                                      "bottom",       "top-left", "top-right", "bottom-left",
                                      "bottom-right", NULL};

#define COLOR(word, type, by_data)                                                               \
    {                                                                                            \
        .name = word, .layer = type, .kind = EXPR_COLOR, .color = {0, 0, 0, 1}, .data = by_data, \
        .interpolate = true                                                                      \
    }
#define NUMBER(word, type, value, low, high, by_data)                                    \
    {                                                                                    \
        .name = word, .layer = type, .kind = EXPR_NUMBER, .fallback = value, .min = low, \
        .max = high, .data = by_data, .interpolate = true                                \
    }
#define WORD(word, type, list)                                                           \
    {                                                                                    \
        .name = word, .layer = type, .layout = true, .kind = EXPR_STRING, .words = list, \
        .data = true                                                                     \
    }
/* The specification has no upper limits for sizes and distances; these are ours. Drawing
 * at a limit takes less than 300 MB and 5 s (tests/cli/test_bounds), and no map comes near
 * them. Computed values are cut to them. docs/styles.md lists them. */
#define LINE_MOST_PX 512.0
#define CIRCLE_MOST_PX 256.0
#define CIRCLE_STROKE_MOST_PX 128.0
#define TEXT_MOST_PX 256.0
#define TEXT_MOST_EM 100.0
#define ICON_MOST_PX 1024.0
#define ICON_MOST_TIMES 16.0
#define PADDING_MOST_PX 1024.0
#define DASH_MOST 10000.0
#define SPACING_MOST_PX 100000.0
#define SORT_KEY_MOST 1e15 /* integers up to it are exact */

/* Of symbol layers, in "layout". */
#define SYMBOL(word, type, by_data) \
    .name = word, .layer = STYLE_SYMBOL, .layout = true, .kind = type, .data = by_data
#define SIZE(word, value, low, high, by_data)                                           \
    {                                                                                   \
        SYMBOL(word, EXPR_NUMBER, by_data), .fallback = value, .min = low, .max = high, \
                                            .interpolate = true                         \
    }
#define FLAG(word)                        \
    {                                     \
        SYMBOL(word, EXPR_BOOLEAN, false) \
    }
#define OFFSET(word, most)                                                        \
    {                                                                             \
        SYMBOL(word, EXPR_ARRAY, true), .length = 2, .min = -(most), .max = most, \
                                        .interpolate = true                       \
    }

const struct style_row style_rows[STYLE_N_PROPERTIES] = {
    [STYLE_BACKGROUND_COLOR] = COLOR("background-color", STYLE_BACKGROUND, false),
    [STYLE_BACKGROUND_OPACITY] = NUMBER("background-opacity", STYLE_BACKGROUND, 1, 0, 1, false),
    [STYLE_FILL_COLOR] = COLOR("fill-color", STYLE_FILL, true),
    [STYLE_FILL_OPACITY] = NUMBER("fill-opacity", STYLE_FILL, 1, 0, 1, true),
    [STYLE_FILL_OUTLINE_COLOR] = COLOR("fill-outline-color", STYLE_FILL, true),
    [STYLE_FILL_PATTERN] = {.name = "fill-pattern",
                            .layer = STYLE_FILL,
                            .kind = EXPR_IMAGE,
                            .data = true},
    [STYLE_LINE_COLOR] = COLOR("line-color", STYLE_LINE, true),
    [STYLE_LINE_WIDTH] = NUMBER("line-width", STYLE_LINE, 1, 0, LINE_MOST_PX, true),
    [STYLE_LINE_OPACITY] = NUMBER("line-opacity", STYLE_LINE, 1, 0, 1, true),
    [STYLE_LINE_DASHARRAY] = {.name = "line-dasharray",
                              .layer = STYLE_LINE,
                              .kind = EXPR_ARRAY,
                              .max = DASH_MOST,
                              .data = true},
    [STYLE_LINE_CAP] = WORD("line-cap", STYLE_LINE, caps),
    [STYLE_LINE_JOIN] = WORD("line-join", STYLE_LINE, joins),
    [STYLE_LINE_OFFSET] = NUMBER("line-offset", STYLE_LINE, 0, -LINE_MOST_PX, LINE_MOST_PX, true),
    [STYLE_CIRCLE_COLOR] = COLOR("circle-color", STYLE_CIRCLE, true),
    [STYLE_CIRCLE_RADIUS] = NUMBER("circle-radius", STYLE_CIRCLE, 5, 0, CIRCLE_MOST_PX, true),
    [STYLE_CIRCLE_OPACITY] = NUMBER("circle-opacity", STYLE_CIRCLE, 1, 0, 1, true),
    [STYLE_CIRCLE_STROKE_COLOR] = COLOR("circle-stroke-color", STYLE_CIRCLE, true),
    [STYLE_CIRCLE_STROKE_WIDTH] =
        NUMBER("circle-stroke-width", STYLE_CIRCLE, 0, 0, CIRCLE_STROKE_MOST_PX, true),
    [STYLE_CIRCLE_STROKE_OPACITY] = NUMBER("circle-stroke-opacity", STYLE_CIRCLE, 1, 0, 1, true),
    [STYLE_CIRCLE_SORT_KEY] = {.name = "circle-sort-key",
                               .layer = STYLE_CIRCLE,
                               .layout = true,
                               .kind = EXPR_NUMBER,
                               .min = -SORT_KEY_MOST,
                               .max = SORT_KEY_MOST,
                               .data = true},
    [STYLE_SYMBOL_PLACEMENT] = {SYMBOL("symbol-placement", EXPR_STRING, false),
                                .words = placements},
    [STYLE_SYMBOL_SPACING] = SIZE("symbol-spacing", 250, 1, SPACING_MOST_PX, false),
    [STYLE_SYMBOL_SORT_KEY] = {SYMBOL("symbol-sort-key", EXPR_NUMBER, true), .min = -SORT_KEY_MOST,
                               .max = SORT_KEY_MOST},
    [STYLE_ICON_IMAGE] = {SYMBOL("icon-image", EXPR_IMAGE, true)},
    [STYLE_ICON_SIZE] = SIZE("icon-size", 1, 0, ICON_MOST_TIMES, true),
    [STYLE_ICON_ANCHOR] = WORD("icon-anchor", STYLE_SYMBOL, anchors),
    [STYLE_ICON_OFFSET] = OFFSET("icon-offset", ICON_MOST_PX),
    [STYLE_ICON_PADDING] = {SYMBOL("icon-padding", EXPR_PADDING, true), .fallback = 2, .min = 0,
                            .max = PADDING_MOST_PX, .interpolate = true},
    [STYLE_ICON_ALLOW_OVERLAP] = FLAG("icon-allow-overlap"),
    [STYLE_ICON_OVERLAP] = {SYMBOL("icon-overlap", EXPR_STRING, false), .words = overlaps},
    [STYLE_ICON_IGNORE_PLACEMENT] = FLAG("icon-ignore-placement"),
    [STYLE_ICON_OPTIONAL] = FLAG("icon-optional"),
    [STYLE_ICON_OPACITY] = NUMBER("icon-opacity", STYLE_SYMBOL, 1, 0, 1, true),
    [STYLE_TEXT_FIELD] = {SYMBOL("text-field", EXPR_FORMATTED, true)},
    [STYLE_TEXT_FONT] = {SYMBOL("text-font", EXPR_ARRAY, true), .texts = true},
    [STYLE_TEXT_SIZE] = SIZE("text-size", 16, 0, TEXT_MOST_PX, true),
    [STYLE_TEXT_MAX_WIDTH] = SIZE("text-max-width", 10, 0, 1000, true),
    [STYLE_TEXT_LINE_HEIGHT] = SIZE("text-line-height", 1.2, -TEXT_MOST_EM, TEXT_MOST_EM, false),
    [STYLE_TEXT_LETTER_SPACING] = SIZE("text-letter-spacing", 0, -TEXT_MOST_EM, TEXT_MOST_EM, true),
    [STYLE_TEXT_JUSTIFY] = WORD("text-justify", STYLE_SYMBOL, justifies),
    [STYLE_TEXT_ANCHOR] = WORD("text-anchor", STYLE_SYMBOL, anchors),
    [STYLE_TEXT_TRANSFORM] = WORD("text-transform", STYLE_SYMBOL, transforms),
    [STYLE_TEXT_OFFSET] = OFFSET("text-offset", TEXT_MOST_EM),
    [STYLE_TEXT_PADDING] = SIZE("text-padding", 2, 0, PADDING_MOST_PX, false),
    [STYLE_TEXT_ALLOW_OVERLAP] = FLAG("text-allow-overlap"),
    [STYLE_TEXT_OVERLAP] = {SYMBOL("text-overlap", EXPR_STRING, false), .words = overlaps},
    [STYLE_TEXT_IGNORE_PLACEMENT] = FLAG("text-ignore-placement"),
    [STYLE_TEXT_OPTIONAL] = FLAG("text-optional"),
    [STYLE_TEXT_COLOR] = COLOR("text-color", STYLE_SYMBOL, true),
    [STYLE_TEXT_OPACITY] = NUMBER("text-opacity", STYLE_SYMBOL, 1, 0, 1, true),
    [STYLE_TEXT_HALO_COLOR] = {.name = "text-halo-color",
                               .layer = STYLE_SYMBOL,
                               .kind = EXPR_COLOR,
                               .data = true,
                               .interpolate = true},
    [STYLE_TEXT_HALO_WIDTH] = NUMBER("text-halo-width", STYLE_SYMBOL, 0, 0, TEXT_MOST_PX, true),
};
