"""What differs between two contents, each read as what it is: differences(old, new) yields
(place, before, after). What differs between any two builds or runs is masked in texts.
"""
import difflib, gzip, io, os, re, sqlite3, subprocess, tempfile, zlib
import numpy, openpyxl
from osgeo import gdal

gdal.UseExceptions()

VERSION = r"\b\d+\.\d+\.\d+(?:-\w+)?\b"
MASKS = [
    (re.compile(pattern), to)
    for pattern, to in (
        (r"http://127\.0\.0\.1:\d+", "http://SERVER"),
        (r"((?:[?&]|&amp;)v=)[0-9a-f-]+", r"\1V"),
        (r"urn:sigg:peticion:[0-9a-f]+", "urn:sigg:peticion:ID"),
        (r'("(?:contenido|revision|timeStamp|version)": ?)(?:"[^"]*"|\d+)', r"\1MASKED"),
        (r"(?i)\b(SIGG[ /])" + VERSION, r"\1VERSION"),
        (r"(?m)^(.*!\w+ )'" + VERSION + "'", r"\1VERSION"),  # a cell
        (r"(?m)^(sigg_pedido|version)=.*", r"\1=MASKED"),  # in the metadata of tiles,
        (r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z?", "TIME"),
    )
]
# Cairo counts them from the start of the process.
SVG_IDS = re.compile(r"\b(surface|image|clip|mask|source-|pattern|compositing-group-|filter)\d+\b")
PICTURE_IN_TEXT = re.compile(r"data:image/png;base64,([A-Za-z0-9+/=\s]+)")
# A text is compared by such pieces: lines, members of JSON, elements of XML.
PIECES = re.compile(r"(?<=\n)|(?<=,)(?=\")|(?=[{<])|(?<=[\]}],)")
DIFF_MOST = 4_000_000  # pairs of pieces that are matched; beyond, they are one difference


def masked(text):
    for pattern, to in MASKS:
        text = pattern.sub(to, text)
    if "<svg" in text[:200]:
        text = SVG_IDS.sub(r"\1N", text)
    return PICTURE_IN_TEXT.sub(lambda found: "data:image/png;" + picture_digest(found[1]), text)


def picture_digest(coded):
    import base64, hashlib

    return hashlib.sha1(pixels(base64.b64decode(coded)).tobytes()).hexdigest()


def text_differences(old, new, place=""):
    old, new = masked(old), masked(new)
    if old != new:
        yield from piece_differences(PIECES.split(old), PIECES.split(new), place)


def piece_differences(old, new, place):
    begin = len(os.path.commonprefix([old, new]))
    rest = len(os.path.commonprefix([old[begin:][::-1], new[begin:][::-1]]))
    line = 1 + sum(piece.count("\n") for piece in old[:begin])
    old, new = old[begin : len(old) - rest], new[begin : len(new) - rest]
    if len(old) == len(new):
        blocks = [(i, i + 1, i, i + 1) for i in range(len(old)) if old[i] != new[i]]
    elif len(old) * len(new) <= DIFF_MOST:
        matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
        blocks = [block[1:] for block in matcher.get_opcodes() if block[0] != "equal"]
    else:
        blocks = [(0, len(old), 0, len(new))]
    for a, b, c, d in blocks:
        at = line + sum(piece.count("\n") for piece in old[:a])
        yield f"{place}line {at}", "".join(old[a:b]), "".join(new[c:d])


def byte_differences(old, new):
    at = next((i for i, (a, b) in enumerate(zip(old, new)) if a != b), min(len(old), len(new)))
    yield f"byte {at}", f"{len(old)} bytes, {old[at : at + 16].hex()}", f"{len(new)} bytes, {new[at : at + 16].hex()}"


def pixels(data):
    """An array of rows, columns, RGBA."""
    name = "/vsimem/picture"
    gdal.FileFromMemBuffer(name, data)
    try:
        picture = gdal.Open(name)
        bands = [picture.GetRasterBand(i + 1) for i in range(picture.RasterCount)]
        planes = [band.ReadAsArray() for band in bands]
        table = bands[0].GetRasterColorTable()
    finally:
        gdal.Unlink(name)
    if table:
        colors = numpy.array([table.GetColorEntry(i) for i in range(table.GetCount())], dtype=numpy.uint8)
        return colors[planes[0]]
    if len(planes) < 3:  # grey, grey and alpha
        planes = [planes[0]] * 3 + planes[1:]
    if len(planes) == 3:
        planes.append(numpy.full_like(planes[0], 255))
    return numpy.stack(planes, axis=-1)


def png_inflated(data):
    """The chunks, those with pixels inflated: where these are the same, pixels are."""
    at, chunks, packed = 8, [], b""
    while at + 8 <= len(data):
        size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        body = data[at + 8 : at + 8 + size]
        if kind == b"IDAT":
            packed += body
        else:
            chunks.append((kind, body))
        at += size + 12
    return chunks, zlib.decompress(packed)


def picture_differences(old, new, place="", hidden=()):
    """hidden: boxes (left, top, right, bottom) that are not compared."""
    if isinstance(old, bytes):
        if old[:4] == new[:4] == b"\x89PNG" and png_inflated(old) == png_inflated(new):
            return
        old, new = pixels(old), pixels(new)
    if old.shape != new.shape:
        yield f"{place}size", "x".join(map(str, old.shape[1::-1])), "x".join(map(str, new.shape[1::-1]))
        return
    differ = (old != new).any(axis=-1)
    for left, top, right, bottom in hidden:
        differ[int(top) : int(bottom) + 2, int(left) : int(right) + 2] = False
    if differ.any():
        y, x = numpy.argwhere(differ)[0]
        most = int(numpy.abs(old.astype(int) - new)[differ].max())
        before, after = (tuple(map(int, picture[y, x])) for picture in (old, new))
        yield f"{place}pixel {x},{y} and others, {int(differ.sum())} in all, by up to {most}", str(before), str(after)


def output_of(*command, input_=None):
    return subprocess.run(command, input=input_, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False).stdout


def on_disk(read):
    """A reader of a file as one of its bytes."""

    def of_bytes(data):
        with tempfile.TemporaryDirectory() as folder:
            path = folder + "/file"
            with open(path, "wb") as file:
                file.write(data)
            return read(path, folder)

    return of_bytes


@on_disk
def pdf_read(path, folder):
    """Text, properties, pages as pixels (one a point), the boxes of versions on each page."""
    text = re.sub(" +", " ", output_of("pdftotext", "-layout", path, "-").decode(errors="replace"))
    info = output_of("pdfinfo", path).decode(errors="replace")
    info = re.sub(r"(?m)^(CreationDate|ModDate|Producer|File size):.*\n", "", info)
    output_of("pdftoppm", "-r", "72", "-png", path, folder + "/page")
    pages = []
    for name in sorted(name for name in os.listdir(folder) if name.startswith("page")):
        with open(f"{folder}/{name}", "rb") as file:
            pages.append(pixels(file.read()))
    boxes = output_of("pdftotext", "-bbox", path, "-").decode(errors="replace").split("<page ")[1:]
    word = r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">' + VERSION
    return text, info, pages, [[tuple(map(float, box)) for box in re.findall(word, page)] for page in boxes]


def pdf_differences(old, new):
    (text, info, pages, boxes), (text2, info2, pages2, boxes2) = pdf_read(old), pdf_read(new)
    yield from text_differences(text, text2, "text, ")
    yield from text_differences(info, info2, "properties, ")
    for n, (page, page2, hidden, hidden2) in enumerate(zip(pages, pages2, boxes, boxes2), 1):
        yield from picture_differences(page, page2, f"page {n}, ", hidden + hidden2)


def cells(data):
    for sheet in openpyxl.load_workbook(io.BytesIO(data)):
        yield f"{sheet.title}: {sheet.dimensions}\n"
        for row in sheet:
            for cell in row:
                if cell.value is not None:
                    yield f"{sheet.title}!{cell.coordinate} {cell.value!r} {cell.number_format}\n"


def tiles_of(database):
    with sqlite3.connect(database) as base:
        try:
            tiles = base.execute("SELECT zoom_level, tile_column, tile_row, tile_data FROM tiles").fetchall()
        except sqlite3.DatabaseError:
            return None
        return sorted(base.execute("SELECT name, value FROM metadata")), {tile[:3]: tile[3] for tile in tiles}


def tile_differences(old, new):
    yield from text_differences(*("".join(f"{name}={value}\n" for name, value in a[0]) for a in (old, new)), "metadata, ")
    for key in sorted(old[1].keys() | new[1].keys()):
        a, b = old[1].get(key), new[1].get(key)
        if a is None or b is None:
            yield "tile {}/{}/{}".format(*key), *("missing" if c is None else "there" for c in (a, b))
        else:
            yield from (("tile {}/{}/{}, ".format(*key) + d[0], *d[1:]) for d in differences(a, b))


@on_disk
def as_ogr_reads(path, folder):
    # Where it lies and how large it is are not its content.
    return output_of("ogrinfo", "-ro", "-al", path).decode(errors="replace").replace(path, "FILE")


def database_differences(old, new):
    read = on_disk(lambda path, folder: tiles_of(path))
    a, b = read(old), read(new)
    if a and b:
        yield from tile_differences(a, b)
    else:
        yield from text_differences(as_ogr_reads(old), as_ogr_reads(new), "ogrinfo, ")


KINDS = (
    (b"\x89PNG", picture_differences),
    (b"RIFF", picture_differences),
    (b"%PDF", pdf_differences),
    (b"PK\3\4", lambda old, new: text_differences("".join(cells(old)), "".join(cells(new)), "cells, ")),
    (b"SQLite format 3", database_differences),
    (b"fgb", lambda old, new: text_differences(as_ogr_reads(old), as_ogr_reads(new), "ogrinfo, ")),
    (b"\x1f\x8b", lambda old, new: differences(gzip.decompress(old), gzip.decompress(new))),
)


def differences(old, new):
    if old == new:
        return
    for magic, read in KINDS:
        if old.startswith(magic) and new.startswith(magic):
            yield from read(old, new)
            return
    try:
        texts = old.decode(), new.decode()
    except UnicodeDecodeError:
        yield from byte_differences(old, new)
        return
    yield from text_differences(*texts)
