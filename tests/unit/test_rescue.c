/* test_rescue.c - tests of geo/place/rescue.
 * Damaged coordinates in a small country of squares. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "geo/place/crs.h"
#include "geo/place/rescue.h"
#include "tests/support/cells.h"

/* Four squares from 69° to 60° W, a lake between the first two. */
static const struct cell cells[] = {
    {.codigo = "020801", .nombre = "Viacha", .box = {-69, -17, -68, -16}},
    {.codigo = "020901", .nombre = "Luribay", .box = {-67.9, -17, -66, -16}},
    {.codigo = "030101", .nombre = "Cochabamba", .box = {-66, -18, -63, -16}},
    {.codigo = "071401", .nombre = "Puerto Suárez", .box = {-63, -18, -60, -16}},
    {0},
};
static const struct cell lakes[] = {
    {.codigo = "01", .nombre = "Lago", .box = {-68, -17, -67.9, -16}},
    {0},
};
enum { NONE = -1, VIACHA, LURIBAY, COCHABAMBA, SUAREZ };

static struct geo_edition *edition;
static struct geo_rescue *rescue;

static int set_up(void **state)
{
    (void)state;
    edition = cells_edition(cells, lakes);
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

/* 593561.4478 8177013.1630 in EPSG:32719, 593747.4296 8177390.8613 in
 * EPSG:24879 (cs2cs). */
static const struct {
    const char *name;
    int declared;
    struct geo_written written;
    double lon, lat;
    const char *crs, *how;
    bool uncertain;
} good[] = {
    {"plain", VIACHA, {"-68.1234", "-16.4868", 0}, LON, LAT, "OGC:CRS84", "", false},
    {"plain, nothing declared",
     NONE,
     {"-68.1234", "-16.4868", 0},
     LON,
     LAT,
     "OGC:CRS84",
     "",
     false},
    {"swapped", VIACHA, {"-16.4868", "-68.1234", 0}, LON, LAT, "OGC:CRS84", "invertidas", false},
    {"both signs lost", VIACHA, {"68.1234", "16.4868", 0}, LON, LAT, "OGC:CRS84", "signo", false},
    {"stated, swapped",
     VIACHA,
     {"-16.4868", "-68.1234", 4326},
     LON,
     LAT,
     "OGC:CRS84",
     "invertidas",
     false},
    {"stated UTM, northing first",
     VIACHA,
     {"8177013.163", "593561.4478", 32719},
     LON,
     LAT,
     "EPSG:32719",
     "invertidas",
     false},
    {"the same, nothing declared",
     NONE,
     {"8177013.163", "593561.4478", 32719},
     LON,
     LAT,
     "EPSG:32719",
     "invertidas",
     false},
    {"another zone stated",
     VIACHA,
     {"593561.4478", "8177013.163", 32721},
     LON,
     LAT,
     "EPSG:32719",
     "utm_zona",
     false},
    {"PSAD56 stated, northing first",
     VIACHA,
     {"8177390.8613", "593747.4296", 24879},
     LON,
     LAT,
     "EPSG:24879",
     "invertidas",
     false},
    {"another zone of PSAD56 stated",
     VIACHA,
     {"593747.4296", "8177390.8613", 24881},
     LON,
     LAT,
     "EPSG:24879",
     "utm_zona",
     false},
    {"sign of lat lost", VIACHA, {"-68.1234", "16.4868", 0}, LON, LAT, "OGC:CRS84", "signo", false},
    {"sign of lon lost", VIACHA, {"68.1234", "-16.4868", 0}, LON, LAT, "OGC:CRS84", "signo", false},
    {"swapped without signs",
     VIACHA,
     {"16.4868", "68.1234", 0},
     LON,
     LAT,
     "OGC:CRS84",
     "invertidas+signo",
     false},
    {"decimal comma",
     VIACHA,
     {"-68,1234", "-16,4868", 0},
     LON,
     LAT,
     "OGC:CRS84",
     "coma_decimal",
     false},
    {"decimal comma, swapped, no sign",
     VIACHA,
     {"16,4868", "68,1234", 0},
     LON,
     LAT,
     "OGC:CRS84",
     "invertidas+signo+coma_decimal",
     false},
    {"dms with letters",
     VIACHA,
     {"68°07'24.24\"O", "16°29'12.48\"S", 0},
     LON,
     LAT,
     "OGC:CRS84",
     "gms",
     false},
    {"dms with letters, nothing declared",
     NONE,
     {"68°07'24.24\"O", "16°29'12.48\"S", 0},
     LON,
     LAT,
     "OGC:CRS84",
     "gms",
     false},
    {"dms with letters in the wrong columns",
     NONE,
     {"16°29'12.48\"S", "68°07'24.24\"O", 0},
     LON,
     LAT,
     "OGC:CRS84",
     "invertidas+gms",
     false},
    {"dms without letters",
     VIACHA,
     {"68 07 24,24", "16 29 12,48", 0},
     LON,
     LAT,
     "OGC:CRS84",
     "signo+gms+coma_decimal",
     false},
    {"one text, latitude first",
     NONE,
     {"-16.4868, -68.1234", NULL, 0},
     LON,
     LAT,
     "OGC:CRS84",
     "",
     false},
    {"one text, longitude first",
     VIACHA,
     {"-68.1234 -16.4868", NULL, 0},
     LON,
     LAT,
     "OGC:CRS84",
     "",
     false},
    {"one text, dms",
     NONE,
     {"16°29'12.48\"S 68°07'24.24\"W", NULL, 0},
     LON,
     LAT,
     "OGC:CRS84",
     "gms",
     false},
    {"utm", VIACHA, {"593561.4478", "8177013.1630", 0}, LON, LAT, "EPSG:32719", "utm_zona", true},
    {"utm of zone 20",
     COCHABAMBA,
     {"340533.2316", "8092169.2699", 0},
     -64.5,
     -17.25,
     "EPSG:32720",
     "utm_zona",
     true},
    {"utm swapped",
     VIACHA,
     {"8177013.1630", "593561.4478", 0},
     LON,
     LAT,
     "EPSG:32719",
     "invertidas+utm_zona",
     true},
    {"utm with thousands",
     VIACHA,
     {"593.561,4478", "8.177.013,1630", 0},
     LON,
     LAT,
     "EPSG:32719",
     "coma_decimal+utm_zona",
     true},
    {"utm of whole thousands",
     VIACHA,
     {"593.561", "8.177.013", 0},
     -68.1234042,
     -16.4868015,
     "EPSG:32719",
     "utm_zona",
     true},
    {"utm, zone in the text",
     NONE,
     {"19K 593561.4478 8177013.1630", NULL, 0},
     LON,
     LAT,
     "EPSG:32719",
     "",
     true},
    {"utm, zone and datum in the text",
     NONE,
     {"19K 593561.4478 8177013.1630 WGS84", NULL, 0},
     LON,
     LAT,
     "EPSG:32719",
     "",
     false},
    {"utm, zone and old datum in the text",
     NONE,
     {"PSAD56 19K 593747.4296 8177390.8613", NULL, 0},
     LON,
     LAT,
     "EPSG:24879",
     "",
     false},
    {"utm with its datum, zone by evidence",
     VIACHA,
     {"PSAD56 593747.4296 8177390.8613", NULL, 0},
     LON,
     LAT,
     "EPSG:24879",
     "utm_zona",
     false},
    {"utm of the neighbour zone",
     VIACHA,
     {"-47430.0909", "8170256.8796", 0},
     LON,
     LAT,
     "EPSG:32720",
     "utm_zona",
     true},
    {"utm in one text, northing first",
     VIACHA,
     {"8177013.163 593561.4478", NULL, 0},
     LON,
     LAT,
     "EPSG:32719",
     "utm_zona",
     true},
    {"stated utm", NONE, {"593561.4478", "8177013.1630", 32719}, LON, LAT, "EPSG:32719", "", false},
    {"stated psad56",
     VIACHA,
     {"593747.4296", "8177390.8613", 24879},
     LON,
     LAT,
     "EPSG:24879",
     "",
     false},
    {"stated margen",
     VIACHA,
     {"593561.4478", "8177013.1631", 5356},
     LON,
     LAT,
     "EPSG:5356",
     "",
     false},
    {"stated and written alike",
     VIACHA,
     {"19K 593747.4296", "8177390.8613", 24879},
     LON,
     LAT,
     "EPSG:24879",
     "",
     false},
    {"stated lon/lat", NONE, {"-68.1234", "-16.4868", 4326}, LON, LAT, "EPSG:4326", "", false},
    {"stated lon/lat in one text, latitude first",
     NONE,
     {"-16.4868 -68.1234", NULL, 4326},
     LON,
     LAT,
     "EPSG:4326",
     "",
     false},
    {"stated although another municipality is declared",
     SUAREZ,
     {"593561.4478", "8177013.1630", 32719},
     LON,
     LAT,
     "EPSG:32719",
     "",
     false},
    {"in another municipality: a conflict, not a rescue",
     COCHABAMBA,
     {"-68.1234", "-16.4868", 0},
     LON,
     LAT,
     "OGC:CRS84",
     "",
     false},
    {"next to the declared one",
     LURIBAY,
     {"16.5", "66.0", 0},
     -66,
     -16.5,
     "OGC:CRS84",
     "invertidas+signo",
     false},
    {"1.5 km beyond the border",
     COCHABAMBA,
     {"16.5", "66.014", 0},
     -66.014,
     -16.5,
     "OGC:CRS84",
     "invertidas+signo",
     false},
    {"in the lake, nearest is declared",
     VIACHA,
     {"16.5", "67.97", 0},
     -67.97,
     -16.5,
     "OGC:CRS84",
     "invertidas+signo",
     false},
    {"in the lake, nothing declared",
     NONE,
     {"-67.95", "-16.5", 0},
     -67.95,
     -16.5,
     "OGC:CRS84",
     "",
     false},
    {"a little outside the country stays",
     SUAREZ,
     {"-59.7", "-17", 0},
     -59.7,
     -17,
     "OGC:CRS84",
     "",
     false},
};

static void readings_are_accepted(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct geo_rescued out = {0};
        struct err err = {0};
        bool ok = geo_rescue_point(rescue, edition, good[i].declared, &good[i].written, &out, &err);
        if (!ok || fabs(out.lon_deg - good[i].lon) > 1e-7 ||
            fabs(out.lat_deg - good[i].lat) > 1e-7 || strcmp(out.crs, good[i].crs) != 0 ||
            strcmp(out.how, good[i].how) != 0 || out.datum_uncertain != good[i].uncertain ||
            out.changed != (*good[i].how != '\0'))
            fail_msg("%s: %s %.9f %.9f %s «%s» %d", good[i].name, ok ? "read as" : err.message,
                     out.lon_deg, out.lat_deg, out.crs, out.how, out.datum_uncertain);
    }
}

