-- 0001.sql - the first schema. A change is a new file; this one stays as it is.
--
-- Columns of record tables are those of geo/store/schema.c. Money ends in _cts and
-- is centavos; dates are text "YYYY-MM-DD"; geometry is EPSG:4326, lon/lat.

CREATE TABLE ediciones (
    codigo      TEXT NOT NULL PRIMARY KEY,
    titulo      TEXT NOT NULL DEFAULT '',
    fuente      TEXT NOT NULL DEFAULT '',
    fecha_datos TEXT NOT NULL DEFAULT '',
    esquematica INTEGER NOT NULL DEFAULT 0 CHECK (esquematica IN (0, 1)),
    vigente     INTEGER NOT NULL DEFAULT 0 CHECK (vigente IN (0, 1)),
    orden       INTEGER NOT NULL
);
CREATE UNIQUE INDEX ediciones_vigente ON ediciones (vigente) WHERE vigente = 1;

CREATE TABLE capas (
    capa        TEXT NOT NULL PRIMARY KEY,
    revision    INTEGER NOT NULL DEFAULT 0,
    simulada    INTEGER NOT NULL DEFAULT 0 CHECK (simulada IN (0, 1)),
    fuente      TEXT NOT NULL DEFAULT '',
    fecha_datos TEXT NOT NULL DEFAULT ''
);

CREATE TABLE municipios (
    id           INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    edicion      TEXT NOT NULL REFERENCES ediciones (codigo) ON DELETE CASCADE,
    codigo       TEXT NOT NULL CHECK (length(codigo) = 6),
    nombre       TEXT NOT NULL,
    provincia    TEXT,
    departamento TEXT,
    uo           TEXT,
    UNIQUE (edicion, codigo)
);
SELECT AddGeometryColumn('municipios', 'geom', 4326, 'MULTIPOLYGON', 'XY');
SELECT CreateSpatialIndex('municipios', 'geom');

CREATE TABLE alias_municipio (
    alias  TEXT NOT NULL,
    codigo TEXT NOT NULL,
    PRIMARY KEY (alias, codigo)
) WITHOUT ROWID;

CREATE TABLE hechos_municipio (
    id     INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    codigo TEXT NOT NULL,
    hecho  TEXT NOT NULL,
    valor  REAL NOT NULL,
    UNIQUE (codigo, hecho)
);

CREATE TABLE cuerpos_agua (
    id           INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    codigo       TEXT,
    nombre       TEXT NOT NULL,
    departamento TEXT
);
SELECT AddGeometryColumn('cuerpos_agua', 'geom', 4326, 'MULTIPOLYGON', 'XY');
SELECT CreateSpatialIndex('cuerpos_agua', 'geom');

CREATE TABLE zonas_urbanas (
    id     INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    codigo TEXT,
    nombre TEXT NOT NULL
);
SELECT AddGeometryColumn('zonas_urbanas', 'geom', 4326, 'MULTIPOLYGON', 'XY');
SELECT CreateSpatialIndex('zonas_urbanas', 'geom');

CREATE TABLE comunidades (
    id                     INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    codigo                 TEXT NOT NULL UNIQUE,
    nombre                 TEXT NOT NULL,
    personas               INTEGER CHECK (personas >= 0),
    viviendas              INTEGER CHECK (viviendas >= 0),
    municipio_codigo       TEXT,
    municipio_nombre       TEXT,
    municipio_departamento TEXT,
    crs_origen             TEXT,
    rescate                TEXT,
    coordenada_original    TEXT,
    datum_incierto         INTEGER
);
SELECT AddGeometryColumn('comunidades', 'geom', 4326, 'POINT', 'XY');
SELECT CreateSpatialIndex('comunidades', 'geom');

