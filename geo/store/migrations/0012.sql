-- 0012.sql - the sources that an import of today would find unchanged, as it last read them
-- (geo/store/store_known.h).

CREATE TABLE fuentes_conocidas (
    huella   BLOB NOT NULL PRIMARY KEY,
    revision INTEGER NOT NULL,
    marca    INTEGER NOT NULL,
    fecha    TEXT NOT NULL,
    resumen  TEXT NOT NULL
);
