/* form_columns.c - decides the columns of a form: their order, headings and what they take. */
#include <stdio.h>
#include <string.h>

#include "geo/base/number.h"
#include "layers/report/form_internal.h"

/* From here on a limit is only there to catch slips, and is not worth saying. */
#define FAR_BOUND 1e6

/* The list of that name, made if it is new. */
static struct form_list *list_of(struct form_book *book, const char *name)
{
    for (size_t i = 0; i < book->n_lists; i++)
        if (strcmp(book->lists[i].name, name) == 0)
            return &book->lists[i];
    struct form_list *list = &book->lists[book->n_lists++];
    list->name = name;
    return list;
}

static bool add_item(struct form_book *book, struct form_list *list, const char *item)
{
    if (list->n == list->cap) {
        size_t cap = list->cap ? 2 * list->cap : 16;
        const char **items = arena_array(book->arena, cap, sizeof *items);
        if (!items)
            return false;
        if (list->n)
            memcpy(items, list->items, list->n * sizeof *items);
        list->items = items;
        list->cap = cap;
    }
    list->items[list->n++] = item;
    return true;
}

static bool list_choices(struct form_book *book, struct form_column *column)
{
    const char *name = arena_printf(book->arena, "lista_%s", column->name);
    column->list = arena_printf(book->arena, "=lista_%s", column->name);
    bool ok = name && column->list;
    struct form_list *list = ok ? list_of(book, name) : NULL;
    for (const struct geo_choice *choice = column->field->choices; ok && choice->value; choice++)
        ok = add_item(book, list, choice->label);
    return ok;
}

static bool list_yes_no(struct form_book *book, struct form_column *column)
{
    struct form_list *list = list_of(book, "lista_si_no");
    column->list = arena_strdup(book->arena, "=lista_si_no");
    return column->list && (list->n || (add_item(book, list, "Sí") && add_item(book, list, "No")));
}

static bool list_alliances(struct form_book *book, struct form_column *column)
{
    struct form_list *list = list_of(book, "lista_alianzas");
    column->list = arena_strdup(book->arena, "=lista_alianzas");
    for (size_t i = 0; column->list && i < book->n_alliances; i++)
        if (!add_item(book, list, book->alliances[i]))
            return false;
    return column->list != NULL;
}

static bool list_departments(struct form_book *book, struct form_column *column)
{
    struct form_list *list = list_of(book, "lista_departamentos");
    column->list = arena_strdup(book->arena, "=lista_departamentos");
    bool ok = column->list != NULL;
    for (size_t i = 0; ok && i < book->n_units; i++)
        if (i == 0 || strcmp(book->units[i].departamento, book->units[i - 1].departamento) != 0)
            ok = add_item(book, list, book->units[i].departamento);
    return ok;
}

/* The municipalities of the department that stands one column to the left; without a department,
 * all. They stand by department on their sheet, so that each has one range. */
static bool list_municipalities(struct form_book *book, struct form_column *column, size_t at)
{
    char left[LXW_MAX_CELL_NAME_LENGTH];
    lxw_rowcol_to_cell_abs(left, 1, (lxw_col_t)(at - 1), 0, 1);
    column->list = arena_printf(book->arena,
                                "=IF(%s=\"\",lista_municipios,OFFSET(" FORM_SHEET_UNITS "!$B$1,"
                                "MATCH(%s," FORM_SHEET_UNITS
                                "!$A:$A,0)-1,0,COUNTIF(" FORM_SHEET_UNITS "!$A:$A,%s),1))",
                                left, left, left);
    return column->list != NULL;
}

static bool is_code_of_unit(const struct form_book *book, const struct form_column *column)
{
    bool facts = strcmp(book->table->name, "hechos_municipio") == 0;
    return strcmp(column->name, facts ? "codigo" : "municipio_codigo") == 0;
}

