/* test_coords.c - tests of geo/place/coords: coordinates as people write them in the field. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "geo/place/coords.h"

#define X GEO_AXIS_X
#define Y GEO_AXIS_Y
#define LA -16.486805555555556 /* 16°29'12.5" S */
#define LO -68.12333333333333  /* 68°07'24" W */

/* One number in each text: the other column is "1". */
static const struct {
    const char *text;
    double value, grouped; /* grouped 0: none */
    enum geo_axis axis;
    bool degrees, sexagesimal, comma;
} single[] = {
    {"-16.4868", -16.4868, 0, 0, false, false, false},
    {"-16,4868", -16.4868, 0, 0, false, false, true},
    {"  -16.4868  ", -16.4868, 0, 0, false, false, false},
    {"- 16.4868", -16.4868, 0, 0, false, false, false},
    {"+16.4868", 16.4868, 0, 0, false, false, false},
    {"−16.4868", -16.4868, 0, 0, false, false, false},
    {"–16,4868", -16.4868, 0, 0, false, false, true},
    {"16.4868°", 16.4868, 0, 0, true, false, false},
    {"-68", -68, 0, 0, false, false, false},
    {"16.4868 S", -16.4868, 0, Y, true, false, false},
    {"16.4868S", -16.4868, 0, Y, true, false, false},
    {"S16.4868", -16.4868, 0, Y, true, false, false},
    {"S 16,4868", -16.4868, 0, Y, true, false, true},
    {"s16.4868", -16.4868, 0, Y, true, false, false},
    {"-16.4868 S", -16.4868, 0, Y, true, false, false},
    {"68.1234 O", -68.1234, 0, X, true, false, false},
    {"68.1234W", -68.1234, 0, X, true, false, false},
    {"68.1234° Oeste", -68.1234, 0, X, true, false, false},
    {"16.4868 Sur", -16.4868, 0, Y, true, false, false},
    {"16.4868 N", 16.4868, 0, Y, true, false, false},
    {"68.1234 E", 68.1234, 0, X, true, false, false},
    {"16°29'12.5\"S", LA, 0, Y, true, true, false},
    {"16º 29’ 12,5” S", LA, 0, Y, true, true, true},
    {"16° 29′ 12.5″ S", LA, 0, Y, true, true, false},
    {"16°29'12.5''S", LA, 0, Y, true, true, false},
    {"16°29´12,5´´ S", LA, 0, Y, true, true, true},
    {"16 29 12.5", -LA, 0, 0, true, true, false},
    {"-16 29 12.5", LA, 0, 0, true, true, false},
    {"S 16° 29' 12.5\"", LA, 0, Y, true, true, false},
    {"16:29:12.5 S", LA, 0, Y, true, true, false},
    {"16-29-12.5 S", LA, 0, Y, true, true, false},
    {"16d29'12.5\"S", LA, 0, Y, true, true, false},
    {"16o29'12.5\"S", LA, 0, Y, true, true, false},
    {"16*29'12.5\"S", LA, 0, Y, true, true, false},
    {"16Â°29'12.5\"S", LA, 0, Y, true, true, false},
    {"16 grados 29 minutos 12.5 segundos Sur", LA, 0, Y, true, true, false},
    {"16° 29.20833333333333' S", LA, 0, Y, true, true, false},
    {"16 29,20833333333333 S", LA, 0, Y, true, true, true},
    {"68°7'24\"O", LO, 0, X, true, true, false},
    {"68° 07' 24.0\" W.", LO, 0, X, true, true, false},
    {"16°29'S", -(16 + 29 / 60.0), 0, Y, true, true, false},
    {"16° S", -16, 0, Y, true, false, false},
    {"16°28'60\"S", -(16 + 29 / 60.0), 0, Y, true, true, false},
    {"Latitud Sur: 16°29'12.5\"", LA, 0, Y, true, true, false},
    {"L.S. 16°29'12.5\"", LA, 0, Y, true, true, false},
    {"LS 16°29'12.5\"", LA, 0, Y, true, true, false},
    {"Lat: -16.4868", -16.4868, 0, Y, false, false, false},
    {"Longitud = -68,1234", -68.1234, 0, X, false, false, true},
    {"592345", 592345, 0, 0, false, false, false},
    {"592.345", 592.345, 592345, 0, false, false, false},
    {"592,345", 592.345, 592345, 0, false, false, true},
    {"592.345,6", 592345.6, 0, 0, false, false, true},
    {"592,345.6", 592345.6, 0, 0, false, false, false},
    {"8.176.543", 8176543, 0, 0, false, false, false},
    {"8,176,543", 8176543, 0, 0, false, false, false},
    {"8 176 543", 8176543, 0, 0, false, false, false},
    {"8\u00a0176\u202f543", 8176543, 0, 0, false, false, false},
    {"8 176 543,25", 8176543.25, 0, 0, false, false, true},
    {"8'176'543", 8176543, 0, 0, false, false, false},
    {"8'176,543", 8176.543, 8176543, 0, false, false, true},
    {"8.176.543,2 m", 8176543.2, 0, 0, false, false, true},
    {"8176543 mN", 8176543, 0, Y, false, false, false},
    {"592345 m E", 592345, 0, X, false, false, false},
    {"8176543 S", 8176543, 0, Y, false, false, false},
    {"E: 592345", 592345, 0, X, false, false, false},
    {"Este: 592345,5", 592345.5, 0, X, false, false, true},
    {"0.123", 0.123, 0, 0, false, false, false},
};

