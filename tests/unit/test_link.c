/* test_link.c - tests of geo/figures/link.
 * The status that follows from a record's location and its declaration. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "geo/figures/link.h"
#include "tests/unit/country.h"

struct fixture {
    struct country *country;
    struct geo_edition *edition;
    struct geo_names *names;
    struct geo_urban *urban;
};

static int set_up(void **state)
{
    struct err err = {0};
    struct fixture *fixture = calloc(1, sizeof *fixture);
    fixture->country = country_new();
    fixture->edition = geo_edition_load(fixture->country->store, "seis", &err);
    fixture->names =
        fixture->edition ? geo_names_build(fixture->edition, fixture->country->store, &err) : NULL;
    fixture->urban = geo_urban_open(fixture->country->store, &err);
    if (!fixture->names)
        print_error("%s\n", err.message);
    *state = fixture;
    return fixture->names ? 0 : -1;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    geo_urban_close(fixture->urban);
    geo_names_free(fixture->names);
    geo_edition_free(fixture->edition);
    country_free(fixture->country);
    free(fixture);
    return 0;
}

static const char *code_of(const struct fixture *fixture, int unit)
{
    return unit < 0 ? "-" : geo_edition_unit(fixture->edition, (size_t)unit)->codigo;
}

static struct geo_link *link_draft(const struct fixture *fixture, struct draft *draft, size_t *n)
{
    struct err err = {0};
    struct geo_link *links = NULL;
    struct geo_record record = {.wkb = (const unsigned char *)draft->wkb.data,
                                .wkb_len = draft->wkb.len,
                                .values = draft->values};
    if (!geo_link_record(fixture->edition, fixture->names, fixture->urban, draft->table, &record,
                         &links, n, &err))
        fail_msg("%s", err.message);
    buf_free(&draft->wkb);
    return links;
}

enum { NO_DISTANCE = -1 };

static void points_are_linked_by_place_and_declaration(void **state)
{
    /* A degree of longitude at 17.95 S is 105,921 m, so 0.01 is 1,059 m. */
    static const struct {
        const char *name;
        bool located;
        double lon, lat;
        const char *codigo, *nombre, *departamento; /* declared */
        const char *linked, *method, *state;
        double distance_m, tolerance_m;
        bool urban;
    } cases[] = {
        {"nothing declared", true, -65.95, -17.85, NULL, NULL, NULL, "010104", "geometria",
         "ubicado", NO_DISTANCE, 0, false},
        {"declared by code", true, -65.95, -17.85, "010104", NULL, NULL, "010104", "geometria",
         "coincide", 0, 0, false},
        {"declared by name", true, -65.95, -17.85, NULL, "MACHARETI", NULL, "010104", "geometria",
         "coincide", 0, 0, false},
        {"1,059 m from the declared", true, -65.91, -17.95, "050102", NULL, NULL, "010101",
         "geometria", "vecino", 1059.2, 1, false},
        {"1,991 m from the declared", true, -65.9188, -17.95, "050102", NULL, NULL, "010101",
         "geometria", "vecino", 1991.3, 1, false},
        {"2,012 m from the declared", true, -65.919, -17.95, "050102", NULL, NULL, "010101",
         "geometria", "conflicto", 2012.5, 1, false},
        {"on a border the lower code", true, -65.9, -17.95, NULL, NULL, NULL, "010101", "geometria",
         "ubicado", NO_DISTANCE, 0, false},
        {"on a border, the other declared", true, -65.9, -17.95, "050102", NULL, NULL, "010101",
         "geometria", "vecino", 0, 0, false},
        {"in a town", true, -65.95, -17.95, NULL, NULL, NULL, "010101", "geometria", "ubicado",
         NO_DISTANCE, 0, true},
        {"in the lake", true, -65.69, -17.85, NULL, NULL, NULL, "080606", "cercano", "en_agua",
         1059.8, 1, false},
        {"in the lake, another declared", true, -65.69, -17.85, "010101", NULL, NULL, "080606",
         "cercano", "en_agua", 1059.8, 1, false},
        {"outside", true, -60, -10, NULL, NULL, NULL, "-", "ninguno", "fuera", NO_DISTANCE, 0,
         false},
        {"outside, linked by its declaration", true, -66.01, -17.95, "010101", NULL, NULL, "010101",
         "codigo", "fuera", 1059.2, 1, false},
        {"outside, declared by name", true, -66.01, -17.95, NULL, "Sucre", NULL, "010101", "nombre",
         "fuera", 1059.2, 1, false},
        {"by code alone", false, 0, 0, "080606", NULL, NULL, "080606", "codigo", "declarado",
         NO_DISTANCE, 0, false},
        {"by name alone", false, 0, 0, NULL, "trinidad", NULL, "080606", "nombre", "declarado",
         NO_DISTANCE, 0, false},
        {"code before name", false, 0, 0, "080606", "Sucre", NULL, "080606", "codigo", "declarado",
         NO_DISTANCE, 0, false},
        {"unknown code, known name", false, 0, 0, "999999", "Sucre", NULL, "010101", "nombre",
         "declarado", NO_DISTANCE, 0, false},
        {"an ambiguous name links nothing", false, 0, 0, NULL, "San Pedro", NULL, "-", "ninguno",
         "sin_municipio", NO_DISTANCE, 0, false},
        {"its department tells it apart", false, 0, 0, NULL, "San Pedro", "Beni", "080505",
         "nombre", "declarado", NO_DISTANCE, 0, false},
        {"nothing at all", false, 0, 0, NULL, NULL, NULL, "-", "ninguno", "sin_municipio",
         NO_DISTANCE, 0, false},
        {"located, an unknown one declared", true, -65.95, -17.85, NULL, "Xyzzy", NULL, "010104",
         "geometria", "ubicado", NO_DISTANCE, 0, false},
    };
    const struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct draft draft = draft_new("alianzas");
        draft_set(&draft, "municipio_codigo", a_text(cases[i].codigo));
        draft_set(&draft, "municipio_nombre", a_text(cases[i].nombre));
        draft_set(&draft, "municipio_departamento", a_text(cases[i].departamento));
        if (cases[i].located)
            wkb_point(&draft.wkb, cases[i].lon, cases[i].lat);
        size_t n = 0;
        struct geo_link *link = link_draft(fixture, &draft, &n);
        bool distance_fits =
            cases[i].distance_m == NO_DISTANCE
                ? isnan(link->distance_m)
                : fabs(link->distance_m - cases[i].distance_m) <= cases[i].tolerance_m;
        if (n != 1 || strcmp(code_of(fixture, link->unit), cases[i].linked) != 0 ||
            strcmp(geo_link_method_name(link->method), cases[i].method) != 0 ||
            strcmp(geo_link_state_name(link->state), cases[i].state) != 0 || !distance_fits ||
            link->urban != cases[i].urban || !link->main || link->share != 1)
            fail_msg("%s: %s %s %s %.1f m", cases[i].name, code_of(fixture, link->unit),
                     geo_link_method_name(link->method), geo_link_state_name(link->state),
                     link->distance_m);
        free(link);
    }
}

