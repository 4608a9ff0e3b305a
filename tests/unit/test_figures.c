/* test_figures.c - walks the figures.
 * Command, help, URL and parameters of each come from its one description, and are whole. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "geo/analysis/crosswalk.h"
#include "geo/analysis/targeting.h"
#include "geo/base/text.h"
#include "geo/catalog/column_words.h"
#include "geo/catalog/figure.h"
#include "server/figures/figure_command.h"
#include "server/figures/figure_help.h"
#include "server/figures/figure_http.h"
#include "server/figures/figure_output.h"
#include "server/routes.h"

static const char *command_of(const struct figure *figure)
{
    return figure->command ? figure->command : "(no command)";
}

static void check_text(const struct figure *figure, const char *what, const char *text)
{
    if (!text || !text[0])
        fail_msg("figure %s has no %s", command_of(figure), what);
    if (!text_is_utf8(text, strlen(text)))
        fail_msg("figure %s: its %s is not UTF-8", command_of(figure), what);
}

static void every_figure_is_described(void **state)
{
    (void)state;
    for (size_t i = 0; figures[i]; i++) {
        const struct figure *figure = figures[i];
        check_text(figure, "command", figure->command);
        check_text(figure, "name", figure->name);
        check_text(figure, "title", figure->title);
        check_text(figure, "summary", figure->summary);
        check_text(figure, "about", figure->about);
        check_text(figure, "columns", figure->columns);
        check_text(figure, "examples", figure->examples);
        if (strlen(figure->title) > 31)
            fail_msg("figure %s: a sheet's name has at most 31 characters", figure->command);
        if (strncmp(figure->examples, "sigg ", 5) != 0 ||
            strncmp(figure->examples + 5, figure->command, strlen(figure->command)) != 0)
            fail_msg("figure %s: its first example is another command", figure->command);
        assert_non_null(figure->make);
        if (figure_named(figure->name) != figure)
            fail_msg("two figures are named %s", figure->name);
        for (size_t other = 0; other < i; other++)
            if (strcmp(figures[other]->command, figure->command) == 0 ||
                (figure->path && figures[other]->path &&
                 strcmp(figures[other]->path, figure->path) == 0))
                fail_msg("two figures are %s", figure->command);
    }
}

static void every_parameter_is_described(void **state)
{
    (void)state;
    for (size_t i = 0; figures[i]; i++) {
        size_t n = 0;
        for (const struct param *param = figures[i]->params; param->name; param++, n++) {
            struct param_value value = {0};
            struct err err = {0};
            if (!param->title || (param->kind != PARAM_FLAG && !param->value))
                fail_msg("%s: %s has no title or value", figures[i]->command, param->name);
            if (param->fallback && !param_read(param, param->fallback, true, &value, &err))
                fail_msg("%s: %s: the fallback: %s", figures[i]->command, param->name, err.message);
        }
        assert_true(n + 2 < PARAMS_MAX); /* with f and the end */
    }
}

static const struct param *param_of(const struct figure *figure, const char *name)
{
    for (const struct param *param = figure->params; param->name; param++)
        if (strcmp(param->name, name) == 0)
            return param;
    return NULL;
}

/* The same word means the same wherever it is accepted. */
static void shared_parameters_mean_the_same(void **state)
{
    static const char *const shared[] = {"as-of", "edition", "departamento", "uo"};
    static const char *const groups[] = {"nacional", "departamento", "uo", "municipio"};
    (void)state;
    for (size_t i = 0; figures[i]; i++) {
        for (size_t s = 0; s < sizeof shared / sizeof *shared; s++) {
            const struct param *param = param_of(figures[i], shared[s]), *first = NULL;
            for (size_t other = 0; !first; other++)
                first = param_of(figures[other], shared[s]);
            if (param && (strcmp(param->title, first->title) != 0 || param->kind != first->kind ||
                          param->fallback))
                fail_msg("%s: %s means something else", figures[i]->command, shared[s]);
        }
        const struct param *by = param_of(figures[i], "by");
        size_t at = 0;
        for (size_t c = 0; by && by->choices[c]; c++, at++) {
            while (at < 4 && strcmp(groups[at], by->choices[c]) != 0)
                at++;
            if (at == 4)
                fail_msg("%s: by: %s is no group, or out of order", figures[i]->command,
                         by->choices[c]);
        }
    }
}

static void older_spellings_are_accepted(void **state)
{
    static const struct {
        const char *figure, *param, *older, *now;
    } cases[] = {{"series", "step", "year", "anio"},
                 {"series", "step", "semester", "semestre"},
                 {"focalizacion", "by", "all", "nacional"}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct param *param = param_of(figure_named(cases[i].figure), cases[i].param);
        struct param_value value = {0};
        struct err err = {0};
        assert_true(param_read(param, cases[i].older, true, &value, &err));
        assert_string_equal(value.text, cases[i].now);
        assert_true(param_read(param, cases[i].now, true, &value, &err));
        assert_string_equal(value.text, cases[i].now);
        assert_false(param_read(param, "nada", true, &value, &err));
        assert_null(strstr(err.message, cases[i].older));
    }
}

