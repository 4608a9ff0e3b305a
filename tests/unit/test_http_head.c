/* test_http_head.c - tests of server/http.
 * Which heads are accepted, and who the client behind a proxy is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "server/http/http_head.h"
#include "server/http/http_proxies.h"
#include "server/request/request.h"

static const struct http_head_limits limits = {
    .target_max = 30, .head_max = 400, .body_max = 100, .pool_max = 1000};

static void hosts_are_checked_before_they_stand_in_links(void **state)
{
    static const char *const good[] = {"localhost",  "sigg.gob.bo:8080", "127.0.0.1:80",
                                       "[::1]:8080", "[fe80::1]",        "a-b_c.bo"};
    static const char *const bad[] = {"",    "a b",      "a\"b", "<x>",     "a:b",
                                      "a:",  "a:123456", "[::1", "::1",     "a/b",
                                      "a@b", "[x]",      ":80",  "a:80:80", "[::1]x"};
    (void)state;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(http_head_host_ok(good[i]));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        print_message("«%s»\n", bad[i]);
        assert_false(http_head_host_ok(bad[i]));
    }
    assert_false(http_head_host_ok(NULL));
}

static void heads(void **state)
{
    static const struct {
        const char *name, *bytes;
        int code;
    } cases[] = {
        {"the least", "GET / HTTP/1.1\r\nHost: a\r\n\r\n", 0},
        {"of old", "GET / HTTP/1.0\r\n\r\n", 0},
        {"with more behind it", "GET / HTTP/1.1\r\nHost: a\r\n\r\nGET\n", 0},
        {"nothing yet", "", HTTP_HEAD_MORE},
        {"a method's beginning", "GE", HTTP_HEAD_MORE},
        {"a line's beginning", "GET / HTT", HTTP_HEAD_MORE},
        {"no empty line yet", "GET / HTTP/1.1\r\nHost: a\r\n", HTTP_HEAD_MORE},
        {"half of the last line's end", "GET / HTTP/1.1\r\nHost: a\r\n\r", HTTP_HEAD_MORE},
        {"a value with tabs and UTF-8", "GET / HTTP/1.1\r\nHost: a\r\nX:\ta\tñ \r\n\r\n", 0},
        {"a body", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n", 0},
        {"a body in chunks", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n", 0},
        {"an empty line before", "\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"a lone LF", "GET / HTTP/1.1\nHost: a\n\n", 400},
        {"a lone LF at once", "GET /\n", 400},
        {"a lone CR", "GET / HTTP/1.1\rHost: a\r\n\r\n", 400},
        {"a control character", "GET / HTTP/1.1\r\nHost: a\r\nX: \x01\r\n\r\n", 400},
        {"no method", " / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"a method that is no word", "G(T / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"no address", "GET  HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"a blank in the address", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"HTTP/2", "GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505},
        {"HTTP/1.2", "GET / HTTP/1.2\r\nHost: a\r\n\r\n", 505},
        {"no version", "GET / http/1.1\r\nHost: a\r\n\r\n", 400},
        {"no Host", "GET / HTTP/1.1\r\n\r\n", 400},
        {"two Hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400},
        {"a Host that is none", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400},
        {"a continued line", "GET / HTTP/1.1\r\nHost: a\r\n b: c\r\n\r\n", 400},
        {"a blank before the colon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400},
        {"two lengths",
         "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\ncontent-length: 1\r\n\r\n", 400},
        {"no length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length:\r\n\r\n", 400},
        {"a negative length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400},
        {"too large", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 101\r\n\r\n", 413},
        {"beyond all numbers",
         "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999999\r\n\r\n", 413},
        {"length and coding",
         "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
         400},
        {"another coding", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n", 501},
        {"a coding of old", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
        {"a body of a GET", "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n", 400},
        {"no body of a GET", "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n", 0},
        {"expected", "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\n\r\n", 0},
        {"not expected", "POST / HTTP/1.1\r\nHost: a\r\nExpect: x\r\n\r\n", 417},
        {"a long address", "GET /4567890123456789012345678901234567890 HTTP/1.1\r\nHost: a\r\n\r\n",
         414},
        {"many cookies",
         "GET / HTTP/1.1\r\nHost: a\r\nCookie: a;b;c;d;e;f;g;h;i;j;k;l;m;n;o\r\n\r\n", 431},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct http_head head;
        print_message("%s\n", cases[i].name);
        int code = http_head_check(cases[i].bytes, strlen(cases[i].bytes), &limits, &head);
        assert_int_equal(code, cases[i].code);
        if (code >= 400)
            assert_non_null(head.detail);
    }
}

/* The verdict is the same when the head arrives a byte at a time. */
static void heads_come_in_pieces(void **state)
{
    static const char bytes[] = "POST /a?b=1&c HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc";
    const size_t len = sizeof bytes - 1 - 3;
    struct http_head head;
    (void)state;
    for (size_t i = 0; i < len; i++)
        assert_int_equal(http_head_check(bytes, i, &limits, &head), HTTP_HEAD_MORE);
    assert_int_equal(http_head_check(bytes, len, &limits, &head), HTTP_HEAD_OK);
    assert_int_equal(head.len, len);
    assert_true(head.has_body);
    assert_memory_equal(head.target, "/a?b=1&c", head.target_len);
}

static void heads_have_an_end(void **state)
{
    char bytes[600];
    struct http_head head;
    (void)state;
    memset(bytes, 'a', sizeof bytes);
    assert_int_equal(http_head_check(bytes, sizeof bytes, &limits, &head), 501);
    memcpy(bytes, "GET /", 5);
    assert_int_equal(http_head_check(bytes, sizeof bytes, &limits, &head), 414);
    memcpy(bytes, "GET / HTTP/1.1\r\nX: ", 19);
    assert_int_equal(http_head_check(bytes, limits.head_max - 1, &limits, &head), HTTP_HEAD_MORE);
    assert_int_equal(http_head_check(bytes, sizeof bytes, &limits, &head), 431);
}

