/* source.c - reads data/generator/source/: facts, and the plan's tables. */
#include "data/generator/generate.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

const char *const uo_names[N_UOS] = {"Beni",  "Chuquisaca", "Cochabamba", "La Paz", "Oruro",
                                     "Pando", "Potosí",     "Santa Cruz", "Tarija", "Chaco"};
const char *const rubro_names[N_RUBROS] = {"riego_tecnificado", "agua_ganaderia", "apicultura",
                                           "piscicultura"};
const char *const event_names[N_EVENTS] = {
    "gobiernos_municipales", "organizaciones_sociales",    "organizaciones_productores",
    "grupos_mujeres",        "llenado_formularios",        "capacitacion_proveedores",
    "capacitacion_planes",   "capacitacion_administracion"};
static const char *const achieved_names[N_ACHIEVED] = {"R1",  "R2",  "R3",  "1.1",  "1.3",
                                                       "2.1", "2.2", "2.6", "3.2.1"};
static const char *const stage_names[N_STAGES] = {"solicitudes", "oportunidades", "planes",
                                                  "certificados", "convenios"};
static const char *const works_names[N_WORKS] = {"recepcion_definitiva", "recepcion_provisional",
                                                 "ejecucion", "licitacion", "evaluacion_fps"};

void fail(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fputs("generate: ", stderr);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    exit(1);
}

void *need(size_t count, size_t size)
{
    void *memory = calloc(count ? count : 1, size);
    if (!memory)
        fail("falta memoria");
    return memory;
}

/* One file of lines; no field holds a line break. */
struct reader {
    FILE *file;
    const char *path;
    int line;
    char *field[24];
    size_t n;
    char text[1024];
};

static void open_source(struct reader *reader, const char *folder, const char *name,
                        const char *header)
{
    char *path = need(strlen(folder) + strlen(name) + 32, 1);
    sprintf(path, "%s/generator/source/%s", folder, name);
    *reader = (struct reader){.file = fopen(path, "rb"), .path = path};
    if (!reader->file)
        fail("%s no se puede abrir", path);
    if (!fgets(reader->text, sizeof reader->text, reader->file) ||
        strncmp(reader->text, header, strlen(header)) != 0)
        fail("%s: la primera línea no es «%s»", path, header);
    reader->line = 1;
}

/* The field at the place, its quotes undone there; returns what follows its
 * comma, or NULL at the end of the line. *field: NULL where a quote stays open. */
static char *next_field(char *at, char **field)
{
    *field = at;
    if (*at != '"') {
        char *comma = strchr(at, ',');
        if (comma)
            *comma++ = '\0';
        return comma;
    }
    char *to = at++;
    for (; *at && (*at != '"' || at[1] == '"'); at++) {
        at += *at == '"'; /* two stand for one */
        *to++ = *at;
    }
    if (*at != '"' || (at[1] && at[1] != ','))
        *field = NULL;
    else
        at++;
    bool more = *at == ',';
    *to = '\0';
    return more ? at + 1 : NULL;
}

static bool next_line(struct reader *reader, size_t n_fields)
{
    if (!fgets(reader->text, sizeof reader->text, reader->file)) {
        fclose(reader->file);
        return false;
    }
    reader->line++;
    reader->text[strcspn(reader->text, "\r\n")] = '\0';
    reader->n = 0;
    bool whole = true;
    for (char *at = reader->text; at && reader->n < COUNT(reader->field); reader->n++) {
        at = next_field(at, &reader->field[reader->n]);
        whole &= reader->field[reader->n] != NULL;
    }
    if (reader->n != n_fields || !whole)
        fail("%s: línea %d: se esperan %zu campos", reader->path, reader->line, n_fields);
    return true;
}

static double number(const struct reader *reader, size_t field)
{
    char *end;
    double value = strtod(reader->field[field], &end);
    if (end == reader->field[field] || *end)
        fail("%s: línea %d: «%s» no es un número", reader->path, reader->line,
             reader->field[field]);
    return value;
}

static int64_t whole(const struct reader *reader, size_t field)
{
    return (int64_t)number(reader, field);
}

static size_t name_index(const struct reader *reader, const char *const *names, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(names[i], reader->field[0]) == 0)
            return i;
    fail("%s: línea %d: «%s» no se conoce", reader->path, reader->line, reader->field[0]);
}

static char *copy(const char *text)
{
    return strcpy(need(strlen(text) + 1, 1), text);
}

static int uo_index(const char *name)
{
    for (int i = 0; i < N_UOS; i++)
        if (strcmp(uo_names[i], name) == 0)
            return i;
    fail("«%s» no es una unidad operativa", name);
}

static void read_towns(struct source *source, const char *folder)
{
    struct reader reader;
    size_t n = 0;
    open_source(&reader, folder, "municipios.csv",
                "codigo,nombre,provincia,departamento,uo,lon,lat,area_km2,poblacion_2020,"
                "poblacion_2024,poblacion_rural_2024,");
    for (; next_line(&reader, 15); n++) {
        if (n == N_TOWNS || strlen(reader.field[0]) != 6)
            fail("%s: línea %d: código o número de municipios", reader.path, reader.line);
        struct town *town = &source->towns[n];
        strcpy(town->codigo, reader.field[0]);
        town->nombre = copy(reader.field[1]);
        town->provincia = copy(reader.field[2]);
        town->departamento = copy(reader.field[3]);
        town->uo = uo_index(reader.field[4]);
        town->lon = number(&reader, 5);
        town->lat = number(&reader, 6);
        town->area_km2 = number(&reader, 7);
        town->people = number(&reader, 9);
        town->rural = number(&reader, 10);
        char *facts = need(256, 1);
        for (size_t i = 7; i < 15; i++)
            sprintf(facts + strlen(facts), "%s%s", i > 7 ? "," : "", reader.field[i]);
        town->facts = facts;
    }
    if (n != N_TOWNS)
        fail("%s: hay %zu municipios, se esperan %d", reader.path, n, N_TOWNS);
}

