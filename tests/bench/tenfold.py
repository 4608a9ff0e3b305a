"""Ten Bolivias: official boundaries, communities, facts and alliances copied ten
times, five abreast, each copy with departments of its own.

    python3 tenfold.py SHARED/data REPOSITORY/data OUT

writes OUT/municipios.geojson, municipios_nuevos.geojson (the 343-unit edition),
comunidades.csv, hechos.csv and alianzas.csv.
"""

import csv
import json
import sys

official, own, out = sys.argv[1:4]
WIDTH, HEIGHT = 13.0, 14.0  # degrees: wider and higher than the country


def shift(copy):
    return WIDTH * (copy % 5), HEIGHT * (copy // 5)


def code(codigo, copy):
    return f"{int(codigo[:2]) + 9 * copy:02d}{codigo[2:]}"


def moved(coordinates, dx, dy):
    if isinstance(coordinates[0], (int, float)):
        return [coordinates[0] + dx, coordinates[1] + dy]
    return [moved(part, dx, dy) for part in coordinates]


def boundaries(name, target):
    source = json.load(open(f"{official}/{name}", encoding="utf-8"))
    features = []
    for copy in range(10):
        dx, dy = shift(copy)
        for feature in source["features"]:
            p = feature["properties"]
            features.append({
                "type": "Feature",
                "properties": {"codigo": code(p["codigo"], copy), "nombre": f"{p['nombre']} {copy}",
                               "departamento": f"{p['departamento']} {copy}"},
                "geometry": {"type": feature["geometry"]["type"],
                             "coordinates": moved(feature["geometry"]["coordinates"], dx, dy)},
            })
    with open(f"{out}/{target}", "w", encoding="utf-8") as file:
        json.dump({"type": "FeatureCollection", "features": features}, file)


def table(path, target, keep, change):
    rows = list(csv.DictReader(open(path, encoding="utf-8")))
    names = [name for name in rows[0] if name not in keep]
    with open(f"{out}/{target}", "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        for copy in range(10):
            dx, dy = shift(copy)
            for row in rows:
                row = {name: row[name] for name in names}
                change(row, copy, dx, dy)
                if row.get("lon"):
                    row["lon"] = f"{float(row['lon']) + dx:.6f}"
                    row["lat"] = f"{float(row['lat']) + dy:.6f}"
                writer.writerow(row)


def record(row, copy, dx, dy):
    row["codigo"] += f"-{copy}"


def fact(row, copy, dx, dy):
    row["codigo"] = code(row["codigo"], copy)


boundaries("municipios_339.geojson", "municipios.geojson")
boundaries("municipios_343.geojson", "municipios_nuevos.geojson")
declared = ("municipio", "departamento", "municipio_codigo", "municipio_nombre", "uo", "provincia")
table(f"{official}/comunidades.csv", "comunidades.csv", declared, record)
table(f"{own}/alianzas.csv", "alianzas.csv", declared, record)
table(f"{own}/municipios.csv", "hechos.csv", (), fact)
