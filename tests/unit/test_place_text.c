/* test_place_text.c - tests of geo/texts/place_text: texts that are whole coordinates. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "geo/texts/place_text.h"

static const struct {
    const char *text;
    bool place;
} cases[] = {
    {"-18.9001, -65.1753", true},
    {"-18.9001 -65.1753 2790.4 4.9", true},
    {"18°54'00\" S", true}, /* half of one, in a column of its own */
    {"S18 54.006 W65 10.518", true},
    {"Lat: -18.9001 Lon: -65.1753", true},
    {"20K 270861 7908846", true},
    {"E 270861 N 7908846", true},
    {"20KKE7104208890", true},
    {"57HP3RXF+XV", true},
    {"geo:-18.9001,-65.1753", true},
    {"https://www.google.com/maps?q=-18.9001,-65.1753", true},
    {"Mi casa https://maps.app.goo.gl/AbCdEf", true}, /* which has to be opened first */
    {"POINT(-65.1753 -18.9001)", true},
    {"40.4168, -3.7038", true}, /* decimals are enough: what is elsewhere is told by the rescue */
    {"40 25 N 3 42 W", false},  /* no degrees of Bolivia */
    {"15 a 60", false},
    {"2020-2021", false},
    {"70123456 / 71234567", false}, /* telephones */
    {"Calle 12 Nro 345", false},
    {"entre 15 y 60 familias", false},
    {"https://www.gob.bo/a/12", false},
    {"RES-015/2021", false},
    {"", false},
};

static void places_are_told_from_other_texts(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (place_text_is(cases[i].text) != cases[i].place)
            fail_msg("«%s» is %sa place", cases[i].text, cases[i].place ? "not " : "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(places_are_told_from_other_texts)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
