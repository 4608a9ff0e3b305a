"""The requests that tests/compare_builds compares, sent to one server:
  requests.py URL FILE FOLDER
asks for those listed here and for the targets in FILE, one a line. It writes what was
asked into FOLDER.list, into FOLDER/N.head the status and headers of the N-th answer, into
FOLDER/N.body its body.
"""
import http.client, json, os, sys, threading, urllib.parse

LAYERS = "municipios alianzas areas_riego subproyectos comunidades conflictos cuerpos_agua zonas_urbanas".split()
# Of the whole country, Cochabamba, a town, its streets: the tile that holds the place.
PLACES = ((4, 5, 8), (6, 20, 34), (8, 80, 139), (10, 321, 557), (13, 2587, 4500))
FORMATS = ("json", "csv", "csv-excel", "xlsx", "html", "geojson")
AT_ONCE = 2


def page_requests():
    yield from """/ /?f=json /?f=html /api /health /metrics /conformance /collections /archives /reports
        /styles /tiles /tiles/WebMercatorQuad /tileMatrixSets /tileMatrixSets/WebMercatorQuad
        /sprites/sigg.json /sprites/sigg.png /sprites/sigg@2x.json /sprites/sigg@2x.png /favicon.ico
        /fonts/Open%20Sans%20Regular/0-255.pbf /fonts/Open%20Sans%20Bold/256-511.pbf
        /reports/nacional.pdf /reports/departamentos/Pando.pdf /reports/municipios/020101.pdf
        /reports/municipios/030101.pdf?as-of=2020-12-31 /reports/libro.xlsx""".split()


def layer_requests():
    for layer in LAYERS:
        at = f"/collections/{layer}"
        yield from (at, at + "/tiles", at + "/tiles/WebMercatorQuad", f"/tiles/{layer}.json")
        yield from (at + "/items?limit=5", at + "/items?limit=3&offset=4&f=geojson")
        yield from (at + "/items?limit=10000&bbox=-66.5,-18,-65.5,-17", at + "/items/1", at + "/items/nada")
        yield from (at + f"/tiles/WebMercatorQuad/{z}/{y}/{x}" for z, x, y in PLACES[:3])
    for layer in ["sigg"] + LAYERS:
        yield from (f"/tiles/{layer}/{z}/{x}/{y}.mvt" for z, x, y in ((0, 0, 0),) + PLACES)
    yield "/tiles/sigg.json"


def style_requests(styles):
    for style in styles:
        at = f"/styles/{style}"
        yield from (at, at + "/legend", at + "/legend.png", at + "/legend.svg", at + "/map/tiles")
        yield from (at + "/legend?f=png", at + "/legend?f=svg", at + "/map/tiles/WebMercatorQuad")
        for z, x, y in PLACES:
            tile = f"{z}/{x}/{y}"
            yield from (f"/tiles/{style}/{tile}{end}" for end in (".png", "@2x.png", ".webp", "@2x.webp"))
            yield from (f"/tiles/{style}/512/{tile}{end}" for end in (".png", "@2x.png", ".webp", "@2x.webp"))
        yield from (f"{at}/map/tiles/WebMercatorQuad/6/34/20?f={f}" for f in ("png", "webp"))