CREATE TABLE alianzas (
    id                     INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    codigo                 TEXT NOT NULL UNIQUE,
    nombre                 TEXT NOT NULL,
    opp                    TEXT,
    comprador              TEXT,
    modelo                 INTEGER CHECK (modelo BETWEEN 1 AND 3),
    rubro                  TEXT,
    etapa                  TEXT,
    financiamiento         TEXT,
    familias               INTEGER CHECK (familias >= 0),
    mujeres                INTEGER CHECK (mujeres >= 0),
    comprometido_cts       INTEGER CHECK (comprometido_cts >= 0),
    solicitado_cts         INTEGER CHECK (solicitado_cts >= 0),
    transferido_cts        INTEGER CHECK (transferido_cts >= 0),
    descargado_cts         INTEGER CHECK (descargado_cts >= 0),
    fecha_solicitud        TEXT,
    fecha_evaluacion       TEXT,
    fecha_plan             TEXT,
    fecha_viable           TEXT,
    fecha_convenio         TEXT,
    fecha_conclusion       TEXT,
    municipio_codigo       TEXT,
    municipio_nombre       TEXT,
    municipio_departamento TEXT,
    crs_origen             TEXT,
    rescate                TEXT,
    coordenada_original    TEXT,
    datum_incierto         INTEGER
);
SELECT AddGeometryColumn('alianzas', 'geom', 4326, 'POINT', 'XY');
SELECT CreateSpatialIndex('alianzas', 'geom');

CREATE TABLE areas_riego (
    id                     INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    codigo                 TEXT NOT NULL UNIQUE,
    nombre                 TEXT,
    alianza_codigo         TEXT REFERENCES alianzas (codigo) DEFERRABLE INITIALLY DEFERRED,
    declarado_ha           REAL CHECK (declarado_ha >= 0),
    fecha_operacion        TEXT,
    municipio_codigo       TEXT,
    municipio_nombre       TEXT,
    municipio_departamento TEXT
);
SELECT AddGeometryColumn('areas_riego', 'geom', 4326, 'MULTIPOLYGON', 'XY');
SELECT CreateSpatialIndex('areas_riego', 'geom');
CREATE INDEX areas_riego_alianza ON areas_riego (alianza_codigo);

CREATE TABLE subproyectos (
    id                         INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    codigo                     TEXT NOT NULL UNIQUE,
    nombre                     TEXT NOT NULL,
    tipo                       TEXT,
    estado                     TEXT NOT NULL,
    familias                   INTEGER CHECK (familias >= 0),
    comprometido_empoderar_cts INTEGER CHECK (comprometido_empoderar_cts >= 0),
    comprometido_cp_cts        INTEGER CHECK (comprometido_cp_cts >= 0),
    ejecutado_empoderar_cts    INTEGER CHECK (ejecutado_empoderar_cts >= 0),
    ejecutado_cp_cts           INTEGER CHECK (ejecutado_cp_cts >= 0),
    fecha_inicio               TEXT,
    fecha_recepcion            TEXT,
    municipio_codigo           TEXT,
    municipio_nombre           TEXT,
    municipio_departamento     TEXT,
    crs_origen                 TEXT,
    rescate                    TEXT,
    coordenada_original        TEXT,
    datum_incierto             INTEGER
);
SELECT AddGeometryColumn('subproyectos', 'geom', 4326, 'GEOMETRY', 'XY');
SELECT CreateSpatialIndex('subproyectos', 'geom');

-- QGIS shows one kind of geometry a layer: each kind of works has a table of
-- its own, and a view with the record's columns below. These triggers keep it until
-- 0009.sql, which drops all that are ours.
CREATE TABLE formas_puntos (
    id INTEGER NOT NULL PRIMARY KEY REFERENCES subproyectos (id) ON DELETE CASCADE
);
SELECT AddGeometryColumn('formas_puntos', 'geom', 4326, 'MULTIPOINT', 'XY');
SELECT CreateSpatialIndex('formas_puntos', 'geom');
CREATE TABLE formas_lineas (
    id INTEGER NOT NULL PRIMARY KEY REFERENCES subproyectos (id) ON DELETE CASCADE
);
SELECT AddGeometryColumn('formas_lineas', 'geom', 4326, 'MULTILINESTRING', 'XY');
SELECT CreateSpatialIndex('formas_lineas', 'geom');
CREATE TABLE formas_poligonos (
    id INTEGER NOT NULL PRIMARY KEY REFERENCES subproyectos (id) ON DELETE CASCADE
);
SELECT AddGeometryColumn('formas_poligonos', 'geom', 4326, 'MULTIPOLYGON', 'XY');
SELECT CreateSpatialIndex('formas_poligonos', 'geom');
CREATE TRIGGER subproyectos_formas_alta AFTER INSERT ON subproyectos BEGIN
    INSERT INTO formas_puntos (id, geom) SELECT NEW.id, CastToMulti(NEW.geom)
    WHERE GeometryType(NEW.geom) IN ('POINT', 'MULTIPOINT');
    INSERT INTO formas_lineas (id, geom) SELECT NEW.id, CastToMulti(NEW.geom)
    WHERE GeometryType(NEW.geom) IN ('LINESTRING', 'MULTILINESTRING');
    INSERT INTO formas_poligonos (id, geom) SELECT NEW.id, CastToMulti(NEW.geom)
    WHERE GeometryType(NEW.geom) IN ('POLYGON', 'MULTIPOLYGON');