static void one_number_reads(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof single / sizeof *single; i++) {
        struct geo_coords out;
        struct err err = {0};
        bool ok = geo_coords_parse(single[i].text, "1", &out, &err);
        double grouped = isnan(out.first.grouped) ? 0 : out.first.grouped;
        if (!ok || fabs(out.first.value - single[i].value) > 1e-12 * fabs(single[i].value) ||
            grouped != single[i].grouped || out.first.axis != single[i].axis ||
            out.first.degrees != single[i].degrees ||
            out.first.sexagesimal != single[i].sexagesimal || out.first.comma != single[i].comma)
            fail_msg("«%s»: %s: %.15g grouped %g axis %d degrees %d gms %d comma %d",
                     single[i].text, ok ? "read as" : err.message, out.first.value, grouped,
                     out.first.axis, out.first.degrees, out.first.sexagesimal, out.first.comma);
    }
}

static const struct {
    const char *text;
    double first, second;
    int zone;
    enum geo_datum datum;
    int epsg;
    enum geo_axis axis; /* of the first number */
} pairs[] = {
    {"-16.4868,-68.1234", -16.4868, -68.1234, 0, 0, 0, 0},
    {"-16.4868, -68.1234", -16.4868, -68.1234, 0, 0, 0, 0},
    {"-16,4868, -68,1234", -16.4868, -68.1234, 0, 0, 0, 0},
    {"-16,4868 -68,1234", -16.4868, -68.1234, 0, 0, 0, 0},
    {"-16,4868,-68,1234", -16.4868, -68.1234, 0, 0, 0, 0},
    {"-16,4868;-68,1234", -16.4868, -68.1234, 0, 0, 0, 0},
    {"-16,4868 ; -68,1234", -16.4868, -68.1234, 0, 0, 0, 0},
    {"-16.4868 / -68.1234", -16.4868, -68.1234, 0, 0, 0, 0},
    {"-16.4868\n-68.1234", -16.4868, -68.1234, 0, 0, 0, 0},
    {"-16.4868\t-68.1234", -16.4868, -68.1234, 0, 0, 0, 0},
    {"-16.4868-68.1234", -16.4868, -68.1234, 0, 0, 0, 0},
    {"16,4868,68,1234", 16.4868, 68.1234, 0, 0, 0, 0},
    {"(-16.4868, -68.1234)", -16.4868, -68.1234, 0, 0, 0, 0},
    {"-17 -66", -17, -66, 0, 0, 0, 0},
    {"-17,-66", -17, -66, 0, 0, 0, 0},
    {"16 29 12.5 68 07 24", -LA, -LO, 0, 0, 0, 0},
    {"16 29.5 68 7.5", 16 + 29.5 / 60, 68.125, 0, 0, 0, 0},
    {"16°29'12.5\"S 68°07'24\"W", LA, LO, 0, 0, 0, Y},
    {"16°29'12,5\"S, 68°07'24,0\"O", LA, LO, 0, 0, 0, Y},
    {"16°29'12.5\"S68°07'24\"W", LA, LO, 0, 0, 0, Y},
    {"S16°29'12.5\" W68°07'24\"", LA, LO, 0, 0, 0, Y},
    {"S 16 29 12.5 W 68 7 24", LA, LO, 0, 0, 0, Y},
    {"S16.4868 W68.1234", -16.4868, -68.1234, 0, 0, 0, Y},
    {"68.1234 O, 16.4868 S", -68.1234, -16.4868, 0, 0, 0, X},
    {"19 S 68 O", -19, -68, 0, 0, 0, Y},
    {"Lat: -16.4868 Lon: -68.1234", -16.4868, -68.1234, 0, 0, 0, Y},
    {"Lat -16,4868, Long -68,1234", -16.4868, -68.1234, 0, 0, 0, Y},
    {"Latitud: 16°29'12.5\" S; Longitud: 68°07'24\" O", LA, LO, 0, 0, 0, Y},
    {"X: 592345 Y: 8176543", 592345, 8176543, 0, 0, 0, X},
    {"X=592345, Y=8176543", 592345, 8176543, 0, 0, 0, X},
    {"X:592345Y:8176543", 592345, 8176543, 0, 0, 0, X},
    {"E 592345 N 8176543", 592345, 8176543, 0, 0, 0, X},
    {"592345 mE 8176543 mN", 592345, 8176543, 0, 0, 0, X},
    {"592345E 8176543N", 592345, 8176543, 0, 0, 0, X},
    {"592345 8176543", 592345, 8176543, 0, 0, 0, 0},
    {"592345,8176543", 592345, 8176543, 0, 0, 0, 0},
    {"592.345 8.176.543", 592.345, 8176543, 0, 0, 0, 0},
    {"592.345,6 8.176.543,2", 592345.6, 8176543.2, 0, 0, 0, 0},
    {"592 345 8 176 543", 592345, 8176543, 0, 0, 0, 0},
    {"8 176 543 592 345", 8176543, 592345, 0, 0, 0, 0},
    {"592,345.6, 8,176,543.2", 592345.6, 8176543.2, 0, 0, 0, 0},
    {"19K 592345 8176543", 592345, 8176543, 19, 0, 0, 0},
    {"19 K 592345 8176543", 592345, 8176543, 19, 0, 0, 0},
    {"20L 592345, 8976543", 592345, 8976543, 20, 0, 0, 0},
    {"19S 592345 8176543", 592345, 8176543, 19, 0, 0, 0},
    {"UTM 19S 592345 8176543", 592345, 8176543, 19, 0, 0, 0},
    {"UTM zona 19: 592345 8176543", 592345, 8176543, 19, 0, 0, 0},
    {"Zona 20 Sur; X: 592345; Y: 8176543", 592345, 8176543, 20, 0, 0, X},
    {"592345 8176543 zona 19 K", 592345, 8176543, 19, 0, 0, 0},
    {"592345 8176543 (WGS84)", 592345, 8176543, 0, GEO_DATUM_WGS84, 0, 0},
    {"PSAD-56 UTM 19K 592345 8176543", 592345, 8176543, 19, GEO_DATUM_PSAD56, 0, 0},
    {"WGS 84 20K 592345 8176543", 592345, 8176543, 20, GEO_DATUM_WGS84, 0, 0},
    {"EPSG:32719 592345 8176543", 592345, 8176543, 0, 0, 32719, 0},
};

