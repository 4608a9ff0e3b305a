/* test_rescue_forms.c - tests of geo/place/rescue: links, codes, geopoints, lost points. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "geo/place/rescue.h"
#include "tests/support/cells.h"

/* Two squares, one so wide that a short code fits in it more than once, and a small one. */
static const struct cell cells[] = {
    {.codigo = "020801", .nombre = "Viacha", .box = {-69, -17, -68, -16}},
    {.codigo = "020901", .nombre = "Luribay", .box = {-67.9, -17, -66, -16}},
    {.codigo = "071401", .nombre = "Ancho", .box = {-66, -20, -60, -17}},
    {.codigo = "080101", .nombre = "Chico", .box = {-62.3, -16.9, -62.2, -16.8}},
    {0},
};
enum { NONE = -1, VIACHA, LURIBAY, ANCHO, CHICO };

static struct geo_edition *edition;
static struct geo_rescue *rescue;

static int set_up(void **state)
{
    (void)state;
    edition = cells_edition(cells, NULL);
    rescue = geo_rescue_new(NULL);
    return edition && rescue ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    geo_rescue_free(rescue);
    geo_edition_free(edition);
    return 0;
}

#define LON -68.1234
#define LAT -16.4868

static const struct {
    const char *name;
    int declared;
    const char *first, *second;
    int epsg;
    double within_deg;
    const char *crs, *how;
    bool uncertain, changed;
} good[] = {
    {"link", VIACHA, "https://maps.google.com/?q=-16.4868,-68.1234", NULL, 0, 0, "OGC:CRS84",
     "enlace", false, true},
    {"link, nothing declared", NONE, "geo:-16.4868,-68.1234", NULL, 0, 0, "OGC:CRS84", "enlace",
     false, true},
    {"link, EPSG:4326 stated", VIACHA, "geo:-16.4868,-68.1234", NULL, 4326, 0, "EPSG:4326",
     "enlace", false, true},
    {"link, swapped", VIACHA, "https://maps.google.com/?q=-68.1234,-16.4868", NULL, 0, 0,
     "OGC:CRS84", "invertidas+enlace", false, true},
    {"link, signs lost", VIACHA, "https://maps.google.com/?q=16.4868,68.1234", NULL, 0, 0,
     "OGC:CRS84", "signo+enlace", false, true},
    {"the middle of a map", VIACHA, "https://www.google.com/maps/@-16.4868,-68.1234,15z", NULL, 0,
     0, "OGC:CRS84", "vista", false, true},
    {"WKT", NONE, "POINT(-68.1234 -16.4868)", NULL, 0, 0, "OGC:CRS84", "", false, false},
    {"WKT with an altitude", NONE, "POINT Z(-68.1234 -16.4868 3850)", NULL, 0, 0, "OGC:CRS84", "",
     false, true},
    {"WKT, swapped", VIACHA, "POINT(-16.4868 -68.1234)", NULL, 0, 0, "OGC:CRS84", "invertidas",
     false, true},
    {"WKT in UTM", NONE, "SRID=32719;POINT(593561.4478 8177013.1631)", NULL, 0, 1e-7, "EPSG:32719",
     "", false, false},
    {"GeoJSON", NONE, "{\"type\":\"Point\",\"coordinates\":[-68.1234,-16.4868]}", NULL, 0, 0,
     "OGC:CRS84", "", false, false},
    {"geopoint", NONE, "-16.4868 -68.1234 3850.5 4.9", NULL, 0, 0, "OGC:CRS84", "", false, true},
    {"geopoint, lon lat", NONE, "-68.1234 -16.4868 3850.5 4.9", NULL, 0, 0, "OGC:CRS84", "", false,
     true},
    {"MGRS", NONE, "19KEB9356177013", NULL, 0, 2e-5, "EPSG:32719", "mgrs", false, true},
    {"plus code", NONE, "57MHGV7G+7J", NULL, 0, 1e-4, "OGC:CRS84", "codigo_plus", false, true},
    {"short plus code", VIACHA, "GV7G+7J Viacha", NULL, 0, 1e-4, "OGC:CRS84", "codigo_plus", false,
     true},
    {"shorter plus code", VIACHA, "MHGV7G+7J", NULL, 0, 1e-4, "OGC:CRS84", "codigo_plus", false,
     true},
    {"lost point", VIACHA, "-681234", "-164868", 0, 0, "OGC:CRS84", "punto_perdido", false, true},
    {"lost point of one", VIACHA, "-68.1234", "-164868", 0, 0, "OGC:CRS84", "punto_perdido", false,
     true},
    {"points of thousands", VIACHA, "-68.123.400", "-16.486.800", 0, 0, "OGC:CRS84",
     "punto_perdido", false, true},
    {"commas of thousands", VIACHA, "-68,123,400", "-16,486,800", 0, 0, "OGC:CRS84",
     "punto_perdido", false, true},
    {"one point of thousands", VIACHA, "-681.234", "-164.868", 0, 0, "OGC:CRS84", "punto_perdido",
     false, true},
    {"lost point with letters", VIACHA, "681234 O", "164868 S", 0, 0, "OGC:CRS84", "punto_perdido",
     false, true},
    {"lost point in one text", VIACHA, "-164868 -681234", NULL, 0, 0, "OGC:CRS84", "punto_perdido",
     false, true},
    {"lost point, swapped, no signs", VIACHA, "164868", "681234", 0, 0, "OGC:CRS84",
     "invertidas+signo+punto_perdido", false, true},
    {"lost point, as many digits as a float has", VIACHA, "-6812340000000", "-1648680000000", 0, 0,
     "OGC:CRS84", "punto_perdido", false, true},
    {"metres of Web Mercator", VIACHA, "-7583462.19910649", "-1861166.39727369", 0, 1e-6,
     "EPSG:3857", "mercator", false, true},
    {"lost point like Web Mercator", VIACHA, "-6812340", "-1648680", 0, 0, "OGC:CRS84",
     "punto_perdido", false, true},
    {"lost point of metres", VIACHA, "59356145", "817701316", 0, 1e-6, "EPSG:32719",
     "punto_perdido+utm_zona", true, true},
};

