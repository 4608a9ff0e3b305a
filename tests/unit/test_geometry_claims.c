/* test_geometry_claims.c - tests of geo/claims/geometry_claims, with GDAL as reader.
 * Each file has records whose geometry GDAL loses, bends or drops in part. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "geo/claims/geometry_claims.h"
#include "geo/files/gdal_internal.h"
#include "tests/support/scratch.h"

enum { RECORDS_MAX = 12 };

static void write_bytes(const char *path, const void *bytes, size_t len)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, len, file), len);
    assert_int_equal(fclose(file), 0);
}

static void quiet(CPLErr class, CPLErrorNum number, const char *message)
{
    (void)class, (void)number, (void)message;
}

static OGRLayerH layer_named(GDALDatasetH dataset, const char *name, size_t *index)
{
    for (int i = 0; i < gdal->GDALDatasetGetLayerCount(dataset); i++) {
        OGRLayerH layer = gdal->GDALDatasetGetLayer(dataset, i);
        *index = (size_t)i;
        if (!name || strcmp(gdal->OGR_L_GetName(layer), name) == 0)
            return layer;
    }
    return NULL;
}

/* Reads as the source's reader does: "none", "read", or the reason of each record. */
static size_t read_layer(const char *path, const struct geometry_claims *claims, const char *name,
                         struct err *said)
{
    GDALDatasetH dataset = gdal->GDALOpenEx(path, GDAL_OF_VECTOR, NULL, NULL, NULL);
    assert_non_null(dataset);
    size_t index = 0;
    OGRLayerH layer = layer_named(dataset, name, &index);
    if (!layer)
        fail_msg("%s: no layer %s", path, name);
    struct geometry_claims_layer of = {gdal->OGR_L_GetName(layer), index,
                                       gdal->OGR_L_GetFeatureCount(layer, 1)};
    const struct geometry_claim_list *list;
    struct err err = {0};
    if (!geometry_claims_match(claims, &of, &list, &err))
        fail_msg("%s: %s", path, err.message);
    size_t n = 0;
    for (OGRFeatureH feature; n < RECORDS_MAX && (feature = gdal->OGR_L_GetNextFeature(layer));
         n++) {
        OGRGeometryH geometry = gdal->OGR_F_GetGeometryRef(feature);
        bool came = geometry && !gdal->OGR_G_IsEmpty(geometry);
        said[n] = (struct err){0};
        if (geometry_claims_allow(list, (int64_t)n, gdal->OGR_F_GetFID(feature), came, &said[n]))
            snprintf(said[n].message, sizeof said[n].message, came ? "read" : "none");
        gdal->OGR_F_Destroy(feature);
    }
    gdal->GDALClose(dataset);
    return n;
}

static void check(const char *path, const char *format, const char *layer,
                  const char *const *expected)
{
    static const struct source_format none;
    struct source_format of = none;
    struct geometry_claims claims;
    struct err err = {0}, said[RECORDS_MAX];
    of.name = format;
    if (strcmp(format, "GeoPackage") == 0 || strcmp(format, "SQLite") == 0) {
        of.inside = INSIDE_SQLITE;
        of.drivers[0] = "GPKG";
        of.drivers[1] = "SQLite";
    }
    gdal->CPLPushErrorHandler(quiet);
    if (!geometry_claims_read(path, &of, &claims, &err))
        fail_msg("%s: %s", path, err.message);
    size_t n = read_layer(path, &claims, layer, said);
    gdal->CPLPopErrorHandler();
    for (size_t i = 0; i < n; i++)
        if (!expected[i] || !strstr(said[i].message, expected[i]))
            fail_msg("%s, %s, record %zu: %s", path, layer ? layer : "", i, said[i].message);
    if (expected[n])
        fail_msg("%s: record %zu is missing", path, n);
    geometry_claims_free(&claims);
}

#define FEATURE(geometry) \
    "{\"type\":\"Feature\",\"properties\":{\"k\":[1,{}]},\"geometry\":" geometry "}"
#define COLLECTION(features) "{\"type\":\"FeatureCollection\",\"features\":[" features "]}"
#define RING "[[0,0],[4,0],[4,4],[0,4],[0,0]]"