static const struct {
    const char *name;
    int declared;
    struct geo_written written;
    const char *message;
} bad[] = {
    {"swapped, nothing declared",
     NONE,
     {"-16.4868", "-68.1234", 0},
     "coordenada «-16.4868 ; -68.1234»: sin sistema de referencia ni municipio declarado no puede "
     "ubicarse: tal como está: lon -16.4868, lat -68.1234, fuera del país; invertidas: lon "
     "-68.1234, lat -16.4868, en Viacha (La Paz)"},
    {"swapped, another declared",
     SUAREZ,
     {"-16.4868", "-68.1234", 0},
     "coordenada «-16.4868 ; -68.1234»: ninguna lectura cae en Puerto Suárez (Santa Cruz, 071401), "
     "el municipio declarado, ni a 2 km de él: tal como está: lon -16.4868, lat -68.1234, fuera "
     "del país; invertidas: lon -68.1234, lat -16.4868, en Viacha (La Paz)"},
    {"utm, nothing declared",
     NONE,
     {"593561", "8177013", 0},
     "coordenada «593561 ; 8177013»: sin sistema de referencia ni municipio declarado no puede "
     "ubicarse: UTM 19 S: lon -68.1234, lat -16.4868, en Viacha (La Paz); UTM 20 S: lon -62.1234, "
     "lat -16.4868, en Puerto Suárez (Santa Cruz); UTM 21 S: lon -56.1234, lat -16.4868, fuera "
     "del país"},
    {"stated, absurd",
     NONE,
     {"593561", "8177013", 32733},
     "coordenada «593561 ; 8177013»: en el sistema indicado, EPSG:32733, cae lejos del país: tal "
     "como está: lon 15.8766, lat -16.4868, fuera del país; UTM 19 S: lon -68.1234, lat -16.4868, "
     "en Viacha (La Paz); UTM 20 S: lon -62.1234, lat -16.4868, en Puerto Suárez (Santa Cruz)"},
    {"stated, swapped, nothing declared", NONE, {"-16.4868", "-68.1234", 4326}, NULL},
    {"stated zone of nothing, nothing declared", NONE, {"593561", "8177013", 32718}, NULL},
    {"degrees without marks under a metric system",
     VIACHA,
     {"-68.1234", "-16.4868", 32719},
     "coordenada «-68.1234 ; -16.4868»: está en grados, pero se indicó EPSG:32719, que es en "
     "metros; si lo está, indique --crs EPSG:4326"},
    {"degrees under a metric system",
     VIACHA,
     {"68°07'24\"O", "16°29'12\"S", 32719},
     "coordenada «68°07'24\"O ; 16°29'12\"S»: está en grados, pero se indicó EPSG:32719, que es en "
     "metros; si lo está, indique --crs EPSG:4326"},
    {"metres under a geographic system", VIACHA, {"593561", "8177013", 4326}, NULL},
    {"stated otherwise in the text",
     VIACHA,
     {"20K 593561", "8177013", 32719},
     "coordenada «20K 593561 ; 8177013»: su zona o datum no es el de EPSG:32719, que se indicó"},
    {"another datum in the text", VIACHA, {"PSAD56 593561", "8177013", 32719}, NULL},
    {"another code in the text", VIACHA, {"EPSG:32720 593561 8177013", NULL, 32719}, NULL},
    {"unknown system", VIACHA, {"593561", "8177013", 99999}, NULL},
    {"no zone 25 in psad56", VIACHA, {"PSAD56 25K 593561", "8177013", 0}, NULL},
    {"north and east are stated", VIACHA, {"68.1234 E", "16.4868 N", 0}, NULL},
    {"null island", VIACHA, {"0", "0", 0}, NULL},
    {"null island, nothing declared", NONE, {"0", "0", 0}, NULL},
    {"degrees with metres", VIACHA, {"-68.1234", "8177013", 0}, NULL},
    {"two eastings", VIACHA, {"593561", "593561", 0}, NULL},
    {"text", VIACHA, {"no hay", "no hay", 0}, NULL},
    {"empty", VIACHA, {"", "", 0}, NULL},
    {"3 km beyond the border", COCHABAMBA, {"16.5", "66.03", 0}, NULL},
};

