/* faults.c - writes the page and the workbook of corrections of a made-up import.
 *
 *     faults plain|hostile|many|clean PAGE.html BOOK.xlsx   the JSON of the first sheet on stdout
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/folder.h"
#include "layers/report/fault_book.h"
#include "layers/report/fault_page.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define TEXT(text)               \
    {                            \
        SOURCE_CELL_TEXT, (text) \
    }
#define NUMBER(text)               \
    {                              \
        SOURCE_CELL_NUMBER, (text) \
    }
#define DATE(text)               \
    {                            \
        SOURCE_CELL_DATE, (text) \
    }
#define NONE                    \
    {                           \
        SOURCE_CELL_EMPTY, NULL \
    }

static const char *const columns[] = {"Código",
                                      "Alianza",
                                      "Rubro",
                                      "Familias",
                                      "Mujeres",
                                      "Comprometido (Bs)",
                                      "Fecha del convenio",
                                      "Municipio",
                                      "Longitud",
                                      "Latitud",
                                      "Observaciones"};

static const struct source_cell first[] = {TEXT("A-001"),
                                           TEXT("Riego Tarabuco"),
                                           TEXT("Riego tecnificado"),
                                           TEXT("doce"),
                                           NUMBER("7"),
                                           NUMBER("486250.5"),
                                           DATE("2019-06-07"),
                                           TEXT("Tarabuco"),
                                           NUMBER("-64.873049"),
                                           NUMBER("-19.271646"),
                                           TEXT("=1+1 no es una fórmula")};
static const struct source_cell second[] = {TEXT("000102"),
                                            TEXT("Miel Villa Tunari"),
                                            TEXT("abejas"),
                                            NUMBER("24"),
                                            NUMBER("31"),
                                            TEXT("215.800,00"),
                                            TEXT("31/02/2016"),
                                            TEXT("Villa Tunari"),
                                            NUMBER("-66.123456789012"),
                                            NUMBER("-16.5"),
                                            NONE};
static const struct source_cell third[] = {NONE,
                                           TEXT("Truchas _x0041_ Copacabana"),
                                           TEXT("Piscicultura"),
                                           NUMBER("18"),
                                           NUMBER("7"),
                                           NUMBER("12345678901234567"),
                                           NONE,
                                           TEXT("San Pedro"),
                                           NUMBER("-66.12345678901234"),
                                           NONE,
                                           {SOURCE_CELL_PERCENT, "12.5"}};
static const struct source_cells rows[] = {
    {12, COUNT(first), first}, {3, COUNT(second), second}, {40, COUNT(third), third}};

static const struct fault_entry faults[] = {
    {12, 3, "familias", "doce", "«doce» no es un entero", "un entero de 0 a 100.000", false},
    {3, 2, "rubro", "abejas", "«abejas» no es un rubro",
     "Riego tecnificado, Agua para ganadería, Apicultura, Piscicultura u Otro", false},
    {3, 4, "mujeres", "31", "mujeres (31) son más que familias (24)", NULL, false},
    {3, 6, "fecha_convenio", "31/02/2016", "«31/02/2016» no es una fecha",
     "día, mes y año, como 14/05/2018", false},
    {40, 0, "codigo", NULL, "falta, y es obligatorio", "un texto que no se repite", false},
    {40, 7, "municipio_nombre", "San Pedro",
     "hay 2 municipios con el nombre «San Pedro»: en Santa Cruz (071002) y en Pando (090302)",
     "el código, o el nombre con su departamento", false},
    {40, -1, NULL, NULL, "sin coordenada", NULL, true},
    {7, 3, "familias", "0", "ninguna familia: «0»", NULL, true},
};

static const char *const notes[] = {
    "Las filas 1 a 2 son título y no se leen: «PROGRAMA EMPODERAR».",
    "Columnas sin usar: Observaciones."};

static const struct fault_sheet plain_sheets[] = {
    {.name = "Registro 2021",
     .place = "fila",
     .columns = columns,
     .n_columns = COUNT(columns),
     .faults = faults,
     .n_faults = COUNT(faults),
     .rows = rows,
     .n_rows = COUNT(rows),
     .notes = notes,
     .n_notes = COUNT(notes)},
};

/* Everything that a source could try on the reader of the page. */
#define EVIL "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&\xE2\x80\xAE\x01"
static const char *const evil_columns[] = {EVIL, "a]:*?/\\b"};
static const struct source_cell evil_cells[] = {TEXT(EVIL), TEXT("\xFF\xFE")};
static const struct source_cell no_xml[] = {TEXT("\xEF\xBF\xBF")};
static char long_text[40001]; /* more than a cell holds */
static const struct source_cell too_long[] = {TEXT(long_text)};
static const struct source_cells evil_rows[] = {
    {2, 2, evil_cells}, {3, 1, evil_cells}, {4, 1, no_xml}, {5, 1, too_long}};