static void every_column_has_a_meaning(void **state)
{
    struct err err = {0};
    struct column_words *words = column_words_load(&err);
    (void)state;
    assert_non_null(words);
    for (size_t i = 0; figures[i]; i++)
        for (const char *at = figures[i]->columns; *at; at += strspn(at, " ")) {
            char name[96];
            size_t len = strcspn(at, " ");
            assert_true(len < sizeof name);
            memcpy(name, at, len);
            name[len] = '\0';
            if (!column_title(words, figures[i]->name, name) ||
                !column_definition(words, figures[i]->name, name))
                fail_msg("%s: the column %s has no title and definition in columns.json",
                         figures[i]->command, name);
            at += len;
        }
    column_words_free(words);
}

static void the_command_is_found(void **state)
{
    (void)state;
    for (size_t i = 0; figures[i]; i++) {
        char words[64], *argv[] = {words, NULL, "--by"};
        int n = 0;
        snprintf(words, sizeof words, "%s", figures[i]->command);
        char *blank = strchr(words, ' ');
        if (blank)
            *blank = '\0';
        argv[1] = blank ? blank + 1 : "--x";
        assert_ptr_equal(figure_command_find(3, argv, &n), figures[i]);
        assert_int_equal(n, blank ? 2 : 1);
    }
    char *nothing[] = {"nada"};
    int n = 0;
    assert_null(figure_command_find(1, nothing, &n));
    assert_null(figure_command_find(0, nothing, &n));
}

static void the_help_names_everything(void **state)
{
    (void)state;
    for (size_t i = 0; figures[i]; i++) {
        struct buf help;
        struct err err = {0};
        buf_init(&help);
        assert_true(figure_help_put(figures[i], &help, &err));
        for (const struct param *param = figures[i]->params; param->name; param++) {
            char option[64];
            snprintf(option, sizeof option, "  %s%s",
                     param->position  ? ""
                     : param->name[1] ? "--"
                                      : "-",
                     param->position ? param->value : param->name);
            if (!strstr(help.data, option))
                fail_msg("%s --help does not name %s", figures[i]->command, param->name);
        }
        assert_non_null(strstr(help.data, "--format F"));
        assert_non_null(strstr(help.data, "-o ARCHIVO"));
        assert_non_null(strstr(help.data, "Columnas:"));
        if (figures[i]->path)
            assert_non_null(strstr(help.data, figures[i]->path));
        for (const char *line = help.data, *end; (end = strchr(line, '\n')); line = end + 1) {
            size_t width = 0;
            for (const char *c = line; c < end; c++)
                width += ((unsigned char)*c & 0xC0) != 0x80;
            if (width > 80)
                fail_msg("%s --help: a line of %zu columns", figures[i]->command, width);
        }
        buf_free(&help);
    }
}

static void the_url_is_answered_by_the_figure(void **state)
{
    (void)state;
    for (size_t i = 0; figures[i]; i++) {
        const struct figure *figure = figures[i];
        struct param_value values[PARAMS_MAX] = {{0}};
        struct figure_args args;
        struct err err = {0};
        bool required = false;
        const struct route *route = routes();
        if (!figure->path)
            continue;
        while (route->method && route->pattern != figure->path)
            route++;
        if (!route->method)
            fail_msg("%s has no route", figure->path);
        assert_true(route->handler == figure_http_get);
        param_fall_back(route->params, values);
        for (const struct param *param = figure->params; param->name; param++) {
            const struct param *there = route->params;
            while (there->name && strcmp(there->name, param->name) != 0)
                there++;
            if ((there->name == NULL) != param->command_only)
                fail_msg("%s: %s is accepted in one place only", figure->path, param->name);
            required = required || param->required;
        }
        assert_int_equal(figure_http_args(route, values, &args, &err), !required);
        if (!required)
            for (const struct param *param = figure->params; param->name; param++)
                if (param->fallback)
                    assert_non_null(figure_text(&args, param->name));
    }
}

static void the_formats_are_those_of_the_rows(void **state)
{
    (void)state;
    for (size_t i = 0; figures[i]; i++) {
        const char *const *here = figure_format_choices(figures[i], false);
        const char *const *there = figure_format_choices(figures[i], true);
        size_t n = 0;
        while (here[n]) {
            assert_string_equal(here[n], figure_formats[n].name);
            n++;
        }
        assert_int_equal(n, figures[i]->place == FIGURE_NOWHERE ? FIGURE_GEOJSON : FIGURE_FORMATS);
        assert_string_equal(there[0], "json");
    }
}

static double fallback_of(const char *figure, const char *name)
{
    const struct param *param = param_of(figure_named(figure), name);
    struct param_value value = {0};
    assert_true(param_read(param, param->fallback, false, &value, NULL));
    return param->kind == PARAM_INT ? (double)value.integer : value.real;
}

/* Numbers written in two places. */
static void fallbacks_are_those_of_the_analysis(void **state)
{
    (void)state;
    assert_true(fallback_of("correspondencia", "tolerance") == GEO_CROSSWALK_TOLERANCE_M);
    assert_true(fallback_of("focalizacion", "concentration") == GEO_TARGET_CONCENTRATION);
    assert_true(fallback_of("focalizacion", "draws") == GEO_TARGET_DRAWS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_figure_is_described),
        cmocka_unit_test(every_parameter_is_described),
        cmocka_unit_test(shared_parameters_mean_the_same),
        cmocka_unit_test(older_spellings_are_accepted),
        cmocka_unit_test(every_column_has_a_meaning),
        cmocka_unit_test(the_command_is_found),
        cmocka_unit_test(the_help_names_everything),
        cmocka_unit_test(the_url_is_answered_by_the_figure),
        cmocka_unit_test(the_formats_are_those_of_the_rows),
        cmocka_unit_test(fallbacks_are_those_of_the_analysis),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
