/* fault_page_map.c - puts the map of places to look at on the page of corrections. */
#include <glib.h>

#include "layers/report/fault_page.h"

enum points_state fault_page_state(const struct fault_place *place)
{
    static const enum points_state states[FAULT_PLACE_KINDS] = {
        [FAULT_PLACE_ELSEWHERE] = POINTS_CONFLICT,
        [FAULT_PLACE_OUTSIDE] = POINTS_OUTSIDE,
        [FAULT_PLACE_MOVED] = POINTS_MOVED,
        [FAULT_PLACE_RESCUED] = POINTS_RESCUED,
    };
    return states[fault_place_kind_of(place)];
}

bool fault_page_put_map(struct buf *page, size_t map_at, const struct buf *png, struct err *err)
{
    struct buf whole;
    char *encoded = g_base64_encode((const unsigned char *)png->data, png->len);
    buf_init(&whole);
    buf_put(&whole, page->data, map_at);
    buf_puts(&whole, "<figure><img alt=\"Mapa de los lugares por revisar\" "
                     "src=\"data:image/png;base64,");
    buf_puts(&whole, encoded);
    buf_puts(&whole, "\"></figure>\n");
    buf_put(&whole, page->data + map_at, page->len - map_at);
    g_free(encoded);
    buf_free(page);
    *page = whole;
    return !buf_failed(page) || err_no_memory(err);
}