static const struct fault_entry evil_faults[] = {
    {2, 0, EVIL, EVIL, "«" EVIL "» " EVIL, EVIL, false},
    {2, 1, EVIL, "\xFF\xFE", EVIL, NULL, true},
    {3, 99, EVIL, "", EVIL, NULL, false},
};
static const char *const evil_notes[] = {EVIL};
static const struct fault_sheet evil_sheets[] = {
    {.name = "Instrucciones",
     .place = EVIL,
     .columns = evil_columns,
     .n_columns = 2,
     .faults = evil_faults,
     .n_faults = 3,
     .rows = evil_rows,
     .n_rows = 4,
     .notes = evil_notes,
     .n_notes = 1},
    {.name = "[]:*?" EVIL,
     .place = "fila",
     .columns = evil_columns,
     .n_columns = 2,
     .faults = evil_faults,
     .n_faults = 1,
     .rows = evil_rows,
     .n_rows = 2},
};

/* The same fault in 120 rows, another in each row with another value, 6,000 of a third. */
enum { MANY = 6000 };
static struct fault_entry many[MANY + 240 + 3];
static char values[120][16];

static struct fault_sheet many_sheet(void)
{
    size_t n = 0;
    for (int i = 0; i < MANY; i++)
        many[n++] = (struct fault_entry){200 + 2 * i, 0, "codigo", NULL, "falta", NULL, false};
    for (int i = 0; i < 120; i++) {
        snprintf(values[i], sizeof values[i], "x%d", i);
        many[n++] = (struct fault_entry){
            122 - i, 2, "rubro", "abejas", "«abejas» no es un rubro", NULL, false};
        many[n++] = (struct fault_entry){3 + i, 3, "familias", values[i], "", NULL, false};
    }
    for (size_t i = 1; i < 240; i += 2) {
        static char messages[240][40];
        snprintf(messages[i], sizeof messages[i], "«%s» no es un entero", many[MANY + i].value);
        many[MANY + i].message = messages[i];
    }
    for (int i = 0; i < 3; i++)
        many[n++] = (struct fault_entry){2, 1, "nombre", NULL, "muy corto", NULL, true};
    return (struct fault_sheet){.name = "",
                                .place = "línea",
                                .columns = columns,
                                .n_columns = COUNT(columns),
                                .faults = many,
                                .n_faults = n,
                                .rows = rows,
                                .n_rows = COUNT(rows)};
}

static struct fault_report report_of(const char *kind, struct fault_sheet *made)
{
    struct fault_report report = {.source = "registro 2021.xlsx",
                                  .layer = "alianzas",
                                  .layer_title = "Alianzas",
                                  .date = "2026-11-30",
                                  .book = "registro 2021 por corregir.xlsx",
                                  .read = 412,
                                  .created = 390,
                                  .updated = 12,
                                  .unchanged = 7,
                                  .rejected = 3,
                                  .warned = 1,
                                  .sheets = plain_sheets,
                                  .n_sheets = 1};
    if (strcmp(kind, "hostile") == 0) {
        report.source = report.layer_title = report.book = report.stopped = EVIL;
        report.sheets = evil_sheets;
        report.n_sheets = 2;
        memset(long_text, 'x', sizeof long_text - 1);
    } else if (strcmp(kind, "many") == 0) {
        *made = many_sheet();
        report.sheets = made;
        report.dry_run = true;
    } else if (strcmp(kind, "clean") == 0) {
        report.n_sheets = 0;
        report.book = NULL;
        report.rejected = report.warned = 0;
    }
    return report;
}

int main(int argc, char **argv)
{
    struct err err = {0};
    struct buf page, book, json;
    struct fault_sheet made;
    size_t map_at;
    if (argc != 4)
        return 2;
    struct fault_report report = report_of(argv[1], &made);
    buf_init(&page);
    buf_init(&book);
    buf_init(&json);
    bool ok = fault_page_write(&report, &page, &map_at, &err) &&
              folder_write(argv[2], page.data, page.len, &err);
    if (ok && fault_book_needed(&report))
        ok = fault_book_write(&report, &book, &err) &&
             folder_write(argv[3], book.data, book.len, &err);
    buf_putc(&json, '{');
    if (report.n_sheets)
        fault_put_json(&json, &report.sheets[0], report.sheets[0].faults,
                       report.sheets[0].n_faults);
    buf_puts(&json, "}\n");
    fputs(json.data, stdout);
    if (!ok)
        fprintf(stderr, "%s\n", err.message);
    buf_free(&page);
    buf_free(&book);
    buf_free(&json);
    return ok ? 0 : 1;
}