def figure_requests():
    asked = []
    for by in ("municipio", "departamento", "uo", "nacional"):
        for path in ("coverage", "irrigation", "indicators", "access", "conflicts", "series", "lag"):
            asked.append(f"/{path}?by={by}")
        asked.append(f"/coverage?by={by}&as-of=2021-06-30")
        asked.append(f"/irrigation?by={by}&as-of=2021-06-30")
        asked.append(f"/indicators?by={by}&as-of=2021-06-30")
        asked.append(f"/access?by={by}&km=5&of=alianzas")
    for what in "cobertura riego subproyectos procesos difusion embudo rubros".split():
        asked.append(f"/series?what={what}")
        asked.append(f"/series?what={what}&by=uo&from=2018&to=2022-06-30")
    for of in "familias bs riego obras alianzas".split():
        asked.append(f"/equity?of={of}")
    for rate in "familias obras riego".split():
        asked.append(f"/clusters?rate={rate}")
    asked += """/coverage /irrigation /indicators /access /conflicts /series /equity /editions /access/sites
        /series?by=uo&step=semester /coverage?edition=otra /coverage?edition=otra&restate-from=esquematica
        /conflicts?all=true /conflicts?layer=alianzas&state=conflicto,vecino /crosswalk?from=esquematica&to=otra
        /crosswalk?from=esquematica&to=otra&changes=true /targeting?draws=100
        /targeting?draws=100&by=departamento&k=3&form=aditiva&normalise=percentil /targeting?draws=100&weights=nbi=2
        /targeting?draws=100&scenario=nbi=5&as-of=2021-12-31 /targeting?explain=020101&draws=50
        /equity?by=uo&curve=lorenz /equity?by=nacional&curve=concentracion /access/sites?k=3&km=5
        /clusters?weights=knn:4&seed=3 /restate?from=esquematica&to=otra /coverage?departamento=Pando
        /access?by=uo&uo=Chaco""".split()
    for target in asked:
        yield target
        yield from (target + ("&" if "?" in target else "?") + "f=" + f for f in FORMATS)
    yield "/coverage?f=nada"


def refused_requests():
    yield from """/nada /coverage?by=x /coverage?nada=1 /coverage?edition=no /coverage?by=uo&by=uo /targeting?k=0
        /targeting?concentration=-1 /targeting?weights=need:x /targeting?explain=999999 /access?km=0
        /access/sites?k=2000 /clusters?weights=z /clusters?rate=nada /series?from=x /series?what=nada
        /indicators?as-of=2020-02-30 /equity?of=nada /crosswalk /crosswalk?from=otra&to=otra
        /conflicts?state=nada /collections/nada /collections/nada/items /collections/alianzas/items?bbox=1,2,3
        /collections/alianzas/items?limit=x /collections/alianzas/items?offset=-1 /tiles/nada.json
        /tiles/nada/1/1/1.png /tiles/sigg/30/0/0.mvt /tiles/cobertura/2/4/0.png /tiles/cobertura/01/0/0.png
        /tiles/cobertura/1/0/0.gif /styles/nada /styles/nada/legend.png /fonts/Nada/0-255.pbf
        /fonts/Open%20Sans%20Regular/1-2.pbf /reports/nada.pdf /reports/municipios/999999.pdf
        /reports/departamentos/Nada.pdf /archives/nada.pmtiles /assets/nada.js /%zz /coverage?by=%ff""".split()


def all_requests(ask, path):
    """Each once, in order: what the server offers decides on the styles."""
    styles = [style["id"] for style in json.loads(ask("/styles")[2])["styles"]]
    targets = [*page_requests(), *layer_requests(), *style_requests(styles), *figure_requests(), *refused_requests()]
    with open(path) as more:
        targets += [line.rstrip("\n") for line in more]
    return list(dict.fromkeys(target for target in targets if target))


def connect(url):
    """A function that asks for a target: status, headers, body. One thread has it."""
    host = urllib.parse.urlsplit(url).netloc
    kept = http.client.HTTPConnection(host, timeout=600)

    def ask(target):
        try:
            kept.putrequest("GET", target, skip_accept_encoding=True)
            kept.endheaders()
            answer = kept.getresponse()
            return answer.status, answer.getheaders(), answer.read()
        except (http.client.HTTPException, OSError) as err:
            kept.close()
            return 0, [("Error", type(err).__name__)], b""

    return ask


def write(folder, n, answer):
    status, headers, body = answer
    with open(f"{folder}/{n}.head", "w") as file:
        file.write(f"{status}\n" + "".join(f"{name}: {value}\n" for name, value in sorted(headers)))
    with open(f"{folder}/{n}.body", "wb") as file:
        file.write(body)


def main():
    url, path, folder = sys.argv[1:]
    targets = all_requests(connect(url), path)
    os.mkdir(folder)
    with open(folder + ".list", "w") as file:
        file.write("".join(target + "\n" for target in targets))
    numbers = iter(enumerate(targets, 1))
    lock = threading.Lock()

    def work():
        ask = connect(url)
        while True:
            with lock:
                n, target = next(numbers, (0, None))
            if not n:
                return
            write(folder, n, ask(target))

    threads = [threading.Thread(target=work) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


main()
