"""scale_data.py points|polygons N: as many communities (CSV), or urban areas
(newline-delimited GeoJSON: hexagons and stars of 5 to 12 corners, 40 to 400 m
across), strewn over Bolivia, a third of them in two hundred clusters. Seeded."""
import json
import math
import random
import sys

WEST, SOUTH, EAST, NORTH = -69.0, -22.0, -58.0, -10.0


def places(n, pick):
    towns = [(pick.uniform(WEST, EAST), pick.uniform(SOUTH, NORTH)) for _ in range(200)]
    for i in range(n):
        if i % 3:
            yield pick.uniform(WEST, EAST), pick.uniform(SOUTH, NORTH)
        else:
            lon, lat = towns[pick.randrange(200)]
            yield pick.gauss(lon, 0.05), pick.gauss(lat, 0.05)


def main(what, n):
    pick = random.Random(20260101)
    if what == "points":
        print("codigo,nombre,personas,viviendas,lon,lat")
        for i, (lon, lat) in enumerate(places(n, pick)):
            people = int(pick.expovariate(0.01)) + 1
            print("C%07d,Comunidad %d,%d,%d,%.6f,%.6f" % (i, i, people, people // 3 + 1, lon, lat))
        return
    for i, (lon, lat) in enumerate(places(n, pick)):
        corners = pick.randrange(5, 13)
        size = pick.uniform(20, 200) / 111000
        wide = size / math.cos(math.radians(lat))
        ring = []
        for k in range(corners):
            far = pick.uniform(0.5, 1)
            turn = 2 * math.pi * k / corners
            ring.append([round(lon + far * wide * math.cos(turn), 7), round(lat + far * size * math.sin(turn), 7)])
        ring.append(ring[0])
        print(json.dumps({"type": "Feature", "properties": {"codigo": "Z%07d" % i, "nombre": "Zona %d" % i},
                          "geometry": {"type": "Polygon", "coordinates": [ring]}}, separators=(",", ":")))


main(sys.argv[1], int(sys.argv[2]))