static void others_are_refused_with_reasons(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct geo_rescued out = {.lon_deg = 7};
        struct err err = {0};
        if (geo_rescue_point(rescue, edition, bad[i].declared, &bad[i].written, &out, &err))
            fail_msg("%s: read as %.9f %.9f %s «%s»", bad[i].name, out.lon_deg, out.lat_deg,
                     out.crs, out.how);
        assert_int_equal(err.kind, ERR_INPUT);
        assert_true(out.lon_deg == 7);
        if (bad[i].message && strcmp(err.message, bad[i].message) != 0)
            fail_msg("%s:\n%s\n%s", bad[i].name, err.message, bad[i].message);
    }
}

/* A country so wide that the same metres fit in two UTM zones: both readings are possible,
 * so neither is taken. */
static void two_that_fit_are_ambiguous(void **state)
{
    (void)state;
    static const struct cell wide[] = {
        {.codigo = "020801", .nombre = "Ancho", .box = {-69, -18, -60, -16}},
        {0},
    };
    struct geo_edition *one = cells_edition(wide, NULL);
    assert_non_null(one);
    struct geo_rescued out;
    struct err err = {0};
    struct geo_written written = {"593561", "8177013", 0};
    assert_false(geo_rescue_point(rescue, one, 0, &written, &out, &err));
    assert_string_equal(
        err.message, "coordenada «593561 ; 8177013»: varias lecturas caben en Ancho (La "
                     "Paz, 020801), el municipio declarado: UTM 19 S: lon -68.1234, lat -16.4868, "
                     "en Ancho (La Paz); UTM 20 S: lon -62.1234, lat -16.4868, en Ancho (La "
                     "Paz)");
    geo_edition_free(one);
}