/* The head as libmicrohttpd leaves it: NULs where words and lines ended. */
static void parsed_heads_are_put_together(void **state)
{
    static const struct {
        const char *name, *parsed;
        size_t len;
        bool right;
    } cases[] = {
#define PARSED(text) text, sizeof text - 1
        {"right", PARSED("GET\0/a?\0b\0HTTP/1.1\0\0Host\0 a\0\0X\0\0\0\0\0"), true},
        {"a lone LF after the first line", PARSED("GET\0/a?\0b\0HTTP/1.1\0Host\0 a\0\0\0\0"),
         false},
        {"a lone LF after a header", PARSED("GET\0/a?\0b\0HTTP/1.1\0\0Host\0 a\0X\0 b\0\0\0\0"),
         false},
        {"NUL in a value", PARSED("GET\0/a?\0b\0HTTP/1.1\0\0Host\0 a\0b\0\0\0\0"), false},
        {"cut", PARSED("GET\0/a?\0b\0HTTP/1.1\0\0Host\0 a\0\0"), false},
        {"short", PARSED("GET\0/a"), false},
#undef PARSED
    };
    static const char whole[] = "GET /a?=b HTTP/1.1\r\nHost: a\r\nX:\r\n\r\n";
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char raw[100];
        print_message("%s\n", cases[i].name);
        assert_int_equal(http_head_restore(cases[i].parsed, cases[i].len, "/a?=b", 4, raw),
                         cases[i].right);
        if (cases[i].right)
            assert_memory_equal(raw, whole, sizeof whole - 1);
    }
}

static void clients_behind_proxies(void **state)
{
    static const struct {
        const char *name, *forwarded_for, *forwarded, *client; /* NULL: none */
    } cases[] = {
        {"one", "192.0.2.7", NULL, "192.0.2.7"},
        {"what it claims itself is not believed", "1.1.1.1, 192.0.2.7", NULL, "192.0.2.7"},
        {"proxies of ours are passed over", "192.0.2.7, 10.1.2.3,127.0.0.1", NULL, "192.0.2.7"},
        {"all of them are ours", "10.0.0.1, 10.0.0.2", NULL, "10.0.0.1"},
        {"with a port", "192.0.2.7:4711", NULL, "192.0.2.7"},
        {"IPv6", "2001:DB8::7", NULL, "2001:db8::7"},
        {"IPv6 with a port", "[2001:db8::7]:80", NULL, "2001:db8::7"},
        {"IPv4 in IPv6", "::ffff:192.0.2.7", NULL, "192.0.2.7"},
        {"nonsense at the end", "192.0.2.7, evil", NULL, NULL},
        {"nothing", "", NULL, NULL},
        {"the standard's", NULL, "for=192.0.2.7;proto=http, For=10.0.0.1", "192.0.2.7"},
        {"quoted", NULL, "proto=https; for=\"[2001:db8::7]:80\"", "2001:db8::7"},
        {"hidden", NULL, "for=unknown", NULL},
        {"neither", NULL, NULL, NULL},
    };
    struct err err = {0};
    struct http_proxies *ours = http_proxies_new("127.0.0.1,10.0.0.0/8,fd00::/8", &err);
    (void)state;
    assert_non_null(ours);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char client[INET6_ADDRSTRLEN];
        print_message("%s\n", cases[i].name);
        bool found = http_proxies_client(ours, cases[i].forwarded_for, cases[i].forwarded, client);
        assert_int_equal(found, cases[i].client != NULL);
        if (found)
            assert_string_equal(client, cases[i].client);
    }
    assert_true(http_proxies_have(ours, "10.255.0.1"));
    assert_false(http_proxies_have(ours, "11.0.0.1"));
    assert_true(http_proxies_have(ours, "fdff::1"));
    assert_false(http_proxies_have(NULL, "127.0.0.1"));
    http_proxies_free(ours);
    static const char *const wrong[] = {"",          "a",     "127.0.0.1,", "10.0.0.0/33",
                                        "10.0.0.0/", "::/129"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        err = (struct err){0};
        assert_null(http_proxies_new(wrong[i], &err));
        assert_int_equal(err.kind, ERR_USAGE);
    }
}

static void tags_are_listed(void **state)
{
    static const struct {
        const char *header;
        bool listed;
    } cases[] = {
        {NULL, false},
        {"", false},
        {"*", true},
        {"\"a,b\"", true},
        {"W/\"a,b\"", true},
        {"\"x\", W/\"a,b\"", true},
        {"\"a,b", false},
        {"a,b", false},
        {"\"x,\"a,b\"\"", false},
        {"\"a,b\"c", false},
        {", ,\"a,b\" ,", true},
        {"\"*\"", false},
        {"*, \"x\"", false},
        {"\"x", false},
        {"W/", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        print_message("%s\n", cases[i].header ? cases[i].header : "none");
        assert_int_equal(request_tag_listed(cases[i].header, "\"a,b\""), cases[i].listed);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hosts_are_checked_before_they_stand_in_links),
        cmocka_unit_test(heads),
        cmocka_unit_test(heads_come_in_pieces),
        cmocka_unit_test(heads_have_an_end),
        cmocka_unit_test(parsed_heads_are_put_together),
        cmocka_unit_test(clients_behind_proxies),
        cmocka_unit_test(tags_are_listed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
