/* test_folder.c - tests of geo/base/folder.
 * A new file appears whole or not at all; drafts of ended processes are removed, those of
 * living ones stay. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "geo/base/folder.h"
#include "tests/support/scratch.h"

static void put(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static const char *text_of(const char *path)
{
    static char text[64];
    FILE *file = fopen(path, "r");
    text[0] = '\0';
    if (file && !fgets(text, sizeof text, file))
        text[0] = '\0';
    if (file)
        fclose(file);
    return text;
}

/* Number of folders of drafts. */
static int drafts(void)
{
    int n = 0;
    DIR *open = opendir(scratch);
    for (const struct dirent *entry; (entry = readdir(open));)
        n += strncmp(entry->d_name, ".sigg-", 6) == 0;
    closedir(open);
    return n;
}

static void a_finished_file_appears(void **state)
{
    struct folder_draft draft;
    struct err err = {0};
    (void)state;
    assert_true(folder_draft_begin(&draft, at("a"), &err));
    put(draft.making, "one");
    assert_int_equal(access(at("a"), F_OK), -1);
    assert_true(folder_draft_publish(&draft, false, &err));
    assert_string_equal(text_of(at("a")), "one");
    assert_true(folder_draft_begin(&draft, at("a"), &err));
    put(draft.making, "two");
    assert_false(folder_draft_publish(&draft, false, &err));
    assert_non_null(strstr(err.message, "ya existe"));
    assert_string_equal(text_of(at("a")), "one");
    assert_true(folder_write(at("a"), "three", 5, &err));
    assert_string_equal(text_of(at("a")), "three");
    assert_int_equal(drafts(), 0);
}

static void an_unfinished_file_does_not_appear(void **state)
{
    struct folder_draft draft;
    struct err err = {0};
    (void)state;
    assert_true(folder_draft_begin(&draft, at("b"), &err));
    assert_false(folder_draft_publish(&draft, true, &err));
    assert_int_equal(access(at("b"), F_OK), -1);
    assert_false(folder_draft_begin(&draft, at("none/b"), &err));
    assert_int_equal(err.kind, ERR_INPUT);
    assert_int_equal(drafts(), 0);
}

static void drafts_of_ended_processes_are_removed(void **state)
{
    struct folder_draft living, other;
    struct err err = {0};
    (void)state;
    assert_true(folder_draft_begin(&living, at("c"), &err));
    put(living.making, "mine");
    assert_true(folder_draft_begin(&other, at("c"), &err));
    assert_string_equal(text_of(living.making), "mine");
    put(other.making, "half");
    close(other.lock); /* as after a kill */
    assert_int_equal(drafts(), 2);
    assert_true(folder_write(at("c"), "whole", 5, &err));
    assert_int_equal(drafts(), 1);
    assert_string_equal(text_of(living.making), "mine");
    other.lock = -1;
    folder_draft_drop(&other);
    folder_draft_drop(&living);
    assert_int_equal(drafts(), 0);
}

static void the_longest_file_name_is_accepted(void **state)
{
    char name[256];
    struct err err = {0};
    (void)state;
    memset(name, 'x', 255);
    name[255] = '\0';
    if (!folder_write(at(name), "long", 4, &err))
        fail_msg("%s", err.message);
    assert_string_equal(text_of(at(name)), "long");
}

static void links_are_not_own_files(void **state)
{
    struct err err = {0};
    (void)state;
    put(at("victim"), "precious");
    assert_int_equal(symlink("victim", at("soft")), 0);
    assert_true(folder_is_own_file(at("victim")));
    assert_true(folder_is_own_file(at("nothing")));
    assert_false(folder_is_own_file(at("soft")));
    assert_int_equal(link(at("victim"), at("hard")), 0);
    assert_false(folder_is_own_file(at("hard")));
    assert_true(folder_write(at("soft"), "new", 3, &err));
    assert_string_equal(text_of(at("victim")), "precious");
    assert_string_equal(text_of(at("soft")), "new");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_finished_file_appears),
        cmocka_unit_test(an_unfinished_file_does_not_appear),
        cmocka_unit_test(drafts_of_ended_processes_are_removed),
        cmocka_unit_test(the_longest_file_name_is_accepted),
        cmocka_unit_test(links_are_not_own_files),
    };
    return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
