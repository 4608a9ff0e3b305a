/* test_coords_forms.c - tests of geo/place/coords: links, geo: URIs, WKT, codes, geopoints. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "geo/place/coords.h"

#define LON -65.1753
#define LAT -18.9001
#define LINK GEO_FORM_LINK
#define VIEW GEO_FORM_VIEW

/* Texts of one place: x first, as if two columns said so. */
static const struct {
    const char *text;
    enum geo_coords_form form;
} links[] = {
    {"https://www.google.com/maps?q=-18.9001,-65.1753", LINK},
    {"https://www.google.com/maps?q=-18.9001,-65.1753&z=17&hl=es", LINK},
    {"https://www.google.com/maps?hl=es&amp;q=-18.9001,-65.1753", LINK},
    {"https://www.google.com/maps?q=-18.9001%2C-65.1753", LINK},
    {"https://www.google.com/maps?q=-18.9001,+-65.1753", LINK},
    {"https://www.google.com/maps?q=-18.9001, -65.1753", LINK},
    {"https://maps.google.com/maps?q=loc:-18.9001,-65.1753", LINK},
    {"https://maps.google.com/?ll=-18.9001,-65.1753&z=15", LINK},
    {"http://maps.google.com/maps?ll=-17,-66&q=-18.9001,-65.1753", LINK},
    {"https://maps.google.com/?q=-18.9001,-65.1753(Escuela)&ll=1,1", LINK},
    {"https://maps.google.com/?q=Escuela&ll=-18.9001,-65.1753", LINK},
    {"www.google.com/maps?q=-18.9001,-65.1753", LINK},
    {"maps.google.com/?q=-18.9001,-65.1753", LINK},
    {"https://maps.google.com/?q=-18,9001,-65,1753", LINK},
    {"https://www.google.com/maps/search/?api=1&query=-18.9001,-65.1753", LINK},
    {"https://www.google.com/maps/search/-18.9001,+-65.1753?entry=tts", LINK},
    {"https://www.google.com/maps/place/-18.9001,-65.1753", LINK},
    {"https://www.google.com/maps/place/-18.9001,-65.1753/@-18.8,-65.3,12z", LINK},
    {"https://www.google.com/maps/place/18%C2%B054'00.4%22S+65%C2%B010'31.1%22W/@-18.8,-65,17z",
     LINK},
    {"https://www.google.com/maps/place/Sucre/@-19.03,-65.29,13z/data=!3m1!4b1!4m6!3m5!1s0x93:0xd8"
     "!8m2!3d-18.9001!4d-65.1753!16zL20",
     LINK},
    {"https://www.google.com/maps/@-18.9001,-65.1753,15z", VIEW},
    {"https://www.google.com/maps/@-18.9001,-65.1753,120m/data=!3m1!1e3", VIEW},
    {"https://www.google.com/maps/place/Sucre/@-18.9001,-65.1753,15z", VIEW},
    {"https://www.google.com/maps/embed?pb=!1m18!1m12!1m3!1d3817.2!2d-65.1753!3d-18.9001!2m3",
     VIEW},
    {"https://www.google.com/maps/dir/?api=1&destination=-18.9001,-65.1753", LINK},
    {"https://www.google.com/maps/dir//-18.9001,-65.1753/@-18.8,-65.3,12z", LINK},
    {"google.navigation:q=-18.9001,-65.1753", LINK},
    {"comgooglemaps://?q=-18.9001,-65.1753&center=1,1", LINK},
    {"https://www.openstreetmap.org/#map=15/-18.9001/-65.1753", VIEW},
    {"https://www.openstreetmap.org/?mlat=-18.9001&mlon=-65.1753#map=12/-18.5/-65.5", LINK},
    {"https://www.openstreetmap.org/?mlat=-18.9001&mlon=-65.1753", LINK},
    {"https://osmand.net/go?lat=-18.9001&lon=-65.1753&z=15", LINK},
    {"https://osmand.net/map?pin=-18.9001,-65.1753#15/-18/-65", LINK},
    {"https://waze.com/ul?ll=-18.9001,-65.1753&navigate=yes", LINK},
    {"https://www.waze.com/live-map/directions?to=ll.-18.9001%2C-65.1753", LINK},
    {"waze://?ll=-18.9001,-65.1753", LINK},
    {"https://maps.apple.com/?ll=-18.9001,-65.1753&q=Marcador", LINK},
    {"https://maps.apple.com/?q=-18.9001,-65.1753&sll=1,1", LINK},
    {"https://maps.apple.com/place?coordinate=-18.9001,-65.1753&name=Pin", LINK},
    {"https://www.bing.com/maps?cp=-18.9001~-65.1753&lvl=15", VIEW},
    {"https://share.here.com/l/-18.9001,-65.1753", LINK},
    {"geo:-18.9001,-65.1753", LINK},
    {"GEO:-18.9001,-65.1753;u=35", LINK},
    {"geo:-18.9001,-65.1753,2790;crs=wgs84;u=35", LINK},
    {"geo:-18.9001,-65.1753?z=16", LINK},
    {"geo:0,0?q=-18.9001,-65.1753(Escuela+Nueva)", LINK},
    {"geo:-18,-65?q=-18.9001,-65.1753", LINK},
    {"Ubicación: https://maps.google.com/?q=-18.9001,-65.1753", LINK},
    {"Mi casa está aquí https://maps.google.com/?q=-18.9001,-65.1753 gracias", LINK},
    {"-18.9001, -65.1753 https://maps.google.com/?q=-18.9001,-65.1753", LINK},
};

