-- 0004.sql - what a person decided about a record whose location and
-- declaration disagree (geo/figures/verdict.h), and which records disagree.

-- One row a verdict, kept for good; the one in force has no `fin`. It is bound to
-- what was judged: `declarado` and `huella` (a fingerprint of the geometry). With
-- either changed it is stale, and has no effect.
CREATE TABLE veredictos (
    id               INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    capa             TEXT NOT NULL,
    codigo           TEXT NOT NULL,
    veredicto        TEXT NOT NULL CHECK
        (veredicto IN ('aceptar_ubicacion', 'aceptar_declaracion', 'corregir_coordenadas')),
    persona          TEXT NOT NULL CHECK (persona <> ''),
    fecha            TEXT NOT NULL,
    nota             TEXT NOT NULL DEFAULT '',
    declarado        TEXT NOT NULL,
    huella           TEXT NOT NULL,
    -- Of corregir_coordenadas: the new point, and what it took the place of.
    lon              REAL,
    lat              REAL,
    lon_antes        REAL,
    lat_antes        REAL,
    crs_antes        TEXT,
    rescate_antes    TEXT,
    coordenada_antes TEXT,
    datum_antes      INTEGER,
    -- How it ended.
    fin              TEXT,
    fin_motivo       TEXT CHECK (fin_motivo IN ('retirado', 'reemplazado')),
    fin_persona      TEXT,
    fin_nota         TEXT
);
CREATE UNIQUE INDEX veredictos_en_vigor ON veredictos (capa, codigo) WHERE fin IS NULL;

-- Records that lie elsewhere than they declare, in water or outside the country,
-- and those with a verdict; kept current with the links. `estado` is what the
-- record's link would be without a verdict. The line goes from where the record
-- lies to the nearest point of the municipality declared (in water: of the one it
-- is linked to); only open ones have it.
CREATE TABLE conflictos (
    id               INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    edicion          TEXT NOT NULL REFERENCES ediciones (codigo) ON DELETE CASCADE,
    capa             TEXT NOT NULL,
    registro         INTEGER NOT NULL,
    codigo           TEXT NOT NULL,
    nombre           TEXT,
    estado           TEXT NOT NULL,
    resolucion       TEXT NOT NULL CHECK (resolucion IN ('abierto', 'decidido', 'caduco')),
    veredicto        TEXT,
    distancia_m      REAL,
    ubicado_codigo   TEXT,
    ubicado_nombre   TEXT,
    declarado_codigo TEXT,
    declarado_nombre TEXT,
    uo               TEXT,
    UNIQUE (edicion, capa, registro)
);
SELECT AddGeometryColumn('conflictos', 'geom', 4326, 'LINESTRING', 'XY');
SELECT CreateSpatialIndex('conflictos', 'geom');

CREATE TRIGGER comunidades_sin_conflictos AFTER DELETE ON comunidades BEGIN
    DELETE FROM conflictos WHERE capa = 'comunidades' AND registro = OLD.id;
END;
CREATE TRIGGER alianzas_sin_conflictos AFTER DELETE ON alianzas BEGIN
    DELETE FROM conflictos WHERE capa = 'alianzas' AND registro = OLD.id;
END;
CREATE TRIGGER areas_riego_sin_conflictos AFTER DELETE ON areas_riego BEGIN
    DELETE FROM conflictos WHERE capa = 'areas_riego' AND registro = OLD.id;
END;
CREATE TRIGGER subproyectos_sin_conflictos AFTER DELETE ON subproyectos BEGIN
    DELETE FROM conflictos WHERE capa = 'subproyectos' AND registro = OLD.id;
END;