static const struct {
    const char *file, *format, *layer, *text;
    const char *expected[RECORDS_MAX + 1];
} files[] = {
    {"puntos.geojson",
     "GeoJSON",
     NULL,
     COLLECTION(
         FEATURE("{\"type\":\"Point\",\"coordinates\":[\"-65.1\",\"-18.9\"]}") "," FEATURE(
             "{\""
             "typ"
             "e\""
             ":\""
             "Poi"
             "nt"
             "\","
             "\"c"
             "oor"
             "din"
             "ate"
             "s\""
             ":[-"
             "65."
             "1,-"
             "18."
             "9]"
             "}") "," FEATURE("null") "," FEATURE("{\"type\":\"Point\",\"coordinates\":[]}") "," FEATURE("{\"type\":\"Point\","
                                                                                                         "\"coordinates\":[null,"
                                                                                                         "null]}") "," FEATURE("{\"t"
                                                                                                                               "ype"
                                                                                                                               "\":"
                                                                                                                               "\"Po"
                                                                                                                               "int"
                                                                                                                               "\","
                                                                                                                               "\"co"
                                                                                                                               "ordi"
                                                                                                                               "nate"
                                                                                                                               "s\":"
                                                                                                                               "null"
                                                                                                                               "}") "," FEATURE("{\"coordinates\":[5,6]}") "," FEATURE("{\"type\":\"Point\",\"coordinates\":[5]}") "," FEATURE("\"POINT(1 2)\"") "," FEATURE("{\"type\":\"Point\"}") "," FEATURE("{\"coordinates\":[[1,2]],\"type\":\"Point\"}") "," FEATURE("{\"type\":\"Punto\",\"coordinates\":[5,6]}")),
     {"es un texto, «-65.1»", "read", "none", "none", "es nula", "son nulas", "no dice de qué tipo",
      "un solo número", "no es un objeto", "no tiene coordenadas", "2 niveles, y Point lleva 1",
      "no se conoce el tipo «Punto»"}},
    {"partes.geojson",
     "GeoJSON",
     NULL,
     COLLECTION(FEATURE(
         "{\"type\":\"Polygon\",\"coordinates\":[" RING ",[[1,1],[\"2\",1],[2,2],[1,1]]"
         "]}") "," FEATURE("{\"type\":"
                           "\"MultiPolyg"
                           "on\","
                           "\"coordinate"
                           "s\":[[" RING
                           "],[[1,1],[2,1],[2,2],[1,1]]]}") "," FEATURE("{\"type\":\"Polygon\","
                                                                        "\"coordinates\":" RING
                                                                        "}") "," FEATURE("{\"type\""
                                                                                         ":\"Geomet"
                                                                                         "ryCollect"
                                                                                         "ion\","
                                                                                         "\"geometr"
                                                                                         "ies\":[{"
                                                                                         "\"type\":"
                                                                                         "\"Point\""
                                                                                         ",\"coordi"
                                                                                         "nates\":["
                                                                                         "1,2]},{"
                                                                                         "\"type\":"
                                                                                         "\"Point\""
                                                                                         ","
                                                                                         "\"coordin"
                                                                                         "ates\":["
                                                                                         "\"1\",2]}"
                                                                                         "]}") "," FEATURE("{\"type\":"
                                                                                                           "\"GeometryCollection"
                                                                                                           "\",\"geometries\":[]"
                                                                                                           "}") "," FEATURE("{\""
                                                                                                                            "typ"
                                                                                                                            "e\""
                                                                                                                            ":\""
                                                                                                                            "Pol"
                                                                                                                            "ygo"
                                                                                                                            "n\""
                                                                                                                            ",\""
                                                                                                                            "coo"
                                                                                                                            "rdi"
                                                                                                                            "nat"
                                                                                                                            "es"
                                                                                                                            "\":"
                                                                                                                            "[" RING
                                                                                                                            "]"
                                                                                                                            "}")),
     {"es un texto, «2»", "mal anidados", "2 niveles, y Polygon lleva 3", "es un texto, «1»",
      "none", "read"}},
    {"uno.geojson",
     "GeoJSON",
     NULL,
     FEATURE("{\"type\":\"Point\",\"coordinates\":[1,\"2\"]}"),
     {"es un texto, «2»"}},
    {"suelta.geojson", "GeoJSON", NULL, "\n{\"type\":\"Point\",\"coordinates\":[1,2]}", {"read"}},
    {"lineas.geojsonl",
     "GeoJSON",
     NULL,
     FEATURE("{\"type\":\"Point\",\"coordinates\":[1,2]}") "\n" FEATURE("null") "\n" FEATURE(
         "{\"type\":\"Point\",\"coordinates\":[true,2]}") "\n",
     {"read", "none", "es «true», no un número"}},
    {"esri.json",
     "GeoJSON",
     NULL,
     "{\"geometryType\":\"esriGeometryPoint\",\"fields\":[{\"name\":\"k\",\"type\":"
     "\"esriFieldTypeString\"}],"
     "\"features\":[{\"attributes\":{\"k\":\"a\"},\"geometry\":{\"x\":-65,\"y\":-18}},"
     "{\"attributes\":{\"k\":\"b\"},\"geometry\":{\"x\":\"NaN\",\"y\":\"NaN\"}},"
     "{\"attributes\":{\"k\":\"c\"},\"geometry\":{\"x\":\"-65,1\",\"y\":-18}},"
     "{\"attributes\":{\"k\":\"d\"}}]}",
     {"read", "none", "es un texto, «-65,1»", "none"}},
    {"anillos.json",
     "GeoJSON",
     NULL,
     "{\"geometryType\":\"esriGeometryPolygon\",\"fields\":[{\"name\":\"k\",\"type\":"
     "\"esriFieldTypeString\"}],"
     "\"features\":[{\"attributes\":{\"k\":\"a\"},\"geometry\":{\"rings\":[" RING "]}},"
     "{\"attributes\":{\"k\":\"b\"},\"geometry\":{\"rings\":[]}},"
     "{\"attributes\":{\"k\":\"c\"},\"geometry\":{\"rings\":" RING "}},"
     "{\"attributes\":{\"k\":\"d\"},\"geometry\":{\"curveRings\":[[[0,0],{\"a\":[[1,1],[2,2],0,"
     "1]},[0,0]]]}}]}",
     {"read", "none", "mal anidados", "arcos"}},
    {"campo.kml",
     "KML",
     "Campo",
     "<kml "
     "xmlns='http://www.opengis.net/kml/2.2'><Document><visibility>1</visibility><name>Campo</"
     "name>"
     "<Placemark><name>a</name><Point><coordinates>hola, que</coordinates></Point></Placemark>"
     "<Placemark><name>b</name><Point><coordinates>-65.1, -18.9, "
     "0</coordinates></Point></Placemark>"
     "<Placemark><name>c</name><Point><coordinates> </coordinates></Point></Placemark>"
     "<Placemark><name>d</name><Polygon><outerBoundaryIs><LinearRing><coordinates>0,0 1,0 x,1 "
     "0,0"
     "</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>"
     "<Placemark><name>e</name><Point><coordinates>-65,1 "
     "-18,9</coordinates></Point></Placemark>"
     "<Placemark><name>f</name></Placemark>"
     "<Placemark><name>g</name><LineString><coordinates>0,0,1\n+1.5,2,3 "
     "</coordinates></LineString></Placemark>"
     "<Placemark><name>h</name><LineString><coordinates>-65,17,-18,9,0 "
     "1,2</coordinates></LineString></Placemark>"
     "<Folder><name>A</name><Folder><name>B</name><Placemark><Point><coordinates>1,y</"
     "coordinates></Point></Placemark></Folder></Folder>"
     "<Folder><name>A</name><Placemark><Point><coordinates>1</coordinates></Point></"
     "Placemark></Folder>"
     "</Document></kml>",
     {"«hola» no es un número", "read", "none", "«x» no es un número", "varias posiciones", "none",
      "read", "¿coma decimal?"}},
    {"hondo.kml",
     "KML",
     "A (#2)",
     "<kml xmlns='http://www.opengis.net/kml/2.2'><Document>"
     "<Folder><name>A</name><Folder><name>B</name><Placemark><Point><coordinates>1,y</"
     "coordinates></Point></Placemark></Folder></Folder>"
     "<Folder><name>A</name><Placemark><Point><coordinates>1</coordinates></Point></"
     "Placemark></Folder>"
     "</Document></kml>",
     {"no son pares «lon,lat»"}},
    {"b.kml",
     "KML",
     "B",
     "<kml xmlns='http://www.opengis.net/kml/2.2'><Document>"
     "<Folder><name>A</name><Folder><name>B</name><Placemark><Point><coordinates>1,y</"
     "coordinates></Point></Placemark></Folder></Folder>"
     "</Document></kml>",
     {"«y» no es un número"}},
    {"tocayas.kml",
     "KML",
     "A",
     "<kml xmlns='http://www.opengis.net/kml/2.2'><Document><name>A</name><Folder><name>A</name>"
     "<Placemark><Point><coordinates>1,y</coordinates></Point></Placemark></Folder></Document></"
     "kml>",
     {"«y» no es un número"}},
    {"raiz.kml",
     "KML",
     "raiz",
     "<kml "
     "xmlns='http://www.opengis.net/kml/2.2'><Placemark><Point><coordinates>1,y</coordinates></"
     "Point></Placemark></kml>",
     {"«y» no es un número"}},
    {"w.gpx",
     "GPX",
     "waypoints",
     "<gpx version='1.1' creator='x' xmlns='http://www.topografix.com/GPX/1/1'>"
     "<wpt lat='abc' lon='-65'/><wpt lat='-18,9' lon='-65,1'/><wpt lat='-18.9' "
     "lon='-65.1'/><wpt lat='-95' lon='1'/></gpx>",
     {"lat «abc»", "lat «-18,9»", "read", "lat no va"}},
    {"t.gpx",
     "GPX",
     "tracks",
     "<gpx version='1.1' creator='x' "
     "xmlns='http://www.topografix.com/GPX/1/1'><trk><trkseg><trkpt lat='-18' lon='-65'/>"
     "<trkpt lat='x' lon='-65'/></trkseg></trk><trk><trkseg><trkpt lat='-18' lon='-65'/><trkpt "
     "lat='-19' lon='-65'/>"
     "</trkseg></trk><trk><name>vacía</name></trk></gpx>",
     {"lat «x»", "read", "none"}},
    {"p.gpx",
     "GPX",
     "track_points",
     "<gpx version='1.1' creator='x' "
     "xmlns='http://www.topografix.com/GPX/1/1'><trk><trkseg><trkpt lat='-18' lon='-65'/>"
     "<trkpt lat='x' lon='-65'/></trkseg></trk></gpx>",
     {"read", "lat «x»"}},
    {"g.gml",
     "GML",
     "x",
     "<f:C xmlns:f='http://ogr.maptools.org/' xmlns:gml='http://www.opengis.net/gml'>"
     "<gml:featureMember><f:x><gml:boundedBy><gml:Box><gml:coordinates>0,0 "
     "1,1</gml:coordinates></gml:Box></gml:boundedBy><f:k>1</f:k></f:x></gml:featureMember>"
     "<gml:featureMember><f:x><f:g><gml:Polygon><gml:outerBoundaryIs><gml:LinearRing><gml:"
     "coordinates>0,0 1,0 x,1 0,0"
     "</gml:coordinates></gml:LinearRing></gml:outerBoundaryIs></gml:Polygon></f:g><f:k>2</"
     "f:k></f:x></gml:featureMember>"
     "<gml:featureMember><f:x><f:g><gml:Point><gml:pos>1 "
     "2</gml:pos></gml:Point></f:g><f:k>3</f:k></f:x></gml:featureMember>"
     "<gml:featureMember><f:x><f:g><gml:Point><gml:pos>a "
     "b</gml:pos></gml:Point></f:g><f:k>4</f:k></f:x></gml:featureMember>"
     "</f:C>",
     {"none", "«x» no es un número", "read", "«a» no es un número"}},
    {"h.gml",
     "GML",
     "x",
     "<f:C xmlns:f='http://ogr.maptools.org/' xmlns:gml='http://www.opengis.net/gml'>"
     "<gml:featureMember><f:x><f:g><gml:LineString><gml:coordinates>0,5,0,5 "
     "1,5,1,5</gml:coordinates></gml:LineString></f:g><f:k>2</f:k></f:x></gml:featureMember>"
     "<gml:featureMember><f:x><f:g><gml:LineString><gml:coordinates cs=' ' ts=','>0 0,1 "
     "1</gml:coordinates></gml:LineString></f:g><f:k>3</f:k></f:x></gml:featureMember>"
     "</f:C>",
     {"¿coma decimal?", "read"}},
};

