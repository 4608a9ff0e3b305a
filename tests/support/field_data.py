"""field_data.py - what the tests of field data share: a fresh database, files of every format,
and checks of stored values, counts and messages. Each check is one TAP line."""
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile

import openpyxl

SIGG = os.path.realpath(os.environ.get("SIGG", "build/sigg"))
WORK = tempfile.mkdtemp()
BASE = os.path.join(WORK, "base.sqlite")
DB = os.path.join(WORK, "db.sqlite")

count = failures = 0
said = ""  # by the last command


def tell(ok, name, why=""):
    global count, failures
    count += 1
    failures += not ok
    print("%s %d - %s" % ("ok" if ok else "not ok", count, name), flush=True)
    if not ok:
        print("# " + str(why)[:1500].replace("\n", "\n# "), flush=True)


def skip(name, why):
    global count
    count += 1
    print("ok %d - %s # SKIP %s" % (count, name, why), flush=True)


def finish():
    print("1..%d" % count)
    shutil.rmtree(WORK, ignore_errors=True)
    sys.exit(failures > 0)


def path(name):
    return os.path.join(WORK, name)


def fresh():
    """The embedded data, as `sigg init` makes them."""
    if not os.path.exists(BASE):
        done = subprocess.run([SIGG, "--db", BASE, "init"], capture_output=True, text=True)
        if done.returncode:
            print("Bail out! init: " + done.stderr)
            sys.exit(1)
    for ending in ("-wal", "-shm", "-journal"):
        if os.path.exists(DB + ending):
            os.unlink(DB + ending)
    shutil.copy(BASE, DB)


def sigg(*words):
    global said
    done = subprocess.run([SIGG, "--db", DB, *words], capture_output=True, text=True)
    said = done.stdout + done.stderr
    return done.returncode


def load(layer, name, *more):
    """Imports a file; returns its counts, {"leídos": 2, …}, and {} if it was stopped."""
    if sigg("import", layer, path(name), *more):
        return {}
    counts = {}
    for line in said.splitlines():
        key, colon, value = line.strip().rpartition(": ")
        if colon and value.isdigit():
            counts[key] = int(value)
    return counts


def sql(query):
    """Rows as text: cells by "|", rows by " ; ", numbers as short as they are exact. Functions of
    SpatiaLite are there."""
    with sqlite3.connect(DB) as db:
        db.enable_load_extension(True)
        db.load_extension("mod_spatialite")
        rows = db.execute(query).fetchall()
    db.close()
    show = lambda v: "NULL" if v is None else "%.15g" % v if isinstance(v, float) else str(v)
    return " ; ".join("|".join(show(v) for v in row) for row in rows)


# What is checked --------------------------------------------------------------------

def stores(name, layer, file, query, wanted, *more, says=(), warns=True):
    """The file is taken; the query gives what is wanted, and the output has each of `says`.
    With warns=False there is no "aviso:" at all."""
    fresh()
    counts = load(layer, file, *more)
    got = sql(query)
    words = [says] if isinstance(says, str) else says
    ok = got == wanted and all(w in said for w in words) and (warns or "aviso:" not in said) and counts
    tell(ok, name, "wanted %s\ngot    %s\nand %s\n%s" % (wanted, got, words, said))


def refuses(name, layer, file, *words, more=(), keeps=None):
    """The import stops, says each of the words, and writes nothing (keeps: a query, and what it gives)."""
    fresh()
    before = sql("SELECT count(*) FROM " + layer)
    code = sigg("import", layer, path(file), *more)
    ok = code == 1 and all(w in said for w in words) and sql("SELECT count(*) FROM " + layer) == before
    if keeps:
        ok = ok and sql(keeps[0]) == keeps[1]
    tell(ok, name, "exit %d, wanted 1 and %s\n%s" % (code, words, said))


# Files ------------------------------------------------------------------------------

def text(name, words, encoding="utf-8"):
    with open(path(name), "wb") as out:
        out.write(words if isinstance(words, bytes) else words.encode(encoding))
    return name


def table(name, rows, separator=",", encoding="utf-8", eol="\n"):
    """A text with separators; a cell that has the separator, a quote or a line break is quoted."""
    def cell(value):
        value = "" if value is None else str(value)
        special = separator in value or '"' in value or "\n" in value
        return '"' + value.replace('"', '""') + '"' if special else value
    return text(name, eol.join(separator.join(map(cell, row)) for row in rows) + eol, encoding)


def book(name, sheets, formats=None):
    """A workbook; sheets: {"Sucre": rows}; formats: {"B2": "0.0%"} of the first sheet."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    for where, shown in (formats or {}).items():
        made.worksheets[0][where].number_format = shown
    made.save(path(name))
    return name


def convert(name, source, *options, driver=None):
    """The same records in another format, by ogr2ogr; a second table is added to a file that exists."""
    words = ["ogr2ogr", *(["-f", driver] if driver else []), path(name), path(source), *options]
    done = subprocess.run(words, capture_output=True, text=True)
    if done.returncode:
        tell(False, "ogr2ogr writes " + name, done.stderr)
    return name


def features(name, records, crs=None):
    """GeoJSON; records: (properties, geometry)."""
    made = {"type": "FeatureCollection",
            "features": [{"type": "Feature", "properties": p, "geometry": g} for p, g in records]}
    if crs:
        made["crs"] = {"type": "name", "properties": {"name": crs}}
    return text(name, json.dumps(made, ensure_ascii=False))


def point(lon, lat):
    return {"type": "Point", "coordinates": [lon, lat]}


def square(lon, lat, side=0.01):
    return {"type": "Polygon", "coordinates": [[[lon, lat], [lon + side, lat], [lon + side, lat + side],
                                                [lon, lat + side], [lon, lat]]]}