static void both_numbers_in_one_text(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        struct geo_coords out = {0};
        struct err err = {0};
        bool ok = geo_coords_parse(pairs[i].text, NULL, &out, &err);
        if (!ok || fabs(out.first.value - pairs[i].first) > 1e-9 ||
            fabs(out.second.value - pairs[i].second) > 1e-9 || out.zone != pairs[i].zone ||
            out.datum != pairs[i].datum || out.epsg != pairs[i].epsg || out.north ||
            out.first.axis != pairs[i].axis || !out.one_text)
            fail_msg("«%s»: %s %.12g %.12g zone %d datum %d epsg %d axis %d", pairs[i].text,
                     ok ? "read as" : err.message, out.first.value, out.second.value, out.zone,
                     out.datum, out.epsg, out.first.axis);
    }
}

static void columns_may_carry_a_zone(void **state)
{
    (void)state;
    struct geo_coords out;
    assert_true(geo_coords_parse("19K 592345", "8176543", &out, NULL));
    assert_int_equal(out.zone, 19);
    assert_false(out.one_text);
    assert_true(geo_coords_parse("592345", "8176543 zona 20", &out, NULL));
    assert_int_equal(out.zone, 20);
    assert_true(geo_coords_parse("33N 592345", "5176543", &out, NULL));
    assert_int_equal(out.zone, 33);
    assert_true(out.north);
}

