/* styles.h - the style documents, parsed. Include it after cmocka.h. */
#ifndef TESTS_SUPPORT_STYLES_H
#define TESTS_SUPPORT_STYLES_H

#include "styles/style.h"

/* styles_id(index) names it; the caller frees it. */
static inline struct style *style_at(size_t index)
{
    const char *json;
    size_t len;
    struct err err = {0};
    assert_true(styles_document(styles_id(index), &json, &len));
    struct style *style = style_parse(json, len, &err);
    if (!style)
        fail_msg("%s: %s", styles_id(index), err.message);
    return style;
}

#endif