static void lines_and_polygons_are_linked_by_share(void **state)
{
    static const struct {
        const char *name, *table;
        double box[4]; /* of the square, or from one end of the line to the other */
        const char *declared;
        size_t n;
        struct {
            const char *codigo, *method, *state;
            double share;
        } links[4];
    } cases[] = {
        {"inside one",
         "areas_riego",
         {-65.95, -17.85, -65.94, -17.84},
         "010104",
         1,
         {{"010104", "geometria", "coincide", 1}}},
        {"60 and 40",
         "areas_riego",
         {-65.96, -17.95, -65.86, -17.94},
         NULL,
         2,
         {{"010101", "geometria", "ubicado", 0.6}, {"050102", "geometria", "ubicado", 0.4}}},
        {"main is not the declared",
         "areas_riego",
         {-65.96, -17.95, -65.86, -17.94},
         "050102",
         2,
         {{"010101", "geometria", "vecino", 0.6}, {"050102", "geometria", "vecino", 0.4}}},
        {"far from the declared",
         "areas_riego",
         {-65.96, -17.95, -65.86, -17.94},
         "080606",
         2,
         {{"010101", "geometria", "conflicto", 0.6}, {"050102", "geometria", "conflicto", 0.4}}},
        {"three quarters abroad",
         "areas_riego",
         {-66.03, -17.95, -65.99, -17.94},
         NULL,
         2,
         {{"010101", "geometria", "ubicado", 0.25}, {"-", "ninguno", "fuera", 0.75}}},
        {"all abroad",
         "areas_riego",
         {-66.1, -17.95, -66.05, -17.94},
         NULL,
         1,
         {{"-", "ninguno", "fuera", 1}}},
        {"all abroad, declared",
         "areas_riego",
         {-66.1, -17.95, -66.05, -17.94},
         "010101",
         1,
         {{"010101", "codigo", "fuera", 1}}},
        {"all in the lake",
         "areas_riego",
         {-65.69, -17.85, -65.68, -17.84},
         NULL,
         1,
         {{"080606", "cercano", "en_agua", 1}}},
        {"in the lake, from the shore",
         "areas_riego",
         {-65.7, -17.85, -65.68, -17.84},
         NULL,
         1,
         {{"080606", "cercano", "en_agua", 1}}},
        {"a line of 3 to 1",
         "subproyectos",
         {-65.93, -17.95, -65.89, -17.95},
         NULL,
         2,
         {{"010101", "geometria", "ubicado", 0.75}, {"050102", "geometria", "ubicado", 0.25}}},
    };
    const struct fixture *fixture = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const double *box = cases[i].box;
        struct draft draft = draft_new(cases[i].table);
        draft_set(&draft, "municipio_codigo", a_text(cases[i].declared));
        if (strcmp(cases[i].table, "subproyectos") == 0)
            wkb_line(&draft.wkb, box[0], box[1], box[2], box[3]);
        else
            wkb_square(&draft.wkb, box[0], box[1], box[2], box[3]);
        size_t n = 0;
        double sum = 0;
        struct geo_link *links = link_draft(fixture, &draft, &n);
        if (n != cases[i].n)
            fail_msg("%s: %zu links", cases[i].name, n);
        for (size_t k = 0; k < n; k++) {
            sum += links[k].share;
            if (strcmp(code_of(fixture, links[k].unit), cases[i].links[k].codigo) != 0 ||
                strcmp(geo_link_method_name(links[k].method), cases[i].links[k].method) != 0 ||
                strcmp(geo_link_state_name(links[k].state), cases[i].links[k].state) != 0 ||
                fabs(links[k].share - cases[i].links[k].share) > 1e-5 || links[k].main != (k == 0))
                fail_msg("%s: link %zu: %s %s %s %.9f", cases[i].name, k,
                         code_of(fixture, links[k].unit), geo_link_method_name(links[k].method),
                         geo_link_state_name(links[k].state), links[k].share);
        }
        assert_true(fabs(sum - 1) < 1e-12);
        free(links);
    }
}

