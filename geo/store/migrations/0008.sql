-- 0008.sql - what ties a file to its write-ahead log (geo/store/db_consistency_sqlite.c).

-- One row: "SIGGmark", eight random bytes of the last commit, eight of the one before.
-- Every commit writes another. A log that was left beside another file, or a file that
-- was put beside another log, does not go on from the mark that it has.
CREATE TABLE marca_archivo (
    id    INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    marca BLOB NOT NULL CHECK (length(marca) = 24)
);
INSERT INTO marca_archivo VALUES (1, X'534947476D61726B00000000000000000000000000000000');

-- A record that goes takes its conflicts along: without this each of them is looked for
-- in the whole table, and an import of many takes minutes to undo.
CREATE INDEX conflictos_registro ON conflictos (capa, registro);
