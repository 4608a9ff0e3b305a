/* test_source_guard.c - tests of what protects us from a source.
 * Formats recognised by content, addresses of private networks, and what a confined process
 * can still do. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include <arpa/inet.h>

#include "geo/base/confine.h"
#include "geo/base/sanitized.h"
#include "geo/files/source_format.h"
#include "geo/files/source_limits.h"
#include "geo/source/source_fetch.h"

#define LITERAL(text) (text), sizeof(text) - 1

static void name_and_content_must_agree(void **state)
{
    (void)state;
    static const struct {
        const char *name, *bytes;
        size_t len;
        const char *format, *refusal;
    } cases[] = {
        {"a.geojson", LITERAL(" \n{\"type\":"), "GeoJSON", NULL},
        {"a.JSON", LITERAL("\xEF\xBB\xBF["), "GeoJSON", NULL},
        {"a.geojson", LITERAL("SQLite format 3\0"), NULL, "parece una base SQLite, no GeoJSON"},
        {"a.csv", LITERAL("{\"a\",b\n"), "CSV", NULL},
        {"a.csv", LITERAL("PK\003\004"), NULL, "parece un zip"},
        {"a.csv", LITERAL("%PDF-1.7"), NULL, "parece un PDF"},
        {"a.csv",
         LITERAL("\xFF\xFE"
                 "a\0"),
         "CSV", NULL},
        {"a.csv", LITERAL(""), "CSV", NULL},
        {"a.xlsx", LITERAL("\xD0\xCF\x11\xE0"), NULL, "con contraseña, no XLSX"},
        {"a.xlsx", LITERAL("<html>"), NULL, "parece una página web (HTML), no XLSX"},
        {"a.kml", LITERAL("<?xml?><kml/>"), "KML", NULL},
        {"a.kml", LITERAL("<?xml?><gpx/>"), NULL, "parece GPX, no KML"},
        {"a.gpkg", LITERAL("SQLite format 3\0"), "GeoPackage", NULL},
        {"a.shp", LITERAL("\0\0\x27\x0A"), "Shapefile", NULL},
        {"a.fgb", LITERAL("fgb\003fgb\0"), "FlatGeobuf", NULL},
        {"a.zip", LITERAL("PK\005\006"), "zip", NULL},
        {"a.dat", LITERAL("<kml>"), "KML", NULL},
        {"a.dat", LITERAL("SQLite format 3\0"), "SQLite", NULL},
        {"a.dat", LITERAL("PK\003\004"), NULL, NULL},
        {"a.vrt", LITERAL("<OGRVRTDataSource/>"), NULL, NULL},
        {"a", LITERAL("\0"), NULL, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct err err = {0};
        const struct source_format *format =
            source_format_of(cases[i].name, source_content_of(cases[i].bytes, cases[i].len), &err);
        if ((format != NULL) != (cases[i].format != NULL) ||
            (format && strcmp(format->name, cases[i].format) != 0))
            fail_msg("%s: %s", cases[i].name, format ? format->name : err.message);
        if (cases[i].refusal ? !strstr(err.message, cases[i].refusal) : err.kind != ERR_NONE)
            fail_msg("%s: %s", cases[i].name, err.message);
    }
}

static void addresses_are_told_apart(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum source_depth depth;
    } cases[] = {
        {"127.0.0.1", SOURCE_THIS_MACHINE},
        {"10.1.2.3", SOURCE_PRIVATE},
        {"172.16.0.1", SOURCE_PRIVATE},
        {"172.31.255.255", SOURCE_PRIVATE},
        {"172.32.0.1", SOURCE_PUBLIC},
        {"192.168.1.1", SOURCE_PRIVATE},
        {"169.254.169.254", SOURCE_LINK_LOCAL},
        {"100.64.0.1", SOURCE_PRIVATE},
        {"100.128.0.1", SOURCE_PUBLIC},
        {"0.0.0.0", SOURCE_THIS_MACHINE},
        {"224.0.0.1", SOURCE_PRIVATE},
        {"255.255.255.255", SOURCE_PRIVATE},
        {"198.18.0.1", SOURCE_PRIVATE},
        {"8.8.8.8", SOURCE_PUBLIC},
        {"200.87.100.1", SOURCE_PUBLIC},
        {"::1", SOURCE_THIS_MACHINE},
        {"::", SOURCE_THIS_MACHINE},
        {"fe80::1", SOURCE_LINK_LOCAL},
        {"64:ff9b::a9fe:a9fe", SOURCE_LINK_LOCAL},
        {"fd00::1", SOURCE_PRIVATE},
        {"fc00::1", SOURCE_PRIVATE},
        {"ff02::1", SOURCE_PRIVATE},
        {"::ffff:127.0.0.1", SOURCE_THIS_MACHINE},
        {"::ffff:8.8.8.8", SOURCE_PUBLIC},
        {"64:ff9b::a00:1", SOURCE_PRIVATE},
        {"64:ff9b::808:808", SOURCE_PUBLIC},
        {"2002:7f00:1::", SOURCE_THIS_MACHINE},
        {"2002:808:808::", SOURCE_PUBLIC},
        {"2800:cd0::1", SOURCE_PUBLIC},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        unsigned char bytes[16];
        bool six = strchr(cases[i].text, ':') != NULL;
        assert_int_equal(inet_pton(six ? AF_INET6 : AF_INET, cases[i].text, bytes), 1);
        if (source_address_depth(bytes, six ? 16 : 4) != cases[i].depth)
            fail_msg("%s", cases[i].text);
    }
    assert_int_equal(source_address_depth((const unsigned char *)"", 1), SOURCE_LINK_LOCAL);
}

static void every_limit_has_its_words(void **state)
{
    (void)state;
    for (int i = 0; i < GEO_LIMITS; i++) {
        struct err err = {0};
        assert_non_null(geo_source_limit_words[i].option);
        assert_true(geo_source_usual_limits.at[i] > 0);
        assert_true(geo_source_usual_limits.at[i] <= geo_source_limit_words[i].most);
        assert_true(
            geo_source_within(&geo_source_usual_limits, i, geo_source_usual_limits.at[i], &err));
        assert_false(geo_source_within(&geo_source_usual_limits, i,
                                       geo_source_usual_limits.at[i] + 1, &err));
        assert_non_null(strstr(err.message, geo_source_limit_words[i].option));
    }
}

/* What a confined process can do: its exit status has one bit for each. */
enum { OPENS_OWN = 1, OPENS_OTHER = 2, WRITES = 4, CONNECTS = 8, FORKS = 16, HARMS_PARENT = 32 };