static bool is_near(double a, double b, double within)
{
    return fabs(a - b) <= within;
}

static void links_of_maps(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
        struct geo_coords out = {0};
        struct err err = {0};
        bool ok = geo_coords_parse(links[i].text, NULL, &out, &err);
        if (!ok || !is_near(out.first.value, LON, 2e-5) || !is_near(out.second.value, LAT, 2e-5) ||
            out.form != links[i].form || out.one_text || out.datum != GEO_DATUM_WGS84)
            fail_msg("«%s»: %s %.9g %.9g form %d one_text %d", links[i].text,
                     ok ? "read as" : err.message, out.first.value, out.second.value, out.form,
                     out.one_text);
    }
}

#define OPENED                                                                          \
    "el enlace no lleva los números de un lugar; ábralo en un navegador y copie las " \
    "coordenadas, por ejemplo «-16.4868, -68.1234»"

static const struct {
    const char *text, *why; /* why: the end of the message */
} refused[] = {
    {"https://maps.app.goo.gl/9fKd3JvXzT2c1Qw77", OPENED},
    {"https://goo.gl/maps/AbC123", OPENED},
    {"maps.app.goo.gl/9fKd3JvXzT2c1Qw77", OPENED},
    {"https://www.google.com/maps/place/Sucre/", OPENED},
    {"https://maps.google.com/?q=Plaza+25+de+Mayo,+Sucre", OPENED},
    {"https://waze.com/ul/h6mgkq1", OPENED},
    {"https://www.google.com/maps/dir/Sucre/Potosi/@-19.3,-65.4,10z", OPENED},
    {"https://osm.org/go/NZX", OPENED},
    {"https://maps.google.com/?q=-18.9001", OPENED},
    {"https://maps.google.com/?q=-18.9001,-265.1753", OPENED},
    {"https://www.google.com/maps/dir/-18.9,-65.1/-19.5,-65.7/@-19.3,-65.4,10z",
     "el enlace marca varios lugares"},
    {"https://www.google.com/maps/x/data=!3d-18.9!4d-65.1!3d-17.9!4d-66.1",
     "el enlace marca varios lugares"},
    {"-17.5, -66.1 https://maps.google.com/?q=-18.9001,-65.1753",
     "el texto y su enlace indican lugares distintos"},
    {"geo:592345,8176543;crs=EPSG-32719", "geo: de un sistema que no es WGS 84"},
    {"https://maps.google.com/?q=%FF%FE", "el enlace no es UTF-8"},
    {"POINT EMPTY", "el punto WKT está vacío"},
    {"POINT(-65.1753)", "no es WKT de un punto"},
    {"POINT(a b)", "no es WKT de un punto"},
    {"{\"type\":\"LineString\",\"coordinates\":[[-65,-18],[-66,-18]]}",
     "no es GeoJSON de un punto"},
    {"{\"type\":\"Point\",\"coordinates\":[\"a\",2]}", "no es GeoJSON de un punto"},
    {"{", "no es GeoJSON de un punto"},
    {"20KKE7108", "la cuadrícula MGRS mide 1 km; se necesitan al menos tres cifras de cada número"},
    {"20KKE71", "la cuadrícula MGRS mide 10 km; se necesitan al menos tres cifras de cada número"},
    {"20KAE7104208890", "no hay tal cuadrícula MGRS"},
    {"61KKE7104208890", "no hay tal cuadrícula MGRS"},
    {"20KKR7104208890", "no hay tal cuadrícula MGRS"},
    {"57FG3RXF+", "el código plus es demasiado corto; se necesitan al menos dos cifras después "
                  "de «+»"},
    {"57FG0000+", "el código plus es demasiado corto; se necesitan al menos dos cifras después "
                  "de «+»"},
    {"X7FG3RXF+XV", "no hay tal código plus"},
};