static void what_the_file_says_is_held_against_gdal(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        write_bytes(at(files[i].file), files[i].text, strlen(files[i].text));
        check(at(files[i].file), files[i].format, files[i].layer, files[i].expected);
    }
}

/* Three points; the second has no geometry in its record. */
static void write_shapefile(const char *stem, size_t shp_bytes, uint32_t rows, bool spoil)
{
    unsigned char shp[100 + 28 + 12 + 28] = {0}, shx[100 + 24] = {0};
    unsigned char dbf[32 + 32 + 1 + 3 * 3 + 1];
    static const unsigned char lengths[] = {10, 2, 10};
    size_t at_byte = 100;
    shp[2] = shx[2] = 0x27, shp[3] = shx[3] = 0x0A;
    shp[27] = sizeof shp / 2, shx[27] = sizeof shx / 2;
    shp[28] = shx[28] = 0xE8, shp[29] = shx[29] = 3;
    shp[32] = shx[32] = 1;
    for (size_t i = 0; i < 3; i++) {
        shx[100 + 8 * i + 3] = (unsigned char)(at_byte / 2);
        shx[100 + 8 * i + 7] = shp[at_byte + 7] = lengths[i];
        shp[at_byte + 3] = (unsigned char)(i + 1);
        shp[at_byte + 8] = lengths[i] == 10;
        at_byte += 8 + 2 * (size_t)lengths[i];
    }
    if (spoil)
        shp[108] = 99;
    memset(dbf, 0, sizeof dbf);
    dbf[0] = 3, dbf[1] = 121, dbf[2] = dbf[3] = 1;
    dbf[4] = (unsigned char)rows, dbf[8] = 65, dbf[10] = 3;
    memcpy(dbf + 32, "k\0\0\0\0\0\0\0\0\0\0C", 12);
    dbf[48] = 2, dbf[64] = 0x0D;
    memset(dbf + 65, ' ', 9);
    dbf[74] = 0x1A;
    char path[512];
    snprintf(path, sizeof path, "%s.shp", stem);
    write_bytes(path, shp, shp_bytes ? shp_bytes : sizeof shp);
    snprintf(path, sizeof path, "%s.shx", stem);
    write_bytes(path, shx, sizeof shx);
    snprintf(path, sizeof path, "%s.dbf", stem);
    write_bytes(path, dbf, sizeof dbf);
}