static bool make_list(struct form_book *book, struct form_column *column, size_t at)
{
    if (!column->field)
        return true;
    if (column->field->type == GEO_CHOICE)
        return list_choices(book, column);
    if (column->field->type == GEO_FLAG)
        return list_yes_no(book, column);
    if (strcmp(column->name, "alianza_codigo") == 0)
        return book->n_alliances == 0 || list_alliances(book, column);
    if (strcmp(column->name, "municipio_departamento") == 0)
        return list_departments(book, column);
    if (strcmp(column->name, "municipio_nombre") == 0)
        return list_municipalities(book, column, at);
    if (is_code_of_unit(book, column))
        return (column->list = arena_strdup(book->arena, "=lista_codigos")) != NULL;
    return true;
}

/* What it takes ------------------------------------------------------------------- */

/* 1990, 100.000 */
static void put_bound(struct buf *out, double bound)
{
    if (bound < 10000)
        buf_put_real(out, bound);
    else
        number_put_short(out, bound, 0);
}

static void put_range(struct buf *out, const struct geo_field *field)
{
    if (field->min == 0 && field->max == 0)
        return;
    if (field->max < FAR_BOUND) {
        buf_puts(out, ", de ");
        put_bound(out, field->min);
        buf_puts(out, " a ");
        put_bound(out, field->max);
    } else if (field->min == 0)
        buf_puts(out, ", de 0 en adelante");
}

static void put_number(struct buf *out, const struct geo_field *field, const char *what)
{
    buf_puts(out, what);
    put_range(out, field);
    buf_puts(out, ".");
}

static void put_text_words(const struct form_book *book, const struct form_column *column,
                           struct buf *out)
{
    size_t len = strlen(column->name);
    if (strcmp(column->name, "municipio_departamento") == 0)
        buf_puts(out, "Elija el departamento; después, el municipio.");
    else if (strcmp(column->name, "municipio_nombre") == 0)
        buf_puts(out, "Elija el municipio: la lista muestra los del departamento de al lado.");
    else if (strcmp(column->name, "municipio_codigo") == 0)
        buf_puts(out, "En lugar del nombre: seis dígitos, con sus ceros de adelante.");
    else if (is_code_of_unit(book, column))
        buf_puts(out, "El municipio: seis dígitos, con sus ceros de adelante.");
    else if (strcmp(column->name, "hecho") == 0)
        buf_puts(out, "Nombre del hecho, en minúsculas y sin espacios.");
    else if (strcmp(column->name, "alianza_codigo") == 0)
        buf_puts(out, "Código de una alianza ya cargada.");
    else if (len >= 6 && strcmp(column->name + len - 6, "codigo") == 0)
        buf_puts(out, "Texto que no se repite: los ceros de adelante y los guiones cuentan.");
    else
        buf_puts(out, "Texto.");
}

static void put_field_words(const struct form_book *book, const struct form_column *column,
                            struct buf *out)
{
    switch (column->field->type) {
    case GEO_TEXT:
        put_text_words(book, column, out);
        break;
    case GEO_INTEGER:
        put_number(out, column->field, "Número entero");
        break;
    case GEO_REAL:
        put_number(out, column->field, "Número, con decimales si los tiene");
        break;
    case GEO_MONEY:
        put_number(out, column->field, "Monto en bolivianos, con centavos si los tiene");
        break;
    case GEO_DATE:
        buf_puts(out, "Fecha: día, mes y año.");
        break;
    case GEO_CHOICE:
        buf_puts(out, "Elija de la lista.");
        break;
    case GEO_FLAG:
        buf_puts(out, "Elija Sí o No.");
        break;
    }
}

static const char *const place_words[] = {
    [FORM_LON] = "Grados decimales, WGS 84, con signo menos. Deje vacías las columnas UTM.",
    [FORM_LAT] = "Grados decimales, WGS 84, con signo menos. Deje vacías las columnas UTM.",
    [FORM_EAST] = "Metros, UTM, WGS 84, en la zona del municipio. En lugar de longitud y latitud.",
    [FORM_NORTH] = "Metros, UTM, WGS 84, en la zona del municipio. En lugar de longitud y latitud.",
};