/* A PSAD56 point that lies outside when read as WGS 84 and inside when read as PSAD56: the
 * record says so, and its datum stays uncertain. */
static void the_old_datum_at_the_edge(void **state)
{
    (void)state;
    struct geo_crs *crs = geo_crs_new(NULL);
    assert_non_null(crs);
    /* PSAD56 numbers of a point 1.9 km north of Viacha; read as WGS 84 they
     * lie some 380 m farther north. */
    double xy[2] = {-68.5, -16 + 1900 / 110650.0};
    assert_true(geo_crs_from_lonlat(crs, 24879, xy, 1, NULL));
    char x[32], y[32];
    snprintf(x, sizeof x, "%.3f", xy[0]);
    snprintf(y, sizeof y, "%.3f", xy[1]);
    struct geo_written written = {x, y, 0};
    struct geo_rescued out;
    struct err err = {0};
    if (!geo_rescue_point(rescue, edition, VIACHA, &written, &out, &err))
        fail_msg("%s", err.message);
    assert_string_equal(out.crs, "EPSG:24879");
    assert_string_equal(out.how, "utm_zona+datum");
    assert_true(out.datum_uncertain);
    geo_crs_free(crs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(readings_are_accepted),
        cmocka_unit_test(others_are_refused_with_reasons),
        cmocka_unit_test(two_that_fit_are_ambiguous),
        cmocka_unit_test(the_old_datum_at_the_edge),
    };
    return cmocka_run_group_tests_name("rescue", tests, set_up, tear_down);
}
