"""Tile lists, their summaries, and whether two sets of pictures agree.

  tiles.py list                            "z x y" lines on stdout: z5-z12, up
                                           to 120 a zoom, seeded, in Bolivia
  tiles.py summary TIMES                   "mean p50 p99 wall bytes" of a times file:
                                           processor time, mean of the clock's
  tiles.py compare A B OUT NAME            share of pixels that differ visibly;
                                           the worst and some others side by
                                           side as OUT/NAME-z-x-y.png
  tiles.py mvt A B                         share of tiles with the same features

Times files hold "z x y ms wall bytes" lines: milliseconds of processor time,
which a busy machine does not change much, and by the clock.
"""
import math
import os
import random
import sys

WEST, SOUTH, EAST, NORTH = -69.65, -22.91, -57.45, -9.66
VISIBLE = 48  # of 255 in any channel: under it, antialiasing of a line once or twice
PER_ZOOM = 120


def address(lon, lat, z):
    n = 1 << z
    y = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2
    return int((lon + 180) / 360 * n), int(y * n)


def write_list():
    pick = random.Random(2023)
    for z in range(5, 13):
        (x0, y0), (x1, y1) = address(WEST, NORTH, z), address(EAST, SOUTH, z)
        every = [(x, y) for x in range(x0, x1 + 1) for y in range(y0, y1 + 1)]
        for x, y in pick.sample(every, min(PER_ZOOM, len(every))):
            print(z, x, y)


def summary(path):
    rows = [line.split() for line in open(path)]
    ms = sorted(float(row[3]) for row in rows)
    wall, size = (sum(float(row[i]) for row in rows) / len(rows) for i in (4, 5))
    at = lambda share: ms[min(len(ms) - 1, int(share * len(ms)))]
    print("%.4f %.4f %.4f %.4f %.0f" % (sum(ms) / len(ms), at(0.5), at(0.99), wall, size))


def compare(a, b, out, name):
    import numpy
    from PIL import Image

    def pixels(folder, tile):
        return numpy.asarray(Image.open(os.path.join(folder, tile)).convert("RGB"), dtype=int)

    differing = []
    for tile in sorted(os.listdir(a)):
        apart = abs(pixels(a, tile) - pixels(b, tile)).max(axis=2) > VISIBLE
        differing.append((apart.mean(), tile))
    differing.sort()
    shown = [differing[-1][1], differing[len(differing) * 9 // 10][1]]
    for z in ("5-", "8-", "10-"):
        shown.append(next((tile for _, tile in reversed(differing) if tile.startswith(z)), shown[0]))
    for tile in shown:
        left, right = pixels(a, tile), pixels(b, tile)
        apart = abs(left - right).max(axis=2, keepdims=True).repeat(3, axis=2)
        gap = numpy.zeros((left.shape[0], 8, 3))
        both = numpy.concatenate([left, gap, right, gap, apart], axis=1).astype("uint8")
        Image.fromarray(both).save(os.path.join(out, "%s-%s" % (name, tile)))
    mean = sum(share for share, _ in differing) / len(differing)
    print("%.5f %.5f %s" % (mean, differing[-1][0], differing[-1][1]))


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, at


def fields(data):
    """(number, value) pairs of a protobuf message; bytes for length-delimited."""
    at = 0
    while at < len(data):
        key, at = varint(data, at)
        if key & 7 == 0:
            value, at = varint(data, at)
        elif key & 7 == 2:
            size, at = varint(data, at)
            value, at = data[at:at + size], at + size
        else:
            size = 8 if key & 7 == 1 else 4
            value, at = data[at:at + size], at + size
        yield key >> 3, value


def codes(path):
    """The municipalities in a vector tile, by their code."""
    found = set()
    for number, layer in fields(open(path, "rb").read()):
        parts = list(fields(layer)) if number == 3 else []
        if not any(n == 1 and value == b"municipios" for n, value in parts):
            continue
        keys = [value.decode() for n, value in parts if n == 3]
        values = [dict(fields(value)).get(1) for n, value in parts if n == 4]
        for n, feature in parts:
            tags = b"".join(value for m, value in fields(feature) if m == 2) if n == 2 else b""
            at = 0
            while at < len(tags):
                key, at = varint(tags, at)
                value, at = varint(tags, at)
                if keys[key] == "codigo":
                    found.add(values[value])
    return found


def mvt(a, b):
    names = sorted(os.listdir(b))
    same = extra = missing = 0
    for name in names:
        ours, theirs = (codes(os.path.join(folder, name)) if os.path.exists(
            os.path.join(folder, name)) else set() for folder in (a, b))
        same += ours == theirs
        extra += len(ours - theirs)
        missing += len(theirs - ours)
    print("%.5f %d %d" % (same / len(names), extra, missing))


if __name__ == "__main__":
    {"list": write_list, "summary": summary, "compare": compare, "mvt": mvt}[sys.argv[1]](*sys.argv[2:])