static const struct {
    const char *name, *first, *second;
} bad[] = {
    {"empty", "", ""},
    {"blank", "  ", "1"},
    {"word", "abc", "1"},
    {"one number in one text", "-16.5", NULL},
    {"minutes of 75", "16°75'12\"S", "1"},
    {"seconds of 75", "16°29'75\"S", "1"},
    {"degrees with decimals and minutes", "16.5°29'", "1"},
    {"north and minus", "-16.5 N", "1"},
    {"two hemispheres", "S 16.5 N", "1"},
    {"both latitude", "16.5 S", "68.1 S"},
    {"both latitude, one text", "16.5 S 68.1 S", NULL},
    {"three numbers, of which none is an altitude", "-16.5 -68.1 36400", NULL},
    {"five numbers", "-16.5 -68.1 3640 5 1", NULL},
    {"minutes or an altitude", "-16.5 -68 12", NULL},
    {"minutes or altitude and accuracy", "-16 -68 12 4", NULL},
    {"minutes and seconds of 70 run together", "16°7012.5\"S", "1"},
    {"thousands of two", "59.23.45", "1"},
    {"two decimals", "16,48,68", "1"},
    {"scientific", "5.92345E+05", "1"},
    {"two zones", "19K 592345", "8176543 zona 20"},
    {"two datums", "WGS84 PSAD56 592345", "8176543"},
    {"not UTF-8", "-16.5\xff", "1"},
    {"nan", "nan", "inf"},
    {"hex", "0x10", "1"},
    {"only a zone", "19K", NULL},
    {"zone and one number", "19K 592345", NULL},
};

static void other_text_is_refused(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct geo_coords out = {.zone = 77};
        struct err err = {0};
        if (geo_coords_parse(bad[i].first, bad[i].second, &out, &err))
            fail_msg("%s: «%s» reads as %g %g", bad[i].name, bad[i].first, out.first.value,
                     out.second.value);
        assert_int_equal(err.kind, ERR_INPUT);
        assert_int_equal(out.zone, 77);
    }
    char text[GEO_COORDS_TEXT_MAX + 8];
    memset(text, '1', sizeof text);
    text[sizeof text - 1] = '\0';
    assert_false(geo_coords_parse(text, "1", &(struct geo_coords){0}, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_number_reads),
        cmocka_unit_test(both_numbers_in_one_text),
        cmocka_unit_test(columns_may_carry_a_zone),
        cmocka_unit_test(other_text_is_refused),
    };
    return cmocka_run_group_tests_name("coords", tests, NULL, NULL);
}
