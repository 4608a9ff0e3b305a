/* kml_roots.c - puts the outermost folders and places of a KML into one Document. */
#include "geo/claims/kml_roots.h"

#include <string.h>

bool kml_roots_is(const char *name)
{
    static const char *const names[] = {"Document",      "Folder",       "Placemark",
                                        "NetworkLink",   "PhotoOverlay", "ScreenOverlay",
                                        "GroundOverlay", "Tour"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            return true;
    return false;
}

/* "kml:" of "<kml:Folder>", or nothing. */
static size_t prefix_len(const char *tag, size_t len)
{
    size_t n = 0;
    while (n < len && !strchr(": \t\r\n/>", tag[n]))
        n++;
    return n < len && tag[n] == ':' ? n + 1 : 0;
}

bool kml_roots_join(const char *bytes, size_t len, const struct kml_roots *roots, struct buf *out)
{
    size_t begin = (size_t)roots->begin, end = (size_t)roots->end;
    if (roots->begin < 0 || begin >= end || end >= len || bytes[begin] != '<' ||
        !bytes[begin + 1] || bytes[end] != '<') /* UTF-16 */
        return false;
    const char *prefix = bytes + begin + 1;
    int prefixed = (int)prefix_len(prefix, end - begin - 1);
    buf_put(out, bytes, begin);
    buf_printf(out, "<%.*sDocument>", prefixed, prefix);
    buf_put(out, bytes + begin, end - begin);
    buf_printf(out, "</%.*sDocument>", prefixed, prefix);
    buf_put(out, bytes + end, len - end);
    return true;
}