END;
CREATE TRIGGER subproyectos_formas_cambio AFTER UPDATE OF geom ON subproyectos BEGIN
    DELETE FROM formas_puntos WHERE id = NEW.id;
    INSERT INTO formas_puntos (id, geom) SELECT NEW.id, CastToMulti(NEW.geom)
    WHERE GeometryType(NEW.geom) IN ('POINT', 'MULTIPOINT');
    DELETE FROM formas_lineas WHERE id = NEW.id;
    INSERT INTO formas_lineas (id, geom) SELECT NEW.id, CastToMulti(NEW.geom)
    WHERE GeometryType(NEW.geom) IN ('LINESTRING', 'MULTILINESTRING');
    DELETE FROM formas_poligonos WHERE id = NEW.id;
    INSERT INTO formas_poligonos (id, geom) SELECT NEW.id, CastToMulti(NEW.geom)
    WHERE GeometryType(NEW.geom) IN ('POLYGON', 'MULTIPOLYGON');
END;

-- Results ------------------------------------------------------------------

-- Every record's municipality on every edition (geo/figures/link.h). orden 0 is the
-- main one, which counts the record; lines and polygons may have more.
CREATE TABLE vinculos (
    capa        TEXT NOT NULL,
    registro    INTEGER NOT NULL,
    edicion     TEXT NOT NULL REFERENCES ediciones (codigo) ON DELETE CASCADE,
    orden       INTEGER NOT NULL,
    municipio   TEXT,
    metodo      TEXT NOT NULL,
    estado      TEXT NOT NULL,
    distancia_m REAL,
    parte       REAL NOT NULL,
    zona_urbana INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (capa, registro, edicion, orden),
    FOREIGN KEY (edicion, municipio) REFERENCES municipios (edicion, codigo)
        DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID;
CREATE INDEX vinculos_municipio ON vinculos (edicion, municipio, capa);

CREATE TRIGGER comunidades_sin_vinculos AFTER DELETE ON comunidades BEGIN
    DELETE FROM vinculos WHERE capa = 'comunidades' AND registro = OLD.id;
END;
CREATE TRIGGER alianzas_sin_vinculos AFTER DELETE ON alianzas BEGIN
    DELETE FROM vinculos WHERE capa = 'alianzas' AND registro = OLD.id;
END;
CREATE TRIGGER areas_riego_sin_vinculos AFTER DELETE ON areas_riego BEGIN
    DELETE FROM vinculos WHERE capa = 'areas_riego' AND registro = OLD.id;
END;
CREATE TRIGGER subproyectos_sin_vinculos AFTER DELETE ON subproyectos BEGIN
    DELETE FROM vinculos WHERE capa = 'subproyectos' AND registro = OLD.id;
END;

-- Irrigated area by municipality (geo/figures/irrigation.h); municipio '' is what lies
-- in none.
CREATE TABLE riego_municipal (
    edicion      TEXT NOT NULL REFERENCES ediciones (codigo) ON DELETE CASCADE,
    municipio    TEXT NOT NULL,
    areas        INTEGER NOT NULL,
    bruto_m2     REAL NOT NULL,
    neto_m2      REAL NOT NULL,
    declarado_ha REAL NOT NULL,
    PRIMARY KEY (edicion, municipio)
) WITHOUT ROWID;

-- Coverage by municipality, everything known (geo/figures/coverage.h); codigo '' is
-- the records without a municipality.
CREATE TABLE cobertura (
    edicion                       TEXT NOT NULL REFERENCES ediciones (codigo) ON DELETE CASCADE,
    codigo                        TEXT NOT NULL,
    alianzas                      INTEGER NOT NULL,
    familias                      INTEGER NOT NULL,
    mujeres                       INTEGER NOT NULL,
    comprometido_cts              INTEGER NOT NULL,
    solicitado_cts                INTEGER NOT NULL,
    transferido_cts               INTEGER NOT NULL,
    descargado_cts                INTEGER NOT NULL,
    riego_bruto_m2                REAL NOT NULL,
    riego_neto_m2                 REAL NOT NULL,
    riego_declarado_ha            REAL NOT NULL,
    subproyectos                  INTEGER NOT NULL,
    subproyectos_familias         INTEGER NOT NULL,
    subproyectos_comprometido_cts INTEGER NOT NULL,
    subproyectos_ejecutado_cts    INTEGER NOT NULL,
    poblacion_rural               REAL,
    viviendas_rurales             REAL,
    cobertura_familias_pct        REAL,
    PRIMARY KEY (edicion, codigo)
) WITHOUT ROWID;

-- Imports, each with what undoes it (geo/store/store_undo.h).
CREATE TABLE importaciones (
    id       INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    fecha    TEXT NOT NULL,
    capa     TEXT NOT NULL,
    fuente   TEXT NOT NULL,
    resumen  TEXT NOT NULL,
    cambios  BLOB,
    deshecha TEXT
);

-- What QGIS opens as layers -------------------------------------------------

CREATE VIEW municipios_vigentes AS
SELECT m.id AS id, m.codigo AS codigo, m.nombre AS nombre, m.provincia AS provincia,
       m.departamento AS departamento, m.uo AS uo, m.edicion AS edicion,
       e.esquematica AS esquematica, m.geom AS geom
FROM municipios AS m JOIN ediciones AS e ON e.codigo = m.edicion AND e.vigente = 1;

CREATE VIEW cobertura_municipal AS
SELECT m.id AS id, m.codigo AS codigo, m.nombre AS nombre, m.departamento AS departamento,
       m.uo AS uo, c.alianzas AS alianzas, c.familias AS familias, c.mujeres AS mujeres,
       c.comprometido_cts / 100.0 AS comprometido_bs, c.solicitado_cts / 100.0 AS solicitado_bs,
       c.transferido_cts / 100.0 AS transferido_bs, c.descargado_cts / 100.0 AS descargado_bs,
       c.riego_bruto_m2 / 10000.0 AS riego_bruto_ha, c.riego_neto_m2 / 10000.0 AS riego_neto_ha,
       c.subproyectos AS subproyectos, c.subproyectos_familias AS subproyectos_familias,
       c.subproyectos_ejecutado_cts / 100.0 AS subproyectos_ejecutado_bs,
       c.poblacion_rural AS poblacion_rural, c.viviendas_rurales AS viviendas_rurales,
       c.cobertura_familias_pct AS cobertura_familias_pct, m.edicion AS edicion,
       e.esquematica AS esquematica, m.geom AS geom
FROM municipios AS m
JOIN ediciones AS e ON e.codigo = m.edicion AND e.vigente = 1
LEFT JOIN cobertura AS c ON c.edicion = m.edicion AND c.codigo = m.codigo;

CREATE VIEW alianzas_vinculadas AS
SELECT a.id AS id, a.codigo AS codigo, a.nombre AS nombre, a.modelo AS modelo, a.rubro AS rubro,
       a.etapa AS etapa, a.familias AS familias, a.mujeres AS mujeres,
       a.comprometido_cts / 100.0 AS comprometido_bs, a.fecha_convenio AS fecha_convenio,
       v.municipio AS municipio, m.nombre AS municipio_nombre, m.departamento AS departamento,
       m.uo AS uo, v.metodo AS metodo, v.estado AS estado_vinculo, v.distancia_m AS distancia_m,
       a.municipio_codigo AS declarado_codigo, a.municipio_nombre AS declarado_nombre,
       a.geom AS geom
FROM alianzas AS a
JOIN ediciones AS e ON e.vigente = 1
LEFT JOIN vinculos AS v
    ON v.capa = 'alianzas' AND v.registro = a.id AND v.edicion = e.codigo AND v.orden = 0
LEFT JOIN municipios AS m ON m.edicion = e.codigo AND m.codigo = v.municipio;

CREATE VIEW areas_riego_vinculadas AS
SELECT a.id AS id, a.codigo AS codigo, a.nombre AS nombre, a.alianza_codigo AS alianza_codigo,
       a.declarado_ha AS declarado_ha, a.fecha_operacion AS fecha_operacion,
       v.municipio AS municipio, m.nombre AS municipio_nombre, m.departamento AS departamento,
       m.uo AS uo, v.metodo AS metodo, v.estado AS estado_vinculo, v.parte AS parte,
       a.geom AS geom
FROM areas_riego AS a
JOIN ediciones AS e ON e.vigente = 1
LEFT JOIN vinculos AS v
    ON v.capa = 'areas_riego' AND v.registro = a.id AND v.edicion = e.codigo AND v.orden = 0
LEFT JOIN municipios AS m ON m.edicion = e.codigo AND m.codigo = v.municipio;

CREATE VIEW subproyectos_puntos AS
SELECT a.id AS id, a.codigo AS codigo, a.nombre AS nombre, a.tipo AS tipo, a.estado AS estado,
       a.familias AS familias,
       (a.comprometido_empoderar_cts + a.comprometido_cp_cts) / 100.0 AS comprometido_bs,
       (a.ejecutado_empoderar_cts + a.ejecutado_cp_cts) / 100.0 AS ejecutado_bs,
       v.municipio AS municipio, m.nombre AS municipio_nombre, m.departamento AS departamento,
       m.uo AS uo, v.metodo AS metodo, v.estado AS estado_vinculo, v.distancia_m AS distancia_m,
       f.geom AS geom
FROM formas_puntos AS f
JOIN subproyectos AS a ON a.id = f.id
JOIN ediciones AS e ON e.vigente = 1
LEFT JOIN vinculos AS v
    ON v.capa = 'subproyectos' AND v.registro = a.id AND v.edicion = e.codigo AND v.orden = 0
LEFT JOIN municipios AS m ON m.edicion = e.codigo AND m.codigo = v.municipio;

CREATE VIEW subproyectos_lineas AS
SELECT a.id AS id, a.codigo AS codigo, a.nombre AS nombre, a.tipo AS tipo, a.estado AS estado,
       a.familias AS familias,
       (a.comprometido_empoderar_cts + a.comprometido_cp_cts) / 100.0 AS comprometido_bs,
       (a.ejecutado_empoderar_cts + a.ejecutado_cp_cts) / 100.0 AS ejecutado_bs,
       v.municipio AS municipio, m.nombre AS municipio_nombre, m.departamento AS departamento,
       m.uo AS uo, v.metodo AS metodo, v.estado AS estado_vinculo, v.distancia_m AS distancia_m,
       f.geom AS geom
FROM formas_lineas AS f
JOIN subproyectos AS a ON a.id = f.id
JOIN ediciones AS e ON e.vigente = 1
LEFT JOIN vinculos AS v
    ON v.capa = 'subproyectos' AND v.registro = a.id AND v.edicion = e.codigo AND v.orden = 0
LEFT JOIN municipios AS m ON m.edicion = e.codigo AND m.codigo = v.municipio;

CREATE VIEW subproyectos_poligonos AS
SELECT a.id AS id, a.codigo AS codigo, a.nombre AS nombre, a.tipo AS tipo, a.estado AS estado,
       a.familias AS familias,
       (a.comprometido_empoderar_cts + a.comprometido_cp_cts) / 100.0 AS comprometido_bs,
       (a.ejecutado_empoderar_cts + a.ejecutado_cp_cts) / 100.0 AS ejecutado_bs,
       v.municipio AS municipio, m.nombre AS municipio_nombre, m.departamento AS departamento,
       m.uo AS uo, v.metodo AS metodo, v.estado AS estado_vinculo, v.distancia_m AS distancia_m,
       f.geom AS geom
FROM formas_poligonos AS f
JOIN subproyectos AS a ON a.id = f.id
JOIN ediciones AS e ON e.vigente = 1
LEFT JOIN vinculos AS v
    ON v.capa = 'subproyectos' AND v.registro = a.id AND v.edicion = e.codigo AND v.orden = 0
LEFT JOIN municipios AS m ON m.edicion = e.codigo AND m.codigo = v.municipio;

INSERT INTO views_geometry_columns
    (view_name, view_geometry, view_rowid, f_table_name, f_geometry_column, read_only)
VALUES
    ('municipios_vigentes', 'geom', 'id', 'municipios', 'geom', 1),
    ('cobertura_municipal', 'geom', 'id', 'municipios', 'geom', 1),
    ('alianzas_vinculadas', 'geom', 'id', 'alianzas', 'geom', 1),
    ('areas_riego_vinculadas', 'geom', 'id', 'areas_riego', 'geom', 1),
    ('subproyectos_puntos', 'geom', 'id', 'formas_puntos', 'geom', 1),
    ('subproyectos_lineas', 'geom', 'id', 'formas_lineas', 'geom', 1),
    ('subproyectos_poligonos', 'geom', 'id', 'formas_poligonos', 'geom', 1);
