"""Puts values into cells of a database that SQLite would refuse."""
import re
import sqlite3

COMMANDS = {
    "check": ["check"],
    "editions": ["editions"],
    "coverage": ["coverage", "--by", "uo", "--format", "csv"],
    "coverage-day": ["coverage", "--by", "municipio", "--as-of", "2021-06-30", "--format", "csv"],
    "irrigation": ["irrigation", "--format", "csv"],
    "links": ["links", "alianzas"],
    "indicators": ["indicators", "--by", "uo", "--format", "csv"],
    "series": ["series", "--format", "csv"],
    "conflicts": ["conflicts", "--format", "csv"],
    "equity": ["equity", "--by", "departamento", "--format", "csv"],
    "access": ["access", "--format", "csv"],
    "clusters": ["clusters", "--seed", "1", "--format", "csv"],
    "target": ["target", "-k", "5", "--draws", "20", "--seed", "1", "--format", "csv"],
    "export-alianzas": ["export", "alianzas", "-o", "{out}.csv"],
    "export-subproyectos": ["export", "subproyectos", "-o", "{out}.geojson"],
    "export-municipios": ["export", "municipios", "-o", "{out}.geojson"],
    "export-areas": ["export", "areas_riego", "-o", "{out}.csv"],
    "render": ["render", "--style", "cartera", "--size", "400x400", "-o", "{out}.png"],
    "render-works": ["render", "--style", "subproyectos", "--size", "300x300", "-o", "{out}.png"],
    "tiles": ["tiles", "--zoom", "4", "--style", "cobertura", "-o", "{out}.mbtiles"],
    "report": ["report", "municipio", "020101", "-o", "{out}.pdf"],
    "national": ["report", "nacional", "-o", "{out}.pdf"],
    "undo-list": ["undo", "--list"],
    "history": ["verdict", "--history"],
    "backup": ["backup", "{out}.sqlite"],
}


def command(name, sigg, db, out):
    return [sigg, "--db", db] + [word.replace("{out}", out) for word in COMMANDS[name]]


def _open(path):
    # No checkpoint, no truncation behind a reader's back: plain connections.
    return sqlite3.connect(path, isolation_level=None, timeout=10)


def _reload(db):
    version = db.execute("PRAGMA schema_version").fetchone()[0]
    db.execute("PRAGMA schema_version = %d" % (version + 1))


def put(path, table, column, where, value):
    """UPDATE table SET column = value WHERE where, with no type, check or trigger in the
    way; layers are told that they changed. The schema is as it was afterwards."""
    db = _open(path)
    db.execute("BEGIN IMMEDIATE")
    db.execute("PRAGMA writable_schema = ON")
    sql = db.execute("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)).fetchone()[0]
    triggers = db.execute("SELECT type, name, tbl_name, rootpage, sql FROM sqlite_master"
                          " WHERE type = 'trigger' AND tbl_name = ?", (table,)).fetchall()
    loose = re.sub(r'(?m)(^\s*|[(,]\s*)"?\b%s\b"?\s+[A-Z][^,\n]*' % column,
                   lambda m: m.group(1) + '"%s" BLOB%s' % (column, " UNIQUE" if "UNIQUE" in m.group(0) else "")
                   + (")" if m.group(0).count(")") > m.group(0).count("(") else ""), sql, count=1)
    assert loose != sql, (table, column)
    db.execute("UPDATE sqlite_master SET sql = ? WHERE type = 'table' AND name = ?", (loose, table))
    db.execute("DELETE FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (table,))
    _reload(db)
    db.execute("COMMIT")
    db.close()
    db = _open(path)
    db.execute("PRAGMA ignore_check_constraints = ON")
    db.execute("UPDATE %s SET %s = %s WHERE %s" % (table, column, value, where))
    assert db.execute("SELECT changes()").fetchone()[0] >= 1, (table, column, where)
    db.execute("UPDATE capas SET revision = revision + 1, marca = marca + 1 WHERE capa <> ''")
    db.execute("INSERT INTO cambios (capa, revision, registro) SELECT capa, revision, NULL FROM capas")
    db.execute("BEGIN IMMEDIATE")
    db.execute("PRAGMA writable_schema = ON")
    db.execute("UPDATE sqlite_master SET sql = ? WHERE type = 'table' AND name = ?", (sql, table))
    db.executemany("INSERT INTO sqlite_master (type, name, tbl_name, rootpage, sql) VALUES (?, ?, ?, ?, ?)", triggers)
    _reload(db)
    db.execute("COMMIT")
    db.close()
