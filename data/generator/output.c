/* output.c - writes facts, boundaries and alliances. */
#include "data/generator/generate.h"

#include "geo/base/buf.h"

void json_text(FILE *out, const char *text)
{
    struct buf buf;
    buf_init(&buf);
    buf_put_json(&buf, text);
    if (buf_failed(&buf))
        fail("falta memoria");
    fwrite(buf.data, 1, buf.len, out);
    buf_free(&buf);
}

static void csv_text(FILE *out, const char *text)
{
    struct buf buf;
    buf_init(&buf);
    buf_put_csv(&buf, text);
    if (buf_failed(&buf))
        fail("falta memoria");
    fwrite(buf.data ? buf.data : "", 1, buf.len, out);
    buf_free(&buf);
}

/* At most `decimals` places, no trailing zeros. */
void json_number(FILE *out, double value, int decimals)
{
    struct buf buf;
    buf_init(&buf);
    buf_put_fixed(&buf, value, decimals);
    if (buf_failed(&buf))
        fail("falta memoria");
    fwrite(buf.data, 1, buf.len, out);
    buf_free(&buf);
}

static void json_ring(FILE *out, const struct map *map, const GEOSGeometry *ring, int decimals)
{
    const GEOSCoordSequence *points = GEOSGeom_getCoordSeq_r(map->geos, ring);
    unsigned n = 0;
    GEOSCoordSeq_getSize_r(map->geos, points, &n);
    fputc('[', out);
    for (unsigned i = 0; i < n; i++) {
        double lon, lat;
        /* RFC 7946 wants exterior rings counterclockwise; GEOS's normal form is clockwise. */
        GEOSCoordSeq_getXY_r(map->geos, points, n - 1 - i, &lon, &lat);
        fputs(i ? ",[" : "[", out);
        json_number(out, lon, decimals);
        fputc(',', out);
        json_number(out, lat, decimals);
        fputc(']', out);
    }
    fputc(']', out);
}

static void json_rings(FILE *out, const struct map *map, const GEOSGeometry *polygon, int decimals)
{
    fputc('[', out);
    json_ring(out, map, GEOSGetExteriorRing_r(map->geos, polygon), decimals);
    for (int i = 0; i < GEOSGetNumInteriorRings_r(map->geos, polygon); i++) {
        fputc(',', out);
        json_ring(out, map, GEOSGetInteriorRingN_r(map->geos, polygon, i), decimals);
    }
    fputc(']', out);
}

void json_polygon(FILE *out, const struct map *map, const GEOSGeometry *polygon, int decimals)
{
    GEOSGeometry *normal = GEOSGeom_clone_r(map->geos, polygon);
    GEOSNormalize_r(map->geos, normal); /* a fixed first vertex and direction */
    int n = GEOSGetNumGeometries_r(map->geos, normal);
    fprintf(out, "{\"type\":\"%s\",\"coordinates\":", n == 1 ? "Polygon" : "MultiPolygon");
    for (int i = 0; i < n; i++) {
        fputs(n == 1 ? "" : i ? "," : "[", out);
        json_rings(out, map, GEOSGetGeometryN_r(map->geos, normal, i), decimals);
    }
    fputs(n == 1 ? "}" : "]}", out);
    GEOSGeom_destroy_r(map->geos, normal);
}

void write_facts(const struct source *source, FILE *out)
{
    fputs("codigo,area_km2,poblacion_2020,poblacion_2024,poblacion_rural_2024,"
          "viviendas_rurales_2024,comunidades_rurales,nbi_2012,nbi_2024\n",
          out);
    for (size_t i = 0; i < N_TOWNS; i++)
        fprintf(out, "%s,%s\n", source->towns[i].codigo, source->towns[i].facts);
}

void write_boundaries(const struct source *source, const struct map *map, FILE *out)
{
    fputs("{\"type\":\"FeatureCollection\",\"name\":\"limites\",\n\"features\":[\n", out);
    for (size_t i = 0; i < N_TOWNS; i++) {
        const struct town *town = &source->towns[i];
        const char *const fields[][2] = {{"nombre", town->nombre},
                                         {"provincia", town->provincia},
                                         {"departamento", town->departamento},
                                         {"uo", uo_names[town->uo]}};
        fprintf(out, "{\"type\":\"Feature\",\"properties\":{\"codigo\":\"%s\"", town->codigo);
        for (size_t k = 0; k < COUNT(fields); k++) {
            fprintf(out, ",\"%s\":", fields[k][0]);
            json_text(out, fields[k][1]);
        }
        fputs("},\"geometry\":", out);
        json_polygon(out, map, map->cells[i], 6);
        fputs(i + 1 < N_TOWNS ? "},\n" : "}\n", out);
    }
    fputs("]}\n", out);
}

static void csv_day(FILE *out, int day)
{
    char text[11] = "";
    if (day)
        day_text(day, text);
    fprintf(out, ",%s", text);
}

static void write_alliance(const struct source *source, const struct alliance *item,
                           struct rng *rng, FILE *out)
{
    const struct town *town = &source->towns[item->town];
    char name[160], opp[160], buyer[160];
    const char *const texts[] = {item->codigo, name, opp, buyer};
    names_of(source, item, rng, name, opp, buyer);
    for (size_t i = 0; i < COUNT(texts); i++) {
        if (i)
            fputc(',', out);
        csv_text(out, texts[i]);
    }
    fprintf(out, ",%d,%s,%s,%s,%lld,%lld", item->modelo,
            item->rubro < 0 ? "otro" : rubro_names[item->rubro], item->etapa,
            item->fi ? "FI" : "FA", (long long)item->families, (long long)item->women);
    for (int i = 0; i < 4; i++)
        if (item->outcome == SIGNED)
            fprintf(out, ",%lld", (long long)item->amounts[i]);
        else
            fputc(',', out);
    for (int stage = 0; stage < N_STAGES; stage++)
        csv_day(out, item->day[stage]);
    csv_day(out, item->concluded);
    fprintf(out, ",%s,", town->codigo);
    csv_text(out, town->nombre);
    fprintf(out, ",%.5f,%.5f\n", item->lon, item->lat);
}

void write_alliances(const struct source *source, const struct portfolio *portfolio, FILE *out)
{
    struct rng rng = rng_seeded("names");
    fputs("codigo,nombre,opp,comprador,modelo,rubro,etapa,financiamiento,familias,mujeres,"
          "comprometido_bs,solicitado_bs,transferido_bs,descargado_bs,fecha_solicitud,"
          "fecha_evaluacion,fecha_plan,fecha_viable,fecha_convenio,fecha_conclusion,"
          "municipio_codigo,municipio_nombre,lon,lat\n",
          out);
    for (size_t i = 0; i < portfolio->n; i++)
        write_alliance(source, &portfolio->items[i], &rng, out);
}
