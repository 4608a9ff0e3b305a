"""Sources made to harm, for test_hostile_sources: python3 hostile_sources.py FOLDER [PORT]."""
import json
import os
import random
import socket
import sqlite3
import struct
import sys
import zipfile

folder = sys.argv[1]
port = sys.argv[2] if len(sys.argv) > 2 else "9"
os.chdir(folder)


def feature(code, geometry):
    return {"type": "Feature", "properties": {"codigo": code, "nombre": code}, "geometry": geometry}


def geojson(name, features, **more):
    with open(name, "w") as out:
        json.dump({"type": "FeatureCollection", **more, "features": features}, out)


POINT = {"type": "Point", "coordinates": [-65.2, -18.9]}


# SQLite: a schema is a program ------------------------------------------------
def database(name, before, schema):
    db = sqlite3.connect(name)
    for statement in before:
        db.execute(statement)
    db.commit()
    db.execute("pragma writable_schema = on")
    for kind, one, sql in schema:
        db.execute("insert into sqlite_master values (?, ?, ?, 0, ?)", (kind, one, one, sql))
    db.commit()
    db.close()


PLAIN = [
    "create table campo (codigo text, nombre text, lon real, lat real)",
    "insert into campo values ('S-1', 'Uno', -65.2, -18.9)",
]
with open("secreto.csv", "w") as out:
    out.write("palabra:SECRETO:x\n")
secret = os.path.join(os.getcwd(), "secreto.csv")
reads_files = [
    ("table", "v", f"CREATE VIRTUAL TABLE v USING VirtualText('{secret}', 'UTF-8', 0, POINT, DOUBLEQUOTE, ':')"),
    ("view", "alianzas", "CREATE VIEW alianzas AS SELECT 'P' || rowno AS codigo, col001 || col002 AS nombre,"
     " -65.0 AS lon, -17.0 AS lat FROM v"),
]
for name in ("vista.sqlite", "vista.geojson", "vista.csv", "vista.xlsx", "vista.kml", "vista.fgb", "vista.zip"):
    database(name, PLAIN, reads_files)
database("sinfin.sqlite", PLAIN, [(
    "view", "alianzas", "CREATE VIEW alianzas AS WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c)"
    " SELECT 'P' || n AS codigo, 'x' AS nombre FROM c")])
database("enorme.sqlite", PLAIN, [(
    "view", "alianzas", "CREATE VIEW alianzas AS SELECT hex(zeroblob(400000000)) AS codigo, 'x' AS nombre")])
database("red.sqlite", PLAIN, [
    ("table", "v", f"CREATE VIRTUAL TABLE v USING VirtualOGR('http://127.0.0.1:{port}/red.geojson', 0)"),
    ("view", "alianzas", "CREATE VIEW alianzas AS SELECT * FROM v")])
# A row that says it is a table and is a view.
database("disfraz.sqlite", PLAIN, [(
    "table", "alianzas", "CREATE VIEW alianzas AS SELECT 'D-1' AS codigo, 'x' AS nombre")])
# Left half written: its journal is to be rolled back, which a reader does not do.
database("a_medias.sqlite", PLAIN, [])
with open("a_medias.sqlite-journal", "wb") as out:
    out.write(bytes.fromhex("d9d505f920a163d7") + bytes(504) + b"x" * 4096)
database("disparador.sqlite", PLAIN + ["create trigger t after insert on campo begin delete from campo; end"], [])

# What leads elsewhere -----------------------------------------------------------
geojson("enlace.geojson", [feature("E-1", POINT)],
        crs={"type": "link", "properties": {"href": f"http://127.0.0.1:{port}/crs", "type": "proj4"}})
geojson("url.geojson", [feature("E-1", POINT)],
        crs={"type": "url", "properties": {"url": f"http://127.0.0.1:{port}/url"}})
with open("definicion", "w") as out: # a system of PROJ's old files: followed, the point is in Chuquisaca
    out.write("<metadata> +version=1\n<7> +proj=tmerc +lon_0=-65.2 +lat_0=-18.9 +x_0=123 +y_0=456 +datum=WGS84 <>\n")
geojson("init.geojson", [feature("I-1", {"type": "Point", "coordinates": [123, 456]})],
        crs={"type": "name", "properties": {"name": f"+init={os.getcwd()}/definicion:7"}})
