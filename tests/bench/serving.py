"""The times that a person who uses sigg waits for.

  serving.py start SIGG DB TILES N     starts the server N times: milliseconds to
                                       the first tile (least), then resident MB
                                       after every tile of every style
  serving.py edit SIGG DB URL N        moves an alliance N times by `sigg import`
                                       in another process: milliseconds from the
                                       commit to the first new tile, and to the
                                       first new coverage: mean and most of each
  serving.py geojson URL N             milliseconds for all municipios (least), bytes
"""
import csv
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.request

clock = time.perf_counter


def get(url, cached=None):
    """The body and its ETag; None if the ETag is still `cached`."""
    request = urllib.request.Request(url, headers={"If-None-Match": cached} if cached else {})
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.read(), answer.headers["ETag"]
    except urllib.error.HTTPError as error:
        if error.code == 304:
            return None, cached
        raise


def start_once(sigg, db):
    began = clock()
    server = subprocess.Popen([sigg, "--db", db, "serve", "--quiet", "--listen", "127.0.0.1:0"],
                              stdout=subprocess.PIPE, text=True)
    url = re.search(r"http://[^/]+", server.stdout.readline()).group()
    get(url + "/tiles/cobertura/6/20/35.png")
    return server, url, (clock() - began) * 1e3


def start(sigg, db, tiles, rounds):
    least = 1e9
    for _ in range(int(rounds)):
        server, url, took = start_once(sigg, db)
        least = min(least, took)
        if _ < int(rounds) - 1:
            server.terminate()
            server.wait()
    try:
        styles = re.findall(r'"id":"([a-z_]+)"', get(url + "/styles")[0].decode())
        for style in dict.fromkeys(styles):
            for line in open(tiles):
                get("%s/tiles/%s/%s.png" % (url, style, "/".join(line.split())))
        get(url + "/collections/municipios/items?limit=10000")
        with open("/proc/%d/status" % server.pid) as status:
            resident = int(re.search(r"VmRSS:\s+(\d+)", status.read()).group(1)) / 1024
    finally:
        server.terminate()
        server.wait()
    print("%.0f %.0f" % (least, resident))


def watch(database, importing):
    """Waits for the commit of another process; returns its time."""
    version = lambda: database.execute("PRAGMA data_version").fetchone()[0]
    before = version()
    while version() == before:
        if importing.poll() not in (None, 0):
            raise SystemExit("sigg import failed")
        time.sleep(0.0001)
    return clock()


def until_new(url, old):
    while True:
        body, _ = get(url)
        if body != old:
            return clock()


def edit(sigg, db, url, rounds):
    sys.path.insert(0, os.path.dirname(__file__))
    from tiles import address
    database = sqlite3.connect("file:%s?mode=ro" % db, uri=True, isolation_level=None)
    places = [(-65.2627, -19.0431), (-63.1800, -17.7800)]  # Sucre, Santa Cruz de la Sierra
    tile, coverage = url + "/tiles/cartera/10/%d/%d.png", url + "/coverage?f=csv"
    took = {"tile": [], "coverage": []}
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "alianzas.csv")
        subprocess.run([sigg, "--db", db, "export", "alianzas", "-o", path], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with open(path, newline="") as file:
            row = next(row for row in csv.DictReader(file) if row["fecha_convenio"])
        for i in range(int(rounds) * 2 + 1):
            lon, lat = places[i % 2]
            with open(path, "w", newline="") as file:
                writer = csv.DictWriter(file, row)
                writer.writeheader()
                writer.writerow(dict(row, lon=lon, lat=lat))
            what = "tile" if i % 4 < 2 else "coverage"
            page = coverage if what == "coverage" else tile % address(*places[0], 10)
            old, _ = get(page)
            importing = subprocess.Popen([sigg, "--db", db, "import", "alianzas", path],
                                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            committed = watch(database, importing)
            seen = until_new(page, old)
            if importing.wait() != 0:
                raise SystemExit("sigg import failed")
            if i > 0:
                took[what].append((seen - committed) * 1e3)
            time.sleep(0.1)
    print(*("%.1f %.1f" % (sum(ms) / len(ms), max(ms)) for ms in took.values()))


def geojson(url, rounds):
    least = 1e9
    for _ in range(int(rounds)):
        began = clock()
        body, _ = get(url + "/collections/municipios/items?limit=10000")
        least = min(least, (clock() - began) * 1e3)
    print("%.2f %d" % (least, len(body)))


{"start": start, "edit": edit, "geojson": geojson}[sys.argv[1]](*sys.argv[2:])
