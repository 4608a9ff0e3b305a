"""The ranking and the measures of equity anew, from the definitions in
docs/methods.md and the raw columns alone: python3 targeting.py KIND FILE...

  index CSV          scale form   norms, pillars, index and places of `sigg target`
  sums CSV k groups                the probabilities sum to k in each group
  equity CSV CURVE                `sigg equity`'s last row and parts from `sigg coverage`
  draws CSV CSV                   an own simulation's probabilities against ours
"""
import csv, math, random, sys

GAPS = {"familias": 2, "riego": 1, "obras": 1}
NEEDS = {"nbi": 1, "rural": 1}
RAW = {"nbi": "nbi_pct", "rural": "poblacion_rural", "familias": "familias_pct",
       "riego": "riego_ha_mil", "obras": "obras_pct"}


def read(path):
    with open(path, encoding="utf-8") as file:
        return list(csv.DictReader(file))


def quantile(values, share):
    values = sorted(values)
    at = share * (len(values) - 1)
    low = int(at)
    return values[low] + (at - low) * (values[min(low + 1, len(values) - 1)] - values[low])


def rulers(rows):
    """name -> a function of the value, by the scale of ranges."""
    made = {}
    for name, column in RAW.items():
        values = [float(row[column]) for row in rows]
        if name == "rural":
            values = [math.log(max(value, 1)) for value in values]
        low, high = (0 if name in GAPS else quantile(values, 0.05)), quantile(values, 0.95)
        made[name] = (low, high)
    return made


def norm(name, value, ruler):
    low, high = ruler[name]
    share = min(max((value - low) / (high - low), 0), 1)
    return 1 - share if name in GAPS else share


def percentile(name, value, values):
    share = (sum(v < value for v in values) + 0.5 * sum(v == value for v in values)) / len(values)
    return 1 - share if name in GAPS else share


def pillars(norms, weights):
    need = sum(weights[n] * norms[n] for n in NEEDS) / sum(weights[n] for n in NEEDS)
    gap = sum(weights[n] * norms[n] for n in GAPS) / sum(weights[n] for n in GAPS)
    return need, gap


def check_index(path, scale, form):
    rows = [row for row in read(path) if row["puesto"]]
    ruler, weights, worst = rulers(rows), {**NEEDS, **GAPS}, 0
    columns = {name: [float(row[column]) for row in rows] for name, column in RAW.items()}
    scored = []
    for i, row in enumerate(rows):
        norms = {}
        for name in RAW:
            value = columns[name][i]
            if scale == "percentil":
                norms[name] = percentile(name, value, columns[name])
            else:
                norms[name] = norm(name, math.log(max(value, 1)) if name == "rural" else value, ruler)
        need, gap = pillars(norms, weights)
        index = 100 * (math.sqrt(need * gap) if form == "multiplicativa" else (need + gap) / 2)
        for mine, printed in [(index, row["indice"]), (need, row["necesidad"]), (gap, row["brecha"])]:
            worst = max(worst, abs(mine - float(printed)))
        scored.append((-index, row["codigo"], int(row["puesto"])))
    # The printed values have six decimals: equal ones may differ in the last digits.
    moved = sum(place != n + 1 for n, (_, _, place) in enumerate(sorted(scored)))
    print(f"{len(rows)} municipalities: greatest difference {worst:.2g}, {moved} places differ")
    return worst < 6e-4 and moved <= 2


def check_sums(path, k, groups):
    rows = [row for row in read(path) if row["puesto"]]
    sums = {}
    for row in rows:
        key = row["departamento"] if groups > 1 else ""
        sums[key] = sums.get(key, 0) + float(row["prob_primeros_k"])
        assert int(row["puesto_p05"]) <= int(row["puesto_p50"]) <= int(row["puesto_p95"])
    print(sums)
    return len(sums) == groups and all(abs(total - k) < 0.01 for total in sums.values())


def check_equity(equity_path, coverage_path):
    rows = [(float(r["poblacion_rural"]), float(r["familias"]), r["departamento"])
            for r in read(coverage_path) if r["codigo"]]
    people, value = sum(p for p, _, _ in rows), sum(v for _, v, _ in rows)
    pairs = sum(p * q * abs(v / p - w / q) for p, v, _ in rows for q, w, _ in rows)
    gini = pairs / (2 * people * people) / (value / people)
    theil = sum(v / value * math.log((v / value) / (p / people)) for p, v, _ in rows if v)
    between = within = 0
    for name in {d for _, _, d in rows}:
        part = [(p, v) for p, v, d in rows if d == name]
        own_people, own_value = sum(p for p, _ in part), sum(v for _, v in part)
        between += own_value / value * math.log((own_value / value) / (own_people / people))
        within += own_value / value * sum(
            v / own_value * math.log((v / own_value) / (p / own_people)) for p, v in part if v)
    printed = read(equity_path)
    last = printed[-1]
    off = {"gini": gini - float(last["gini"]), "theil": theil - float(last["theil"]),
           "theil_dentro": within - float(last["theil_dentro"]),
           "theil_entre": between - float(last["theil_entre"]),
           "suma": sum(float(r["theil_dentro"]) + float(r["theil_entre"]) for r in printed[:-1]) -
           float(last["theil"])}
    print({name: f"{value:.1g}" for name, value in off.items()})
    return all(abs(value) < 1e-12 for value in off.values())


def check_draws(path, k):
    """An own simulation, another generator, of weights and of NBI, people and
    dwellings; records in the database stand (errors registro=0, riego=0)."""
    rows = [row for row in read(path) if row["puesto"]]
    ruler, chance, draws = rulers(rows), random.Random(20240101), 1000
    raw = [{name: float(row[column]) for name, column in RAW.items()} for row in rows]
    hits = [0] * len(rows)

    def dirichlet(weights):
        names = list(weights)
        total = sum(weights.values())
        drawn = [chance.gammavariate(50 * weights[name] / total, 1) for name in names]
        return {name: x / sum(drawn) for name, x in zip(names, drawn)}

    for _ in range(draws):
        of_need, of_gap, both = dirichlet(NEEDS), dirichlet(GAPS), dirichlet({"need": 1, "gap": 1})
        scored = []
        for i, one in enumerate(raw):
            dwellings = math.exp(chance.gauss(0, 0.05))
            nbi = min(max(one["nbi"] + chance.gauss(0, 3), 0), 100)
            rural = math.log(max(one["rural"], 1)) + chance.gauss(0, 0.05)
            need = of_need["nbi"] * norm("nbi", nbi, ruler) + of_need["rural"] * norm("rural", rural, ruler)
            gap = sum(of_gap[name] * norm(name, one[name] / dwellings, ruler) for name in GAPS)
            scored.append((-(need ** both["need"]) * gap ** both["gap"], i))
        for _, i in sorted(scored)[:k]:
            hits[i] += 1
    off = [hits[i] / draws - float(row["prob_primeros_k"]) for i, row in enumerate(rows)]
    worst = max(abs(x) for x in off)
    mean = sum(abs(x) for x in off) / len(off)
    print(f"{len(rows)} probabilities: greatest difference {worst:.3f}, mean {mean:.4f}")
    return worst < 0.071 and mean < 0.007  # 4.5 standard errors of 1,000 draws at 1/2


KIND = {"index": lambda a: check_index(a[0], a[1], a[2]),
        "sums": lambda a: check_sums(a[0], float(a[1]), int(a[2])),
        "equity": lambda a: check_equity(a[0], a[1]),
        "draws": lambda a: check_draws(a[0], int(a[1]))}
sys.exit(0 if KIND[sys.argv[1]](sys.argv[2:]) else 1)