static void read_outline(struct source *source, const char *folder)
{
    struct reader reader;
    size_t n = 0;
    open_source(&reader, folder, "contorno.csv", "lon,lat");
    for (; next_line(&reader, 2); n++) {
        if (n == COUNT(source->outline))
            fail("%s: demasiados puntos", reader.path);
        source->outline[n][0] = number(&reader, 0);
        source->outline[n][1] = number(&reader, 1);
    }
    bool closed = n > 1 && source->outline[0][0] == source->outline[n - 1][0] &&
                  source->outline[0][1] == source->outline[n - 1][1];
    source->n_outline = closed ? n - 1 : n;
}

static void read_uos(struct source *source, const char *folder)
{
    struct reader reader;
    open_source(&reader, folder, "solicitudes_por_uo.csv",
                "uo,solicitudes_fi,solicitudes_fa,aprobado_eon,rechazado_eon,en_evaluacion,"
                "planes_viables,aprobado_financiera,aprobado_par");
    while (next_line(&reader, 9)) {
        struct uo *uo = &source->uos[uo_index(reader.field[0])];
        int64_t *fields[] = {&uo->fi,         &uo->fa,    &uo->approved, &uo->rejected,
                             &uo->evaluating, &uo->plans, &uo->financed, &uo->certified};
        for (size_t i = 0; i < COUNT(fields); i++)
            *fields[i] = whole(&reader, i + 1);
    }
    open_source(&reader, folder, "alianzas_por_uo.csv",
                "uo,convenios,familias,comprometido_bs,solicitado_bs,transferido_bs,"
                "descargado_bs");
    while (next_line(&reader, 7)) {
        struct uo *uo = &source->uos[uo_index(reader.field[0])];
        uo->agreements = whole(&reader, 1);
        uo->families = whole(&reader, 2);
        for (size_t i = 0; i < 4; i++)
            uo->amounts[i] = whole(&reader, i + 3);
    }
}

static void read_nation(struct source *source, const char *folder)
{
    struct reader reader;
    open_source(&reader, folder, "solicitudes_por_rubro.csv", "rubro,solicitudes");
    while (next_line(&reader, 2))
        source->rubros[name_index(&reader, rubro_names, N_RUBROS)] = whole(&reader, 1);
    open_source(&reader, folder, "procesos_por_anio.csv", "proceso,2018,2019,2020,2021,2022");
    while (next_line(&reader, 6)) {
        size_t stage = name_index(&reader, stage_names, N_STAGES);
        for (size_t i = 0; i < N_YEARS; i++)
            source->by_year[stage][i] = whole(&reader, i + 1);
    }
    open_source(&reader, folder, "subproyectos_por_estado.csv",
                "estado,proyectos,familias,comprometido_empoderar_bs,comprometido_cp_bs,"
                "ejecutado_empoderar_bs,ejecutado_cp_bs");
    while (next_line(&reader, 7)) {
        size_t row = name_index(&reader, works_names, N_WORKS);
        struct works *works = &source->works[row];
        works->estado = works_names[row];
        works->projects = whole(&reader, 1);
        works->families = whole(&reader, 2);
        for (size_t i = 0; i < 4; i++)
            works->amounts[i] = whole(&reader, i + 3);
    }
}

static void read_events(struct source *source, const char *folder)
{
    struct reader reader;
    open_source(&reader, folder, "difusion_eventos.csv",
                "tipo,eventos_fi,participantes_fi,eventos_fa,participantes_fa");
    while (next_line(&reader, 5)) {
        struct events *events = &source->events[name_index(&reader, event_names, N_OUTREACH)];
        for (size_t phase = 0; phase < 2; phase++) {
            events->number[phase] = whole(&reader, 1 + 2 * phase);
            events->people[phase] = whole(&reader, 2 + 2 * phase);
        }
    }
    open_source(&reader, folder, "eventos_por_anio.csv",
                "tipo,eventos_fi,2018,2019,2020,2021,2022");
    while (next_line(&reader, 7)) {
        struct events *events = &source->events[name_index(&reader, event_names, N_EVENTS)];
        int64_t number = 0;
        events->number[0] = whole(&reader, 1);
        for (size_t i = 0; i < N_YEARS; i++)
            number += events->by_year[i] = whole(&reader, i + 2);
        if (events->number[1] && events->number[1] != number)
            fail("%s: línea %d: los años no suman los eventos", reader.path, reader.line);
        events->number[1] = number;
    }
    open_source(&reader, folder, "marco_logrado.csv", "indicador,logrado");
    while (next_line(&reader, 2))
        source->achieved[name_index(&reader, achieved_names, N_ACHIEVED)] = whole(&reader, 1);
}

void source_read(struct source *source, const char *folder)
{
    read_towns(source, folder);
    read_outline(source, folder);
    read_uos(source, folder);
    read_nation(source, folder);
    read_events(source, folder);
}
