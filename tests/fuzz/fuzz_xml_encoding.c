/* fuzz_xml_encoding.c - any bytes as an XML: decoded they are UTF-8, and stay so. */
#include <stdint.h>
#include <stdlib.h>

#include "geo/base/text.h"
#include "geo/claims/xml_encoding.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *bytes = (const char *)data;
    struct buf once, twice, note;
    buf_init(&once);
    buf_init(&twice);
    buf_init(&note);
    xml_encoding_of(bytes, size < XML_ENCODING_HEAD ? size : XML_ENCODING_HEAD);
    if (xml_encoding_decode(bytes, size, &once, &note)) {
        if (buf_failed(&once) || (once.len && !text_is_utf8(once.data, once.len)) ||
            (note.len && !text_is_utf8(note.data, note.len)))
            abort();
        if (once.len && xml_encoding_decode(once.data, once.len, &twice, &note))
            abort();
    }
    buf_free(&note);
    buf_free(&twice);
    buf_free(&once);
    return 0;
}
