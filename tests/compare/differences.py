"""Compares what two builds answered (tests/compare_builds):
  differences.py BEFORE AFTER KNOWN
are two folders of commands and answers, and a file of differences that are meant. Prints
for each command or request that differs the first difference that is not known, and how
many were compared. Exit status 1 if any is not known.
"""
import collections, functools, os, re, sys
from concurrent.futures import ProcessPoolExecutor

import content

SHOWN = 160  # characters of a difference
BUSY = ("429", "503")  # answers that depend on how busy the machine is
# Headers that differ between any two builds or runs.
UNLIKE = re.compile(r"(?im)^(date|etag|content-length|x-request-id|last-modified|age):.*\n")
# What /metrics and /health count, and for which paths.
COUNTERS = {"/metrics": re.compile(r"(?m)^[^#].*\n"), "/health": re.compile(r"\d+(\.\d+)?")}


def read(path):
    try:
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        return None


def lines(path):
    with open(path) as file:
        return file.read().splitlines()


def read_known(path):
    """[(reason, pattern)]"""
    known, reason = [], ""
    for line in lines(path):
        if line.startswith("#"):
            reason = line.lstrip("# ")
        elif line:
            known.append((reason, re.compile(line)))
    return known


def on_one_line(text):
    return text.replace("\\", "\\\\").replace("\r", "\\r").replace("\n", "\\n")


def file_differences(place, old, new):
    if old is None or new is None:
        if old != new:
            yield place, *("no file" if data is None else f"{len(data)} bytes" for data in (old, new))
        return
    for where, before, after in content.differences(old, new):
        yield f"{place} {where}", before, after


@functools.cache
def numbered(path):
    """{what was asked: its number}"""
    return {name: n for n, name in enumerate(lines(path), 1)}


def command_differences(before, after, n):
    """The status, what was printed, the file written."""
    names = {name for folder in (before, after) for name in os.listdir(f"{folder}/commands") if name.split(".")[0] == str(n)}
    for name in sorted(names, key=lambda name: (not name.endswith(".status"), name)):
        yield from file_differences(name.split(".", 1)[1], *(read(f"{folder}/commands/{name}") for folder in (before, after)))


def answer_differences(before, after, target):
    """before, after: what the files of an answer begin with."""
    heads = [UNLIKE.sub("", read(at + ".head").decode()) for at in (before, after)]
    bodies = [read(at + ".body") for at in (before, after)]
    if any(head.startswith(BUSY) for head in heads):
        return None
    counters = COUNTERS.get(target.partition("?")[0])
    if counters:
        bodies = [counters.sub("", body.decode()).encode() for body in bodies]
    found = [("head " + where, old, new) for where, old, new in content.text_differences(*heads)]
    return found + list(file_differences("body", *bodies))


def compare(job):
    """The differences of one command or request, as they are printed; None: not comparable."""
    kind, before, after, name = job
    if kind == "command":
        found = list(command_differences(before, after, numbered(before + "/commands.list")[name]))
        name = "sigg " + name
    else:
        ns = [numbered(folder + "/answers.list").get(name) for folder in (before, after)]
        if None in ns:
            found = [("of this build alone", *("asked" if n else "not asked" for n in ns))]
        else:
            found = answer_differences(*(f"{folder}/answers/{n}" for folder, n in zip((before, after), ns)), name)
        name = "GET " + name
    if found is None:
        return name, None
    return name, [(f"{name} | {place} | ", on_one_line(old), on_one_line(new)) for place, old, new in found]


def shown(what, old, new):
    """The first place where they differ, with a little before it."""
    at = max(0, len(os.path.commonprefix([old, new])) - SHOWN // 3)
    return what + " => ".join(text[at : at + SHOWN] + ("…" if len(text) > at + SHOWN else "") for text in (old, new))


def judge(results, known):
    """Prints; returns whether all is known."""
    compared, busy, unknown, reasons, used = 0, 0, 0, collections.Counter(), set()
    for name, found in results:
        if found is None:
            busy += 1
            print(f"{name} | not compared: a server was busy")
            continue
        compared += 1
        mine, others = set(), []
        for difference in found:
            match = next((k for k, (_, pattern) in enumerate(known) if pattern.search("{}{} => {}".format(*difference))), None)
            if match is None:
                others.append(difference)
            else:
                used.add(match)
                mine.add(known[match][0])
        if others:
            unknown += 1
            print(shown(*others[0]) + (f" (and {len(others) - 1} more)" if len(others) > 1 else ""))
        else:
            reasons.update(mine)
    for k, (reason, pattern) in enumerate(known):
        if k not in used:
            print(f"known, but not seen: {pattern.pattern} ({reason})")
    print(f"{compared} compared, {unknown} differ")
    for reason, number in sorted(reasons.items()):
        print(f"{number} differ as known: {reason}")
    if busy:
        print(f"{busy} not compared: a server was busy")
    return unknown == 0


def main():
    before, after, known = sys.argv[1:]
    # A build that has another style is asked for it.
    jobs = [
        (kind, before, after, name)
        for kind, path in (("command", "commands.list"), ("request", "answers.list"))
        for name in numbered(f"{before}/{path}") | numbered(f"{after}/{path}")
    ]
    with ProcessPoolExecutor() as pool:
        return judge(pool.map(compare, jobs, chunksize=8), read_known(known))


sys.exit(0 if main() else 1)