with open("esquema.gml", "w") as out:
    out.write(f"""<?xml version="1.0"?><wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs"
 xmlns:gml="http://www.opengis.net/gml" xmlns:foo="http://foo" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="http://foo http://127.0.0.1:{port}/wfs?SERVICE=WFS&amp;VERSION=1.1.0&amp;REQUEST=DescribeFeatureType&amp;TYPENAME=foo:bar">
<gml:featureMember><foo:bar gml:id="a"><foo:codigo>G-1</foo:codigo><foo:nombre>x</foo:nombre><foo:geom>
<gml:Point srsName="EPSG:4326"><gml:pos>-18.9 -65.2</gml:pos></gml:Point></foo:geom></foo:bar></gml:featureMember>
</wfs:FeatureCollection>""")
with open("entidad.kml", "w") as out:
    out.write(f"""<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY s SYSTEM "file://{secret}">]>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>&s;</name>
<Point><coordinates>-65.2,-18.9</coordinates></Point></Placemark></Document></kml>""")
with open("red.kml", "w") as out:
    out.write(f"""<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><NetworkLink><Link>
<href>http://127.0.0.1:{port}/red.kml</href></Link></NetworkLink><Placemark><name>K-1</name>
<Point><coordinates>-65.2,-18.9</coordinates></Point></Placemark></Document></kml>""")


# Bombs ---------------------------------------------------------------------------
def sheet(name, cells, shared=()):
    ns = "http://schemas.openxmlformats.org/"
    office = ns + "officeDocument/2006/relationships"
    with zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("[Content_Types].xml", f'<Types xmlns="{ns}package/2006/content-types">'
                     '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
                     'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" '
                     'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>')
        out.writestr("_rels/.rels", f'<Relationships xmlns="{ns}package/2006/relationships"><Relationship Id="r1" '
                     f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>')
        out.writestr("xl/workbook.xml", f'<workbook xmlns="{ns}spreadsheetml/2006/main" xmlns:r="{office}">'
                     '<sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>')
        out.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{ns}package/2006/relationships">'
                     f'<Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
                     f'<Relationship Id="r2" Type="{office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>')
        out.writestr("xl/styles.xml", f'<styleSheet xmlns="{ns}spreadsheetml/2006/main"/>')
        with out.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            part.write(f'<worksheet xmlns="{ns}spreadsheetml/2006/main"><sheetData>'.encode())
            for cell in cells:
                part.write(cell)
            part.write(b"</sheetData></worksheet>")
        if shared:
            with out.open("xl/sharedStrings.xml", "w", force_zip64=True) as part:
                part.write(f'<sst xmlns="{ns}spreadsheetml/2006/main"><si><t>'.encode())
                for piece in shared:
                    part.write(piece)
                part.write(b"</t></si></sst>")


def cell(row, column, text):
    return (b'<c r="%s%d" t="inlineStr"><is><t>' % (column, row)) + text + b"</t></is></c>"


HEAD = b'<row r="1">' + cell(1, b"A", b"codigo") + cell(1, b"B", b"nombre") + b"</row>"
MEGA = b"a" * (1 << 20)
sheet("celda.xlsx", [HEAD, b'<row r="2">', b'<c r="A2" t="inlineStr"><is><t>', *[MEGA] * 120, b"</t></is></c></row>"])
sheet("textos.xlsx", [HEAD, b'<row r="2"><c r="A2" t="s"><v>0</v></c></row>'], [MEGA] * 120)
sheet("filas.xlsx", [HEAD] + [b'<row r="%d">' % n + cell(n, b"A", b"F-%d" % n) + cell(n, b"B", b"x") + b"</row>"
                              for n in range(2, 2002)])
with zipfile.ZipFile("bomba.zip", "w", zipfile.ZIP_DEFLATED) as out:
    with out.open("a.csv", "w", force_zip64=True) as part:
        part.write(b"codigo,nombre\n")
        for _ in range(120):
            part.write(MEGA[:-1] + b"\n")
with zipfile.ZipFile("carpetas.zip", "w") as out:
    for n in range(20000):
        out.writestr(f"d{n}/e{n}/x.txt", "")
    out.writestr("a.csv", "codigo,nombre\nZ-1,x\n")
with zipfile.ZipFile("sube.zip", "w") as out:
    out.writestr("../../fuera.csv", "codigo,nombre\nZ-1,x\n")
with zipfile.ZipFile("enlace.zip", "w") as out:
    link = zipfile.ZipInfo("a.csv")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    out.writestr(link, secret)
