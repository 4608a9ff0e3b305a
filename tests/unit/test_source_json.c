/* test_source_json.c - tests of geo/source/source_json: kinds of JSON, Esri JSON completed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "geo/source/source_json.h"

static size_t read_text(void *arg, char *bytes, size_t size)
{
    const char **from = arg;
    size_t len = strnlen(*from, size < 3 ? size : 3); /* tokens cross what is read */
    memcpy(bytes, *from, len);
    *from += len;
    return len;
}

static void each_json_is_told(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum source_json_kind kind;
        const char *why;
    } cases[] = {
        {"{\"type\":\"FeatureCollection\",\"features\":[]}", SOURCE_JSON_GEOJSON, NULL},
        {"{\"features\":[{\"type\":\"Feature\"}]}", SOURCE_JSON_GEOJSON, NULL},
        {"\xEF\xBB\xBF {\"type\":\"Feature\"}\n{\"type\":\"Feature\"}", SOURCE_JSON_GEOJSON, NULL},
        {"{\"type\":\"Topology\",\"objects\":{}}", SOURCE_JSON_GEOJSON, NULL},
        {"{\"features\":[{\"attributes\":{}}]}", SOURCE_JSON_ESRI, NULL},
        {"{\"geometryType\":\"esriGeometryPoint\",\"features\":[]}", SOURCE_JSON_ESRI, NULL},
        {"[{\"_uuid\":1,\"codigo\":2}]", 0, "formulario de Kobo u ODK («_uuid», «codigo»)"},
        {"[{\"a\":1},{\"b\":2}]", 0, "una lista de objetos con «a»:"},
        {"{\"count\":1,\"results\":[]}", 0, "un objeto con «count», «results»"},
        {"[1,2]", 0, "sin geodatos"},
        {"{\"features\":[{\"attributes\":", 0, "está cortado"},
        {"{\"a\":[}]", 0, "mal formado"},
        {"{\"a\" 1}", 0, "mal formado"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *from = cases[i].text;
        enum source_json_kind kind = SOURCE_JSON_GEOJSON;
        struct err err = {0};
        bool ok = source_json_look(read_text, &from, &kind, &err);
        if (ok != !cases[i].why || (!ok && !strstr(err.message, cases[i].why)))
            fail_msg("%s: %s", cases[i].text, err.message);
        if (ok && kind != cases[i].kind)
            fail_msg("%s: %d", cases[i].text, kind);
    }
}

static void esri_json_gets_what_it_lacks(void **state)
{
    (void)state;
    static const struct {
        const char *from, *to;
    } cases[] = {
        {"{\"features\":[{\"attributes\":{\"a\":null,\"b\":1}},"
         "{\"attributes\":{\"a\":2,\"b\":1.5,\"c\":\"x\"},\"geometry\":{\"rings\":[]}}]}",
         "{\"geometryType\":\"esriGeometryPolygon\",\"fields\":["
         "{\"name\":\"a\",\"type\":\"esriFieldTypeInteger\"},"
         "{\"name\":\"b\",\"type\":\"esriFieldTypeDouble\"},"
         "{\"name\":\"c\",\"type\":\"esriFieldTypeString\"}],"},
        /* A day, and ten in the evening of 31 December in Bolivia. */
        {"{\"geometryType\":\"esriGeometryPoint\",\"fields\":[{\"name\":\"f\",\"type\":"
         "\"esriFieldTypeDate\"}],"
         "\"features\":[{\"attributes\":{\"f\":1609459200000}},{\"attributes\":{\"f\":"
         "1609466400000}},{\"attributes\":{\"f\":null,\"g\":3}}]}",
         "{\"geometryType\":\"esriGeometryPoint\",\"fields\":[{\"name\":\"f\",\"type\":"
         "\"esriFieldTypeDate\"},"
         "{\"name\":\"g\",\"type\":\"esriFieldTypeInteger\"}],\"features\":[{\"attributes\":{\"f\":"
         "\"2021-01-01\"}},"
         "{\"attributes\":{\"f\":\"2020-12-31\"}},{\"attributes\":{\"f\":null,\"g\":3}}]}"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf out;
        struct err err = {0};
        buf_init(&out);
        if (!source_json_complete(cases[i].from, strlen(cases[i].from), &out, &err))
            fail_msg("%s", err.message);
        if (strncmp(out.data, cases[i].to, strlen(cases[i].to)) != 0)
            fail_msg("%s", out.data);
        buf_free(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_json_is_told),
        cmocka_unit_test(esri_json_gets_what_it_lacks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