static void records_of_a_shapefile_are_looked_up(void **state)
{
    (void)state;
    static const char *const whole[] = {"read", "none", "read", NULL};
    static const char *const cut[] = {"read", "none", "está cortado", NULL};
    static const char *const spoilt[] = {"está dañado", "none", "read", NULL};
    write_shapefile(at("entero"), 0, 3, false);
    check(at("entero.shp"), "Shapefile", NULL, whole);
    write_shapefile(at("cortado"), 160, 3, false);
    check(at("cortado.shp"), "Shapefile", NULL, cut);
    write_shapefile(at("malo"), 0, 3, true);
    check(at("malo.shp"), "Shapefile", NULL, spoilt);
}

/* A database whose second record has the first bytes of a geometry only. */
static void records_of_a_table_are_looked_up(void **state)
{
    (void)state;
    static const char *const expected[] = {"read", "está dañada", "none", NULL};
    static const char *const kinds[][2] = {{"t.gpkg", "GPKG"}, {"t.sqlite", "SQLite"}};
    char command[800];
    for (size_t i = 0; i < 2; i++) {
        const char *geometry = i ? "geometry" : "geom";
        snprintf(
            command, sizeof command,
            "cd %s && printf 'k,WKT\\na,POINT (1 2)\\nb,POINT (3 4)\\nc,\\n' >t.csv && "
            "ogr2ogr -f %s -lco SPATIAL_INDEX=NO -dsco SPATIALITE=YES -nln t -a_srs EPSG:4326 "
            "%s t.csv 2>/dev/null && for t in $(sqlite3 %s \"SELECT name FROM sqlite_master WHERE "
            "type='trigger'\"); do sqlite3 %s \"DROP TRIGGER \\\"$t\\\"\"; done && "
            "sqlite3 %s \"UPDATE t SET %s = substr(%s, 1, 20) WHERE k = 'b'\"",
            scratch, kinds[i][1], kinds[i][0], kinds[i][0], kinds[i][0], kinds[i][0], geometry,
            geometry);
        assert_int_equal(system(command), 0);
        check(at(kinds[i][0]), i ? "SQLite" : "GeoPackage", "t", expected);
    }
}

