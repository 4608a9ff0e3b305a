-- 0003.sql - what happens in time beside the portfolio: events of outreach and
-- training, what alliances sold and did in a year, members visited for a sample,
-- complaints, and values of indicators that no record gives.
--
-- None has a geometry: events and complaints are linked by the municipality they
-- declare, results and visits lie where their alliance does.

CREATE TABLE eventos (
    id                     INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    codigo                 TEXT NOT NULL UNIQUE,
    fecha                  TEXT NOT NULL,
    tipo                   TEXT NOT NULL,
    financiamiento         TEXT,
    participantes          INTEGER CHECK (participantes >= 0),
    mujeres                INTEGER CHECK (mujeres >= 0),
    municipio_codigo       TEXT,
    municipio_nombre       TEXT,
    municipio_departamento TEXT
);
CREATE TRIGGER eventos_sin_vinculos AFTER DELETE ON eventos BEGIN
    DELETE FROM vinculos WHERE capa = 'eventos' AND registro = OLD.id;
END;

-- Of one year; it counts from fecha, else from the year's last day.
CREATE TABLE resultados_alianza (
    id                  INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    alianza_codigo      TEXT NOT NULL REFERENCES alianzas (codigo) DEFERRABLE INITIALLY DEFERRED,
    anio                INTEGER NOT NULL,
    fecha               TEXT,
    volumen_sin_t       REAL CHECK (volumen_sin_t >= 0),
    volumen_con_t       REAL CHECK (volumen_con_t >= 0),
    ingreso_sin_cts     INTEGER,
    ingreso_con_cts     INTEGER,
    ciclos_relacion     INTEGER CHECK (ciclos_relacion >= 0),
    cumple_metas        INTEGER CHECK (cumple_metas IN (0, 1)),
    aplica_medidas      INTEGER CHECK (aplica_medidas IN (0, 1)),
    capacitada          INTEGER CHECK (capacitada IN (0, 1)),
    apoyo_formalizacion INTEGER CHECK (apoyo_formalizacion IN (0, 1)),
    UNIQUE (alianza_codigo, anio)
);

CREATE TABLE practicas (
    id             INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    codigo         TEXT NOT NULL UNIQUE,
    muestra        TEXT NOT NULL,
    alianza_codigo TEXT NOT NULL REFERENCES alianzas (codigo) DEFERRABLE INITIALLY DEFERRED,
    miembro        INTEGER NOT NULL CHECK (miembro >= 1),
    fecha          TEXT NOT NULL,
    practicas      INTEGER NOT NULL CHECK (practicas >= 0),
    UNIQUE (muestra, alianza_codigo, miembro)
);
CREATE INDEX practicas_alianza ON practicas (alianza_codigo);

CREATE TABLE reclamos (
    id                     INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    codigo                 TEXT NOT NULL UNIQUE,
    fecha                  TEXT NOT NULL,
    fecha_respuesta        TEXT CHECK (fecha_respuesta >= fecha),
    asunto                 TEXT,
    municipio_codigo       TEXT,
    municipio_nombre       TEXT,
    municipio_departamento TEXT
);
CREATE TRIGGER reclamos_sin_vinculos AFTER DELETE ON reclamos BEGIN
    DELETE FROM vinculos WHERE capa = 'reclamos' AND registro = OLD.id;
END;

-- ambito NULL is the nation.
CREATE TABLE valores_indicador (
    id          INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    indicador   TEXT NOT NULL,
    fecha       TEXT NOT NULL,
    ambito      TEXT,
    unidad      TEXT,
    valor       REAL NOT NULL,
    numerador   REAL,
    denominador REAL CHECK (denominador >= 0),
    fuente      TEXT NOT NULL
);
CREATE UNIQUE INDEX valores_indicador_clave
    ON valores_indicador (indicador, fecha, coalesce(ambito, ''), coalesce(unidad, ''));
