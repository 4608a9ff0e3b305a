/* test_number.c - tests of geo/base/number: numbers and dates as in Bolivia. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "geo/base/number.h"

static const struct {
    double value;
    int decimals;
    const char *full, *brief; /* number_put(), number_put_short() */
} numbers[] = {
    {0, 0, "0", "0"},
    {1234.5, 1, "1.234,5", "1.234,5"},
    {1234.5, 2, "1.234,50", "1.234,5"},
    {999.95, 1, "1.000,0", "1.000"},
    {-1234567.891, 2, "−1.234.567,89", "-1.234.567,89"},
    {-123, 0, "−123", "-123"},
    {-0.001, 2, "0,00", "0"},
    {416057721, 0, "416.057.721", "416.057.721"},
    {12, 0, "12", "12"},
    {123, 0, "123", "123"},
    {1234, 0, "1.234", "1.234"},
    {45.678, 2, "45,68", "45,68"},
    {NAN, 1, "–", "null"},
    {INFINITY, 1, "–", "null"},
};

static void values_are_grouped_by_thousands(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        char text[64];
        struct buf out;
        buf_init(&out);
        number_text(text, sizeof text, numbers[i].value, numbers[i].decimals);
        number_put_short(&out, numbers[i].value, numbers[i].decimals);
        assert_string_equal(text, numbers[i].full);
        assert_string_equal(out.data, numbers[i].brief);
        buf_free(&out);
    }
}

static const struct {
    const char *plain, *want;
} digits[] = {
    {"-15959.5", "−15.959,5"}, {"1000", "1.000"},      {"999", "999"},   {"0.125", "0,125"},
    {"1e+20", "1e+20"},        {"1.5e-07", "1,5e-07"}, {"null", "null"}, {"", ""},
};

static void digits_of_rows_are_grouped_too(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof digits / sizeof *digits; i++) {
        struct buf out;
        buf_init(&out);
        number_put_plain(&out, digits[i].plain);
        assert_string_equal(out.len ? out.data : "", digits[i].want);
        buf_free(&out);
    }
}

static const struct {
    const char *day, *want;
} dates[] = {
    {"2023-06-30", "30 de junio de 2023"},
    {"2020-02-01", "1 de febrero de 2020"},
    {"ayer", "ayer"},
};

static void days_are_written_out(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        struct buf out;
        buf_init(&out);
        number_put_date(&out, dates[i].day);
        assert_string_equal(out.data, dates[i].want);
        buf_free(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_are_grouped_by_thousands),
        cmocka_unit_test(digits_of_rows_are_grouped_too),
        cmocka_unit_test(days_are_written_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