static void a_source_that_is_cut_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *file, *format, *text, *message;
    } cases[] = {
        {"c.geojson", "GeoJSON", "{\"type\":\"FeatureCollection\",\"features\":[{\"ty",
         "está cortado"},
        {"d.geojson", "GeoJSON", "{\"a\":[1,2}", "mal formado"},
        {"c.kml", "KML", "<kml>\n<Document>", "línea 2: el XML está cortado"},
        {"e.kml", "KML", "<!DOCTYPE k [<!ENTITY a \"b\">]><kml>&a;</kml>", "define entidades"},
        {"m.mif", "MapInfo",
         "Version 300\nColumns 1\n  k Char(2)\nData\n\nPoint -65.1 -18.9\nRegion 1\n  4\n-65,17 "
         "-18.9\n",
         "línea 9: la geometría no se puede leer: «-65,17»"},
        {"f.gpx", "GPX", "<gpx>\n<wpt lon='-65'/></gpx>", "línea 2: un <wpt> no tiene lat"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct source_format of = {.name = cases[i].format};
        struct geometry_claims claims;
        struct err err = {0};
        write_bytes(at(cases[i].file), cases[i].text, strlen(cases[i].text));
        assert_false(geometry_claims_read(at(cases[i].file), &of, &claims, &err));
        if (err.kind != ERR_INPUT || !strstr(err.message, cases[i].message))
            fail_msg("%s: %s", cases[i].file, err.message);
    }
    write_shapefile(at("mas"), 0, 4, false);
    struct source_format of = {.name = "Shapefile"};
    struct geometry_claims claims;
    struct err err = {0};
    assert_false(geometry_claims_read(at("mas.shp"), &of, &claims, &err));
    if (!strstr(err.message, "3 registros en su .shx y 4 en su .dbf"))
        fail_msg("%s", err.message);
}