static void what_marks_no_place_is_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        struct geo_coords out = {.zone = 77};
        struct err err = {0};
        if (geo_coords_parse(refused[i].text, NULL, &out, &err))
            fail_msg("«%s» reads as %g %g", refused[i].text, out.first.value, out.second.value);
        assert_int_equal(err.kind, ERR_INPUT);
        assert_int_equal(out.zone, 77);
        char message[1024];
        snprintf(message, sizeof message, "coordenada «%s»: %s", refused[i].text, refused[i].why);
        if (strcmp(err.message, message) != 0)
            fail_msg("\n%s\n%s", err.message, message);
    }
}

/* Texts with the two numbers in their order, and what else they say. */
static const struct {
    const char *text;
    double first, second, within;
    enum geo_coords_form form;
    int zone, epsg;
    double step;
    bool one_text, extra;
} others[] = {
    {"POINT(-65.1753 -18.9001)", LON, LAT, 0, 0, 0, 0, 0, false, false},
    {" point ( -65.1753   -18.9001 ) ", LON, LAT, 0, 0, 0, 0, 0, false, false},
    {"SRID=4326;POINT(-65.1753 -18.9001)", LON, LAT, 0, 0, 0, 0, 0, false, false},
    {"SRID=32720;POINT(271042.5 7908890.5)", 271042.5, 7908890.5, 0, 0, 0, 32720, 0, false, false},
    {"POINT Z (-65.1753 -18.9001 2790)", LON, LAT, 0, 0, 0, 0, 0, false, true},
    {"POINTZ(-65.1753 -18.9001 2790)", LON, LAT, 0, 0, 0, 0, 0, false, true},
    {"{\"type\":\"Point\",\"coordinates\":[-65.1753,-18.9001]}", LON, LAT, 0, 0, 0, 0, 0, false,
     false},
    {"{\"type\": \"Feature\", \"properties\": {}, \"geometry\": {\"type\": \"Point\", "
     "\"coordinates\": [-65.1753, -18.9001, 2790.4]}}",
     LON, LAT, 0, 0, 0, 0, 0, false, true},
    {"{\"x\":-65.1753,\"y\":-18.9001,\"spatialReference\":{\"wkid\":4326}}", LON, LAT, 0, 0, 0, 0,
     0, false, false},
    {"{\"x\":271042.5,\"y\":7908890.5,\"spatialReference\":{\"wkid\":32720}}", 271042.5, 7908890.5,
     0, 0, 0, 32720, 0, false, false},
    {"20KKE7104208890", 271042.5, 7908890.5, 0, GEO_FORM_MGRS, 20, 0, 0, false, false},
    {"MGRS: 20K KE 71042 08890", 271042.5, 7908890.5, 0, GEO_FORM_MGRS, 20, 0, 0, false, false},
    {"20kke710088", 271050, 7908850, 0, GEO_FORM_MGRS, 20, 0, 0, false, false},
    {"57HP3RXF+XV", -65.1753125, -18.9000625, 1e-12, GEO_FORM_PLUS, 0, 0, 0, false, false},
    {"Plus code: 57hp3rxf+xv834", -65.175299804688, -18.9000995, 1e-12, GEO_FORM_PLUS, 0, 0, 0,
     false, false},
    {"3RXF+XV, Sucre", -179.1753125, -89.9000625, 1e-12, GEO_FORM_PLUS, 0, 0, 1, false, false},
    {"HP3RXF+XV", -165.1753125, -78.9000625, 1e-12, GEO_FORM_PLUS, 0, 0, 20, false, false},
    {"-18.9001 -65.1753 2790.4 4.9", LAT, LON, 0, 0, 0, 0, 0, true, true},
    {"-18.9001 -65.1753 0 0", LAT, LON, 0, 0, 0, 0, 0, true, true},
    {"-18.9001 -65.1753 2790.4 4.9;", LAT, LON, 0, 0, 0, 0, 0, true, true},
    {"-18,9001 -65,1753 2790,4 4,9", LAT, LON, 0, 0, 0, 0, 0, true, true},
    {"-18.9001 -65.1753 2790.4", LAT, LON, 0, 0, 0, 0, 0, true, true},
    {"-18.9001, -65.1753, 2790.4", LAT, LON, 0, 0, 0, 0, 0, true, true},
    {"-18.9001 -65.1753", LAT, LON, 0, 0, 0, 0, 0, true, false},
    {"271042 7908890 2790", 271042, 7908890, 0, 0, 0, 0, 0, true, true},
    {"271042, 7908890, 2790", 271042, 7908890, 0, 0, 0, 0, 0, true, true},
    {"20K 271042 7908890 2790", 271042, 7908890, 0, 0, 20, 0, 0, true, true},
    {"Lat: -18.9001 Lon: -65.1753 Alt: 2790 m", LAT, LON, 0, 0, 0, 0, 0, true, true},
    {"Lat -18,9001; Lon -65,1753; Altitud 2.790 msnm; Precisión: 4,9 m", LAT, LON, 0, 0, 0, 0, 0,
     true, true},
    {"-18.9001, -65.1753, 2790 m.s.n.m.", LAT, LON, 0, 0, 0, 0, 0, true, true},
    {"-18.9001, -65.1753, 2790 M.S.N.M", LAT, LON, 0, 0, 0, 0, 0, true, true},
    {"-18.9001;-65.1753;2790", LAT, LON, 0, 0, 0, 0, 0, true, true},
    {"-18,9001; -65,1753; 2790", LAT, LON, 0, 0, 0, 0, 0, true, true},
    {"18.9001;65.1753;18.9002;65.1754", 0, 0, -1, 0, 0, 0, 0, true, true},
    {"-18.9001 -65.1753 ±5m", LAT, LON, 0, 0, 0, 0, 0, true, true},
    {"-18.9001, -65.1753 +/- 5 m", LAT, LON, 0, 0, 0, 0, 0, true, true},
    {"-18.9001, -65.1753 (casa de Juan)", LAT, LON, 0, 0, 0, 0, 0, true, true},
    {"18.9001 (S), 65.1753 (O)", LAT, LON, 0, 0, 0, 0, 0, true, false},
    {"-18.9001, -65.1753 (casa 2)", 0, 0, -1, 0, 0, 0, 0, true, true},
    {"lat=-18.9001&lon=-65.1753", LAT, LON, 0, 0, 0, 0, 0, true, false},
    {"-18.9001 y -65.1753", LAT, LON, 0, 0, 0, 0, 0, true, false},
    {"18,9001 S y 65,1753 O", LAT, LON, 0, 0, 0, 0, 0, true, false},
    {"x 271042 y 7908890", 271042, 7908890, 0, 0, 0, 0, 0, true, false},
    {"271042 x, 7908890 y", 271042, 7908890, 0, 0, 0, 0, 0, true, false},
    {"7908890 y 271042 x", 7908890, 271042, 0, 0, 0, 0, 0, true, false},
    {"-18.9001, -65.1753, 2790 msnm", LAT, LON, 0, 0, 0, 0, 0, true, true},
    {"X: 271042 Y: 7908890 Z: 2790", 271042, 7908890, 0, 0, 0, 0, 0, true, true},
    {"Ubicación: -18.9001, -65.1753", LAT, LON, 0, 0, 0, 0, 0, true, false},
    {"Mi ubicación -18.9001, -65.1753", LAT, LON, 0, 0, 0, 0, 0, true, false},
    {"UBICACIÓN ACTUAL: -18.9001, -65.1753", LAT, LON, 0, 0, 0, 0, 0, true, false},
    {"📍 -18.9001, -65.1753", LAT, LON, 0, 0, 0, 0, 0, true, false},
    {"\u202a-18.9001, -65.1753\u202c", LAT, LON, 0, 0, 0, 0, 0, true, false},
    {"lat: -18,9001 lon: -65,1753", LAT, LON, 0, 0, 0, 0, 0, true, false},
    {"Latitud 18°54' S Longitud 65°10' O", -18.9, -65 - 1 / 6.0, 1e-12, 0, 0, 0, 0, true, false},
    {"S 18 54 0.4 W 65 10 31", LAT, -65.175277777, 2e-5, 0, 0, 0, 0, true, false},
    {"18°5400.4\"S 65°1031.1\"W", LAT, LON, 2e-5, 0, 0, 0, 0, true, false},
    {"18º54’00,4” S 65˚10′31,1″ O", LAT, LON, 2e-5, 0, 0, 0, 0, true, false},
    {"18⁰54´00.4´´S, 65⁰10´31.1´´W", LAT, LON, 2e-5, 0, 0, 0, 0, true, false},
    {"18ᵒ54`00.4``S 65ᵒ10‛31.1‟W", LAT, LON, 2e-5, 0, 0, 0, 0, true, false},
    {"271042 7908890 20K", 271042, 7908890, 0, 0, 20, 0, 0, true, false},
    {"271042mE 7908890mN 20 K", 271042, 7908890, 0, 0, 20, 0, 0, true, false},
    {"271042, 7908890, 20S", 271042, 7908890, 0, 0, 20, 0, 0, true, false},
    {"20K 271042mE 7908890mN", 271042, 7908890, 0, 0, 20, 0, 0, true, false},
    {"X=271042; Y=7908890; Zona=20K", 271042, 7908890, 0, 0, 20, 0, 0, true, false},
    {"271042 7908890 z20", 271042, 7908890, 0, 0, 20, 0, 0, true, false},
    {"20K, 271042, 7908890", 271042, 7908890, 0, 0, 20, 0, 0, true, false},
    {"E: 271042 N: 7908890 Zona: 20 K Datum: WGS84", 271042, 7908890, 0, 0, 20, 0, 0, true, false},
    {"Coordenadas UTM: 271042 - 7908890", 271042, 7908890, 0, 0, 0, 0, 0, true, false},
    {"S 18º 54' 0,4'' - W 65º 10' 31,1''", LAT, LON, 2e-5, 0, 0, 0, 0, true, false},
    {"18°54'0.4\"S - 65°10'31.1\"O", LAT, LON, 2e-5, 0, 0, 0, 0, true, false},
    {"-18.9001,-65.1753,2790m", LAT, LON, 0, 0, 0, 0, 0, true, true},
    {"{\"lat\": -18.9001, \"lng\": -65.1753}", LON, LAT, 0, 0, 0, 0, 0, false, false},
    {"Huso 20 271042 7908890", 271042, 7908890, 0, 0, 20, 0, 0, true, false},
};

static void wkt_codes_and_geopoints(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        struct geo_coords out = {0};
        struct err err = {0};
        bool ok = geo_coords_parse(others[i].text, NULL, &out, &err);
        if (others[i].within < 0) {
            if (ok)
                fail_msg("«%s» reads as %.9g %.9g", others[i].text, out.first.value,
                         out.second.value);
            continue;
        }
        if (!ok || !is_near(out.first.value, others[i].first, others[i].within) ||
            !is_near(out.second.value, others[i].second, others[i].within) ||
            out.form != others[i].form || out.zone != others[i].zone ||
            out.epsg != others[i].epsg || out.step_deg != others[i].step ||
            out.one_text != others[i].one_text || out.extra != others[i].extra)
            fail_msg("«%s»: %s %.9g %.9g form %d zone %d epsg %d step %g one_text %d extra %d",
                     others[i].text, ok ? "read as" : err.message, out.first.value,
                     out.second.value, out.form, out.zone, out.epsg, out.step_deg, out.one_text,
                     out.extra);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(links_of_maps),
        cmocka_unit_test(what_marks_no_place_is_refused),
        cmocka_unit_test(wkt_codes_and_geopoints),
    };
    return cmocka_run_group_tests_name("coords_forms", tests, NULL, NULL);
}
