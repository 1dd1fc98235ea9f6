"""Reads the exports of reformgraph back with networkx and pandas and compares
them with the dump and with the JSON answers: interop.py PROGRAM STORE FOLDER."""

import io
import json
import re
import subprocess
import sys
from collections import Counter

import networkx
import pandas

program, store, folder = sys.argv[1:]
failures = 0


def run(*args):
    return subprocess.run([program, "--store", store, *args], check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout


def check(what, ok, detail=""):
    global failures
    if not ok:
        failures += 1
    print(("ok    " if ok else "FAIL  ") + what, detail, flush=True)


def possible(v):
    """What XML can hold of a value."""
    if not isinstance(v, str):
        return v
    return "".join("\ufffd" if c < " " and c not in "\t\n\r" or c in "\ufffe\uffff" else c for c in v)


SHOWN_ON_NODES = ("level", "kind", "domain", "lat", "lon", "practice", "unit", "valid_from", "valid_to", "today", "outlet", "url", "published")
NOT_ON_EDGES = {"start": "quote_start", "end": "quote_end"}


def expected(dump):
    """Nodes by id, and edges with how often each is there, as files should show them."""
    nodes, edges = {}, Counter()
    for line in dump.splitlines()[1:]:
        r = json.loads(line)
        p = r["props"]
        if "node" in r:
            n = {k: possible(p[k]) for k in SHOWN_ON_NODES if k in p}
            name = p.get("title", p.get("name"))
            if name is not None:
                n["name"] = possible(name)
            n["type"] = [l for l in r["labels"] if l not in ("Entity", "City")][0]
            if "City" in r["labels"]:
                n["city"] = True
            if p.get("aliases"):
                n["aliases"] = json.loads(possible(json.dumps(p["aliases"], ensure_ascii=False)))
            nodes[possible(r["node"])] = n
            continue
        if r["edge"] == "MENTIONED_IN":
            e = {"article": r["to"]}
        else:
            e = {NOT_ON_EDGES.get(k, k): v for k, v in p.items()}
        e["type"] = r["edge"]
        edges[edge_key(r["from"], r["to"], e)] += 1
    return nodes, edges


def edge_key(source, target, data):
    kept = {k: possible(v) for k, v in data.items() if k not in ("id", "label", "weight", "spells")}
    if "value" in kept:
        kept["value"] = float(kept["value"])  # JSON writes 3 for the number 3.0
    kept["confidence"] = float(kept.get("confidence", -1))
    return possible(source), possible(target), json.dumps(kept, sort_keys=True, ensure_ascii=False)


DATE = re.compile(r"\d{4}(-\d\d){0,2}")  # a period may also be words of the text, which have no spell


def first_day(date):
    return date + "-01" * ((10 - len(date)) // 3)


def whole(dump):
    nodes, edges = expected(dump)
    for form, read in (("graphml", networkx.read_graphml), ("gexf", networkx.read_gexf)):
        path = f"{folder}/whole.{form}"
        run("--quiet", "export", "--format", form, path)
        g = read(path)
        got = {}
        for i, data in g.nodes(data=True):
            data = dict(data)
            data.pop("spells", None)
            label = data.pop("label")
            if "aliases" in data:
                data["aliases"] = json.loads(data["aliases"])
            got[i] = data
            if label != data.get("name", i):
                check(f"{form}: label of {i}", False, label)
        wrong = [i for i in nodes if got.get(i) != nodes[i]]
        check(f"{form}: {len(got)} nodes, each with the attributes of the dump", got.keys() == nodes.keys() and not wrong,
              "" if not wrong else f"{len(wrong)} differ, as {wrong[0]}: got {got.get(wrong[0])}, want {nodes[wrong[0]]}")
        found = Counter(edge_key(a, b, d) for a, b, d in g.edges(data=True))
        lost, added = edges - found, found - edges
        check(f"{form}: {g.number_of_edges()} edges, each with the properties of the dump", not lost and not added,
              "" if not lost and not added else f"lost {list(lost)[:1]}, added {list(added)[:1]}")
        if form == "gexf":
            dated = [d for _, _, d in g.edges(data=True) if DATE.fullmatch(d.get("since") or d.get("date") or d.get("period") or "")]
            starts = [d for d in dated if d.get("spells") and d["spells"][0][0] == first_day(d.get("since") or d.get("date") or d["period"])]
            undated = sum("spells" in d for _, _, d in g.edges(data=True)) - len(starts)
            check(f"gexf: {len(starts)} dated edges have a spell from their date on, no other edge has one", len(starts) == len(dated) and undated == 0,
                  "" if len(starts) == len(dated) else str([d for d in dated if d not in starts][0]))


def flat(row):
    """A row of JSON as the cells of CSV."""
    out = {}
    for k, v in row.items():
        if isinstance(v, list):
            best = v[0] if v else {}
            for part in ("article", "quote", "start", "end"):
                out["evidence_" + part] = best.get(part, "")
        elif isinstance(v, dict):
            out[k] = v
        else:
            out[k] = "" if v is None else v
    return out


def same(cell, value):
    if isinstance(value, bool):
        return cell == str(value).lower()
    if isinstance(value, (int, float)):
        return cell != "" and float(cell) == value
    if isinstance(value, dict):
        return json.loads(cell) == value
    return cell == value or cell == "'" + value and value[0] in "=+-@\t\r\n＝＋－＠"


def queries(questions):
    for name, args in questions:
        answer = json.loads(run("query", name, *args))
        rows = [flat(r) for r in answer["rows"]]
        for bom in (False, True):
            raw = run("query", name, *args, "--format", "csv", *(["--bom"] if bom else []))
            table = pandas.read_csv(io.BytesIO(raw), dtype=str, keep_default_na=False, encoding="utf-8-sig" if bom else "utf-8")
            cells = table.to_dict("records")
            wrong = [(k, c.get(k), v) for c, r in zip(cells, rows) for k, v in r.items() if not same(c.get(k, "no such column"), v)]
            ok = raw.startswith(b"\xef\xbb\xbf") == bom and len(cells) == len(rows) and not wrong
            check(f"csv{' with mark' if bom else ''}: {name}, {len(cells)} rows as in JSON", ok, wrong[:1] or "")
        lines = pandas.read_json(io.BytesIO(run("query", name, *args, "--format", "ndjson")), lines=True, dtype=False) if rows else []
        check(f"ndjson: {name}, {len(lines)} rows", len(lines) == len(rows))
        if name not in ("neighbours", "path", "spread", "flows"):
            continue
        for form, read in (("graphml", networkx.read_graphml), ("gexf", networkx.read_gexf)):
            g = read(io.BytesIO(run("query", name, *args, "--format", form)))
            claims = Counter(d.get("claim", "") for _, _, d in g.edges(data=True))
            want = Counter(r["evidence"][0]["claim"] if r["evidence"] else "" for r in answer["rows"])
            check(f"{form}: {name}, {g.number_of_nodes()} nodes and {g.number_of_edges()} edges, an edge a row with its claim", claims == want)
            if form == "graphml":
                check(f"graphml: {name} says whether it was cut", g.graph["truncated"] == str(answer["truncated"]).lower())


def questions():
    """Each query with parameters taken from the answers of others."""
    def rows(name, *args):
        return json.loads(run("query", name, *args))["rows"]
    top = rows("experiences", "limit=1")[0]
    spread = rows("spread", "experience=" + top["experience"], "limit=1000")
    place = top["first_place"]
    last = spread[-1]["place"]
    return [
        ("spread", ["experience=" + top["experience"], "limit=1000"]), ("spread", ["experience=" + top["experience"], "limit=2"]),
        ("origins", ["experience=" + top["experience"]]), ("promotions", []), ("flows", ["limit=1000"]), ("flows", ["to=" + last]), ("reach", []), ("experiences", ["limit=1000"]),
        ("cascades", ["limit=1000"]), ("risk-set", ["experience=" + top["experience"], "limit=1000"]), ("city", ["place=" + place]),
        ("shared", [f"places={place},{last}"]), ("initiatives", ["limit=1000"]), ("pilots", []), ("recognitions", ["limit=1000"]), ("leaders", []),
        ("search", ["q=改革"]), ("evidence", ["node=" + top["experience"], "limit=1000"]), ("neighbours", ["node=" + place, "limit=1000"]),
        ("neighbours", ["node=" + top["experience"], "limit=3"]), ("path", ["from=" + place, "to=" + last]), ("conflicts", []), ("coverage", []),
        ("unresolved", []),
    ]


whole(run("dump"))
queries(questions())
print(f"{'FAILED: ' + str(failures) if failures else 'all read back'} (networkx {networkx.__version__}, pandas {pandas.__version__}, {store})")
sys.exit(failures > 0)