static void forms_are_placed(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct geo_rescued out = {0};
        struct err err = {0};
        struct geo_written written = {good[i].first, good[i].second, good[i].epsg};
        bool ok = geo_rescue_point(rescue, edition, good[i].declared, &written, &out, &err);
        double within = good[i].within_deg > 0 ? good[i].within_deg : 1e-12;
        if (!ok || fabs(out.lon_deg - LON) > within || fabs(out.lat_deg - LAT) > within ||
            strcmp(out.crs, good[i].crs) != 0 || strcmp(out.how, good[i].how) != 0 ||
            out.datum_uncertain != good[i].uncertain || out.changed != good[i].changed)
            fail_msg("%s: %s %.9f %.9f %s «%s» uncertain %d changed %d", good[i].name,
                     ok ? "read as" : err.message, out.lon_deg, out.lat_deg, out.crs, out.how,
                     out.datum_uncertain, out.changed);
    }
}

static const struct {
    const char *name;
    int declared;
    const char *first, *second;
    int epsg;
    const char *message;
} bad[] = {
    {"lost point, nothing declared", NONE, "-681234", "-164868", 0,
     "coordenada «-681234 ; -164868»: no son grados ni metros UTM tal como están, y no hay "
     "municipio "
     "declarado que confirme una lectura: punto_perdido: lon -68.1234, lat -16.4868, en Viacha "
     "(La Paz)"},
    {"lost point, another declared", ANCHO, "-681234", "-164868", 0,
     "coordenada «-681234 ; -164868»: no son grados ni metros UTM tal como están, y ninguna "
     "lectura cae en "
     "Ancho (Santa Cruz, 071401), el municipio declarado, ni a 2 km de él: punto_perdido: lon "
     "-68.1234, lat -16.4868, en Viacha (La Paz)"},
    {"a lost point or minutes and seconds", ANCHO, "-651730", "-181512", 0,
     "coordenada «-651730 ; -181512»: varias lecturas caben en Ancho (Santa Cruz, 071401), el "
     "municipio declarado: punto_perdido: lon -65.173, lat -18.1512, en Ancho (Santa Cruz); gms: "
     "lon -65.2917, lat -18.2533, en Ancho (Santa Cruz)"},
    {"lost point in the north", VIACHA, "681234 O", "164868 N", 0,
     "coordenada «681234 O ; 164868 N»: no son grados ni metros UTM de las zonas 19 a 21"},
    {"neither degrees nor metres, nor a lost point", VIACHA, "-31234", "-44868", 0,
     "coordenada «-31234 ; -44868»: no son grados ni metros UTM de las zonas 19 a 21"},
    {"short plus code, nothing declared", NONE, "GV7G+7J Viacha", NULL, 0,
     "coordenada «GV7G+7J Viacha»: al código plus le faltan sus primeras cifras, y no hay "
     "municipio declarado que confirme una lectura"},
    {"short plus code, too wide a municipality", ANCHO, "GV7G+7J Ancho", NULL, 0, NULL},
    {"link under UTM", VIACHA, "geo:-16.4868,-68.1234", NULL, 32719,
     "coordenada «geo:-16.4868,-68.1234»: está en grados, pero se indicó EPSG:32719, que es en "
     "metros; si lo está, indique --crs EPSG:4326"},
    {"link elsewhere", VIACHA, "geo:0,0?q=Escuela", NULL, 0, NULL},
    {"MGRS elsewhere", VIACHA, "33KEB9356177013", NULL, 0, NULL},
};

static void the_rest_is_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct geo_rescued out = {.lon_deg = 7};
        struct err err = {0};
        struct geo_written written = {bad[i].first, bad[i].second, bad[i].epsg};
        if (geo_rescue_point(rescue, edition, bad[i].declared, &written, &out, &err))
            fail_msg("%s: read as %.9f %.9f %s «%s»", bad[i].name, out.lon_deg, out.lat_deg,
                     out.crs, out.how);
        assert_int_equal(err.kind, ERR_INPUT);
        assert_true(out.lon_deg == 7);
        if (bad[i].message && strcmp(err.message, bad[i].message) != 0)
            fail_msg("%s:\n%s\n%s", bad[i].name, err.message, bad[i].message);
    }
}

/* 62°15'00" 16°51'00": as a lost point, 62.15 16.51, they lie elsewhere. */
static void minutes_and_seconds_without_marks(void **state)
{
    (void)state;
    struct geo_rescued out = {0};
    struct err err = {0};
    struct geo_written written = {"621500", "165100", 0};
    if (!geo_rescue_point(rescue, edition, CHICO, &written, &out, &err))
        fail_msg("%s", err.message);
    assert_true(fabs(out.lon_deg + 62.25) < 1e-12 && fabs(out.lat_deg + 16.85) < 1e-12);
    assert_string_equal(out.how, "signo+gms");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(minutes_and_seconds_without_marks),
        cmocka_unit_test(forms_are_placed),
        cmocka_unit_test(the_rest_is_refused),
    };
    return cmocka_run_group_tests_name("rescue_forms", tests, set_up, tear_down);
}
