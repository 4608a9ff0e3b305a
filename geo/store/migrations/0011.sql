-- 0011.sql - what undoes an import of very many changed records is kept in parts, so that it need
-- not be in memory as a whole (geo/store/store_undo.h). importaciones.cambios is the last part.

CREATE TABLE importaciones_partes (
    importacion INTEGER NOT NULL REFERENCES importaciones (id),
    parte       INTEGER NOT NULL,
    cambios     BLOB NOT NULL,
    PRIMARY KEY (importacion, parte)
);