static int what_it_can(const char *own, const char *other)
{
    const char *const readable[] = {own, NULL};
    struct err err = {0};
    int can = 0;
    if (!confine_files(readable, &err) || !confine_calls(&err))
        return 255;
    can |= open(own, O_RDONLY) >= 0 ? OPENS_OWN : 0;
    can |= open(other, O_RDONLY) >= 0 ? OPENS_OTHER : 0;
    can |= open(own, O_WRONLY) >= 0 || creat(other, 0600) >= 0 || unlink(other) == 0 ? WRITES : 0;
    can |=
        socket(AF_INET, SOCK_STREAM, 0) >= 0 || socket(AF_UNIX, SOCK_STREAM, 0) >= 0 ? CONNECTS : 0;
    pid_t pid = fork();
    if (pid == 0)
        _exit(0);
    can |= pid > 0 ? FORKS : 0;
    struct rlimit limit;
    union sigval none = {0};
    can |= syscall(SYS_tgkill, getppid(), getppid(), 0) == 0 || kill(getppid(), 0) == 0 ||
                   sigqueue(getppid(), 0, none) == 0 ||
                   prlimit(getppid(), RLIMIT_CPU, NULL, &limit) == 0
               ? HARMS_PARENT
               : 0;
    return can;
}

static void a_confined_process_reads_and_nothing_else(void **state)
{
    (void)state;
    char own[] = "/tmp/sigg-guard-XXXXXX", other[] = "/tmp/sigg-guard-XXXXXX";
    int files[] = {mkstemp(own), mkstemp(other)};
    assert_true(files[0] >= 0 && files[1] >= 0);
    pid_t pid = fork();
    if (pid == 0)
        _exit(what_it_can(own, other));
    int status = 0;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    bool there = access(other, F_OK) == 0;
    unlink(own);
    unlink(other);
    assert_true(WIFEXITED(status));
    int can = WEXITSTATUS(status), wanted = OPENS_OWN;
    if (syscall(444, NULL, 0, 1) < 1) /* the kernel has no Landlock */
        wanted |= OPENS_OTHER;
    if (BUILT_SANITIZED) /* no seccomp: only what Landlock protects is checked */
        can &= ~(CONNECTS | FORKS | HARMS_PARENT);
    assert_int_equal(can, wanted);
    assert_true(there || BUILT_SANITIZED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(name_and_content_must_agree),
        cmocka_unit_test(addresses_are_told_apart),
        cmocka_unit_test(every_limit_has_its_words),
        cmocka_unit_test(a_confined_process_reads_and_nothing_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
