/* fuzz_prj_text.c - any text as a .prj: a datum is read, refused or left to GDAL. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "geo/claims/prj_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);
    struct err err = {0};
    int epsg = -1;
    if (!text)
        return 0;
    memcpy(text, data, size);
    text[size] = '\0';
    bool read = prj_text_read(text, &epsg, &err);
    if (epsg < 0 || (!read && (epsg != 0 || err.kind == ERR_NONE)))
        abort();
    free(text);
    return 0;
}