with zipfile.ZipFile("doble.zip", "w") as out:
    out.write("carpetas.zip")
with zipfile.ZipFile("vista_dentro.zip", "w") as out:
    out.write("vista.sqlite", "vista.gpkg")

# Geometry --------------------------------------------------------------------------
draw = random.Random(5)


def wild(n):
    ring = [[-65 + draw.random(), -17 + draw.random()] for _ in range(n)]
    return {"type": "Polygon", "coordinates": [ring + ring[:1]]}


SQUARE = {"type": "Polygon", "coordinates": [[[-65.2, -18.9], [-65.1, -18.9], [-65.1, -18.8], [-65.2, -18.9]]]}
geojson("azar.geojson", [feature("A-1", SQUARE), feature("A-2", wild(1500)), feature("A-3", SQUARE),
                         feature("A-4", wild(1500)), feature("A-5", SQUARE)])
geojson("partes.geojson", [feature("A-1", SQUARE), feature("A-2", {
    "type": "MultiPolygon", "coordinates": [SQUARE["coordinates"]] * 50})])
geojson("hondo.geojson", [feature("H-1", POINT)])
with open("hondo.geojson", "w") as out:
    out.write('{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"codigo":' + "[" * 200000)

# Cut short -------------------------------------------------------------------------
def shapefile(stem, n, cut):
    """n points with codes C-1…, without the last `cut` bytes of the .shp."""
    def head(words):
        return struct.pack(">7i", 9994, 0, 0, 0, 0, 0, words) + struct.pack("<2i8d", 1000, 1, -66, -19, -65, -18, 0, 0, 0, 0)
    points = b"".join(struct.pack(">2i", i + 1, 10) + struct.pack("<idd", 1, -65.2, -18.9) for i in range(n))
    places = b"".join(struct.pack(">2i", 50 + 14 * i, 10) for i in range(n))
    rows = b"".join(b" C-%-4d%-6s" % (i + 1, b"uno") for i in range(n))
    field = struct.pack("<11sc4xBB14x", b"codigo", b"C", 6, 0) + struct.pack("<11sc4xBB14x", b"nombre", b"C", 6, 0)
    with open(stem + ".shp", "wb") as out:
        out.write((head(50 + 14 * n) + points)[:100 + 28 * n - cut])
    with open(stem + ".shx", "wb") as out:
        out.write(head(50 + 4 * n) + places)
    with open(stem + ".dbf", "wb") as out:
        out.write(struct.pack("<4BIHH20x", 3, 126, 11, 30, n, 97, 13) + field + b"\r" + rows + b"\x1a")


shapefile("entero", 4, 0)
shapefile("cortado", 4, 30)
member = ('<gml:featureMember><foo:bar><foo:codigo>%s</foo:codigo><foo:nombre>x</foo:nombre><foo:geom>'
          '<gml:Point srsName="EPSG:4326"><gml:pos>-65.2 -18.9</gml:pos></gml:Point></foo:geom></foo:bar>'
          '</gml:featureMember>')
with open("cortado.gml", "w") as out:
    out.write('<?xml version="1.0"?><foo:all xmlns:gml="http://www.opengis.net/gml" xmlns:foo="http://foo">'
              + member % "G-1" + (member % "G-2")[:90])

# Text -----------------------------------------------------------------------------
with open("filas.csv", "w") as out:
    out.write("codigo,nombre,lon,lat\n")
    for n in range(2000):
        out.write(f"T-{n},x,-65.2,-18.9\n")
with open("columnas.csv", "w") as out:
    out.write("codigo,nombre," + ",".join(f"c{n}" for n in range(20000)) + "\nT-1,x\n")
with open("valor.csv", "w") as out:
    out.write("codigo,nombre,lon,lat\nT-1,corto,-65.2,-18.9\nT-2," + "x" * 5000 + ",-65.2,-18.9\n")

with open("sin_extension", "w") as out:
    out.write("codigo,nombre,lon,lat\nT-1,x,-65.2,-18.9\n")

# The disk ------------------------------------------------------------------------
os.mkfifo("tuberia.csv")
os.mkdir("con_tuberia")
os.mkfifo("con_tuberia/a.csv")
os.mkdir("muchos")
for n in range(12000):
    os.mkdir(f"muchos/d{n}")
os.mkdir("enlaces")
os.symlink(secret, "enlaces/a.csv")
place = socket.socket(socket.AF_UNIX)
place.bind("enchufe.csv")
os.mkdir("otra")
