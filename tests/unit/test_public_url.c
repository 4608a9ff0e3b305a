/* test_public_url.c - tests of server/request/public_url. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "geo/base/arena.h"
#include "server/request/public_url.h"
#include "server/routes.h"

static void addresses_are_read(void **state)
{
    static const struct {
        const char *given, *text, *path; /* text NULL: refused */
    } cases[] = {
        {"https://sig.ejemplo.bo", "https://sig.ejemplo.bo", ""},
        {"https://sig.ejemplo.bo/", "https://sig.ejemplo.bo", ""},
        {"https://sig.ejemplo.bo/mapa", "https://sig.ejemplo.bo/mapa", "/mapa"},
        {"https://sig.ejemplo.bo/mapa/", "https://sig.ejemplo.bo/mapa", "/mapa"},
        {"http://[::1]:8080/a/b-c_d.e~f", "http://[::1]:8080/a/b-c_d.e~f", "/a/b-c_d.e~f"},
        {"http://a.bo/tilesets", "http://a.bo/tilesets", "/tilesets"},
        {"http://a.bo/mapa/tiles", "http://a.bo/mapa/tiles", "/mapa/tiles"},
        {"sig.ejemplo.bo/mapa", NULL, NULL},
        {"ftp://sig.ejemplo.bo", NULL, NULL},
        {"https://", NULL, NULL},
        {"https:///mapa", NULL, NULL},
        {"https://a.bo//", NULL, NULL},
        {"https://a.bo//mapa", NULL, NULL},
        {"https://a.bo/mapa//", NULL, NULL},
        {"https://a.bo/./mapa", NULL, NULL},
        {"https://a.bo/mapa/..", NULL, NULL},
        {"https://a.bo/ma%20pa", NULL, NULL},
        {"https://a.bo/\"><b>", NULL, NULL},
        {"https://a.bo/mapa?x=1", NULL, NULL},
        {"https://a.bo/mapa#x", NULL, NULL},
        {"https://a.bo?x=1", NULL, NULL},
        {"https://u:p@a.bo/mapa", NULL, NULL},
        {"https://a.bo/tiles", NULL, NULL},
        {"https://a.bo/api", NULL, NULL},
        {"https://a.bo/collections/x", NULL, NULL},
        {"", NULL, NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct public_url url = {.text = "untouched"};
        struct err err = {0};
        print_message("«%s»\n", cases[i].given);
        assert_true(public_url_read(cases[i].given, routes(), &url, &err) ==
                    (cases[i].text != NULL));
        assert_string_equal(url.text, cases[i].text ? cases[i].text : "untouched");
        if (cases[i].text)
            assert_string_equal(public_url_path(&url), cases[i].path);
        else
            assert_int_equal(err.kind, ERR_USAGE);
    }
}

static void a_long_address_is_refused(void **state)
{
    char text[2 * PUBLIC_URL_SIZE] = "https://a.bo/";
    struct public_url url = {.path_at = 0};
    struct err err = {0};
    (void)state;
    memset(text + strlen(text), 'x', PUBLIC_URL_SIZE);
    assert_false(public_url_read(text, routes(), &url, &err));
    text[PUBLIC_URL_SIZE - 1] = '\0';
    assert_true(public_url_read(text, routes(), &url, &err));
}

static void another_address_has_another_tag(void **state)
{
    struct public_url a = {.path_at = 0}, b = a, none = a;
    struct err err = {0};
    (void)state;
    assert_true(public_url_read("https://a.bo/mapa", routes(), &a, &err));
    assert_true(public_url_read("https://a.bo/mapas", routes(), &b, &err));
    assert_string_not_equal(a.tag, b.tag);
    assert_string_equal(none.tag, "");
    assert_string_equal(public_url_path(&none), "");
}

static void the_path_is_taken_off(void **state)
{
    static const struct {
        const char *target, *inside;
    } cases[] = {
        {"/mapa/", "/"},
        {"/mapa", "/"},
        {"/mapa?f=json", "/?f=json"},
        {"/mapa/api?f=json", "/api?f=json"},
        {"/api", "/api"},
        {"/", "/"},
        {"/mapas/api", "/mapas/api"},
        {"/mapa/mapa/api", "/mapa/api"},
        {"", ""},
        {"/map", "/map"},
    };
    struct public_url url = {.path_at = 0}, none = url;
    struct err err = {0};
    struct arena *arena = arena_new();
    (void)state;
    assert_true(public_url_read("https://a.bo/mapa", routes(), &url, &err));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        print_message("«%s»\n", cases[i].target);
        assert_string_equal(public_url_inside(&url, cases[i].target, arena), cases[i].inside);
        assert_string_equal(public_url_inside(&none, cases[i].target, arena), cases[i].target);
    }
    arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_are_read),
        cmocka_unit_test(a_long_address_is_refused),
        cmocka_unit_test(another_address_has_another_tag),
        cmocka_unit_test(the_path_is_taken_off),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
