"""mapnik_tiles.py SHAPES TILES OUT TIMES ROUNDS: the tiles drawn by Mapnik in
one thread, once to warm up and then ROUNDS times a way of encoding. Writes
OUT/z-x-y.png (png:z=1) and the times files TIMES.render, .png, .png-z1, .png8
(tiles.py), the shortest round, drawing included."""
import sys
import time

import mapnik

SIDE = 256
WORLD = 20037508.342789244
FILLS = [("[alianzas] &lt; 1", "#fcfbf7"), ("[alianzas] &gt;= 1 and [alianzas] &lt; 3", "#d5edaf"),
         ("[alianzas] &gt;= 3 and [alianzas] &lt; 6", "#86cb82"), ("[alianzas] &gt;= 6", "#31a354")]
WAYS = {"render": None, "png": "png", "png-z1": "png:z=1", "png8": "png8"}

RULES = "".join(
    '<Rule><Filter>%s</Filter><PolygonSymbolizer fill="%s"/>'
    '<LineSymbolizer stroke="#6f6e66" stroke-width="0.6"/></Rule>' % rule for rule in FILLS)
MAP = """<Map srs="epsg:3857" background-color="#f1f0ec">
<Style name="municipios">%s</Style>
<Style name="alianzas"><Rule><MarkersSymbolizer fill="#762a83" width="6" height="6" stroke-width="0"
 marker-type="ellipse" allow-overlap="true" ignore-placement="true"/></Rule></Style>
<Layer name="municipios" srs="epsg:3857"><StyleName>municipios</StyleName>
<Datasource><Parameter name="type">shape</Parameter><Parameter name="file">%s/municipios.shp</Parameter>
</Datasource></Layer>
<Layer name="alianzas" srs="epsg:3857"><StyleName>alianzas</StyleName>
<Datasource><Parameter name="type">shape</Parameter><Parameter name="file">%s/alianzas.shp</Parameter>
</Datasource></Layer></Map>"""


def box(z, x, y):
    side = 2 * WORLD / (1 << z)
    return mapnik.Box2d(x * side - WORLD, WORLD - (y + 1) * side, (x + 1) * side - WORLD, WORLD - y * side)


def draw(map_, tile, way):
    wall, cpu = time.perf_counter(), time.thread_time()
    map_.zoom_to_box(box(*tile))
    image = mapnik.Image(SIDE, SIDE)
    mapnik.render(map_, image)
    data = image.tostring(WAYS[way]) if WAYS[way] else b""
    return (time.thread_time() - cpu) * 1e3, (time.perf_counter() - wall) * 1e3, data


def main(shapes, tiles, out, times, rounds):
    tiles = [tuple(map(int, line.split())) for line in open(tiles)]
    map_ = mapnik.Map(SIDE, SIDE)
    mapnik.load_map_from_string(map_, MAP % (RULES, shapes, shapes))
    map_.buffer_size = 4
    for tile in tiles:
        with open("%s/%d-%d-%d.png" % ((out,) + tile), "wb") as file:
            file.write(draw(map_, tile, "png-z1")[2])
    best = {way: {tile: (1e9, 1e9, 0) for tile in tiles} for way in WAYS}
    for _ in range(int(rounds)):
        for way in WAYS:
            for tile in tiles:
                cpu, wall, data = draw(map_, tile, way)
                least = best[way][tile]
                best[way][tile] = (min(cpu, least[0]), min(wall, least[1]), len(data))
    for way in WAYS:
        with open("%s.%s" % (times, way), "w") as file:
            for tile in tiles:
                file.write("%d %d %d %.6f %.6f %d\n" % (tile + best[way][tile]))


main(*sys.argv[1:])