/* A line of many vertices that wanders about; its main part lies in some municipality. */
static void put_walk(struct buf *wkb, double *xy, size_t n, uint64_t *dice)
{
    double x = dice_real(dice, -66, -65.7), y = dice_real(dice, -18, -17.8);
    put_head(wkb, 2);
    put_u32(wkb, (uint32_t)n);
    for (size_t i = 0; i < n; i++) {
        x += dice_real(dice, -0.003, 0.003);
        y += dice_real(dice, -0.003, 0.003);
        x = fmin(fmax(x, -65.999), -65.701);
        y = fmin(fmax(y, -17.999), -17.801);
        xy[2 * i] = x;
        xy[2 * i + 1] = y;
        put_xy(wkb, x, y);
    }
}

static void the_nearest_of_all_vertices_decides(void **state)
{
    enum { MOST = 3000, LINES = 120 };
    const struct fixture *fixture = *state;
    static double xy[2 * MOST];
    uint64_t dice = 4;
    int unit = geo_edition_find(fixture->edition, "080606");
    size_t measured = 0;
    for (int line = 0; line < LINES; line++) {
        struct draft draft = draft_new("subproyectos");
        size_t n = 300 + (size_t)dice_int(&dice, MOST - 300), n_links = 0;
        double least = INFINITY;
        draft_set(&draft, "municipio_codigo", a_text("080606"));
        put_walk(&draft.wkb, xy, n, &dice);
        struct geo_link *links = link_draft(fixture, &draft, &n_links);
        for (size_t i = 0; i < n; i++)
            least =
                fmin(least, geo_edition_distance(fixture->edition, unit, xy[2 * i], xy[2 * i + 1]));
        for (size_t k = 0; k < n_links; k++) {
            if (!links[k].main || links[k].unit == unit)
                continue;
            assert_true(links[k].distance_m == least);
            assert_int_equal(links[k].state,
                             least <= GEO_NEXT_TO_M ? GEO_STATE_NEXT : GEO_STATE_CONFLICT);
            measured += least > 0;
        }
        free(links);
    }
    assert_true(measured > LINES / 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(points_are_linked_by_place_and_declaration),
        cmocka_unit_test(lines_and_polygons_are_linked_by_share),
        cmocka_unit_test(the_nearest_of_all_vertices_decides),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