static void what_is_not_in_the_file_is_noted(void **state)
{
    (void)state;
    static const struct {
        const char *file, *format, *text, *note;
    } cases[] = {
        {"m.json", "GeoJSON", "{\"exceededTransferLimit\":true,\"features\":[]}", "resultOffset"},
        {"n.json", "GeoJSON", "{\"features\":[],\"properties\":{\"exceededTransferLimit\":true}}",
         "resultOffset"},
        {"o.json", "GeoJSON", "{\"features\":[],\"exceededTransferLimit\":false}", ""},
        {"n.topojson", "GeoJSON",
         "{\"type\":\"Topology\",\"objects\":{\"a\":{\"type\":\"GeometryCollection\","
         "\"geometries\":[{\"type\":null}]}}}",
         "sin geometría, que no se leen: 1"},
        {"n.mif", "MapInfo", "Columns 0\nData\nPline Multiple 1\n  2\n1 2\r\n3 4\n  Pen (1,2,0)",
         ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct source_format of = {.name = cases[i].format};
        struct geometry_claims claims;
        struct err err = {0};
        write_bytes(at(cases[i].file), cases[i].text, strlen(cases[i].text));
        if (!geometry_claims_read(at(cases[i].file), &of, &claims, &err))
            fail_msg("%s: %s", cases[i].file, err.message);
        const char *note = claims.note.len ? claims.note.data : "";
        if (cases[i].note[0] ? !strstr(note, cases[i].note) : note[0] != '\0')
            fail_msg("%s: %s", cases[i].file, note);
        geometry_claims_free(&claims);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_the_file_says_is_held_against_gdal),
        cmocka_unit_test(records_of_a_shapefile_are_looked_up),
        cmocka_unit_test(records_of_a_table_are_looked_up),
        cmocka_unit_test(a_source_that_is_cut_is_refused),
        cmocka_unit_test(what_is_not_in_the_file_is_noted),
    };
    struct err err = {0};
    if (!gdal_load(&err))
        return 1;
    return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