static bool make_words(struct form_book *book, struct form_column *column)
{
    struct buf words;
    bool required = column->field && column->field->flags & GEO_REQUIRED;
    const char *example = NULL;
    for (size_t row = 0; row < FORM_EXAMPLES && !example; row++)
        example = form_example(book, row, column);
    buf_init(&words);
    if (required)
        buf_puts(&words, "Obligatorio. ");
    if (column->field)
        put_field_words(book, column, &words);
    else
        buf_puts(&words, place_words[column->place]);
    if (example)
        buf_printf(&words, " Ejemplo: %s", example);
    column->accepts = buf_failed(&words) ? NULL : arena_strdup(book->arena, words.data);
    buf_free(&words);
    return column->accepts != NULL;
}

/* The columns ----------------------------------------------------------------------- */

static bool add_column(struct form_book *book, const struct form_column *made)
{
    struct form_column *column = &book->columns[book->n_columns];
    bool required = made->field && made->field->flags & GEO_REQUIRED;
    *column = *made;
    column->heading = required ? arena_printf(book->arena, "%s *", made->heading)
                               : arena_strdup(book->arena, made->heading);
    return column->heading && make_list(book, column, book->n_columns) &&
           make_words(book, column) && ++book->n_columns;
}

/* The name in exports and in ejemplos.json: money in Bs. */
static const char *public_name(struct form_book *book, const struct geo_field *field)
{
    size_t len = strlen(field->name);
    return field->type == GEO_MONEY
               ? arena_printf(book->arena, "%.*s_bs", (int)(len - strlen("_cts")), field->name)
               : field->name;
}

static bool add_field(struct form_book *book, const struct geo_field *field)
{
    struct form_column column = {.name = public_name(book, field), .field = field};
    column.heading = column.name ? arena_strdup(book->arena, field->title) : NULL;
    return column.heading && add_column(book, &column);
}

/* Department and name before the code: that is the order in which they are chosen. */
static bool add_declared(struct form_book *book)
{
    static const char *const names[] = {"municipio_departamento", "municipio_nombre",
                                        "municipio_codigo"};
    bool ok = true;
    for (size_t i = 0; ok && i < sizeof names / sizeof *names; i++)
        ok = add_field(book, &book->table->fields[geo_table_field(book->table, names[i])]);
    return ok;
}

static bool add_places(struct form_book *book)
{
    char headings[][16] = {"Longitud", "Latitud", "UTM este", "UTM norte"};
    const struct form_column places[] = {
        {.name = "lon", .place = FORM_LON, .heading = headings[0]},
        {.name = "lat", .place = FORM_LAT, .heading = headings[1]},
        {.name = "x", .place = FORM_EAST, .heading = headings[2]},
        {.name = "y", .place = FORM_NORTH, .heading = headings[3]},
    };
    bool ok = true;
    for (size_t i = 0; ok && i < sizeof places / sizeof *places; i++)
        ok = add_column(book, &places[i]);
    return ok;
}

bool form_make_columns(struct form_book *book, struct err *err)
{
    const struct geo_table *table = book->table;
    bool ok = true;
    for (size_t f = 0; ok && f < table->n_fields; f++) {
        const struct geo_field *field = &table->fields[f];
        if (strcmp(field->name, "municipio_codigo") == 0)
            ok = add_declared(book);
        else if (!(field->flags & GEO_DERIVED) && strncmp(field->name, "municipio_", 10) != 0)
            ok = add_field(book, field);
    }
    if (ok && (table->geometry == GEO_POINT || table->geometry == GEO_ANY_GEOMETRY))
        ok = add_places(book);
    return ok || err_no_memory(err);
}
