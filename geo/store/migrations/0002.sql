-- 0002.sql - which municipalities lost a record when its row was deleted.
--
-- The links of a deleted record go with it (0001.sql), and with them the
-- knowledge of which figures must be computed anew. It is kept here until the
-- next update of links (geo/figures/linker.h) has used it. '' is "no municipality";
-- it is always told, because a link does not say where a polygon's parts
-- outside the country were counted.

CREATE TABLE vinculos_perdidos (
    edicion   TEXT NOT NULL REFERENCES ediciones (codigo) ON DELETE CASCADE,
    capa      TEXT NOT NULL,
    municipio TEXT NOT NULL,
    PRIMARY KEY (edicion, capa, municipio)
) WITHOUT ROWID;

CREATE TRIGGER alianzas_perdidas BEFORE DELETE ON alianzas BEGIN
    INSERT OR IGNORE INTO vinculos_perdidos (edicion, capa, municipio)
    SELECT edicion, capa, coalesce(municipio, '') FROM vinculos
    WHERE capa = 'alianzas' AND registro = OLD.id
    UNION SELECT codigo, 'alianzas', '' FROM ediciones;
END;
CREATE TRIGGER areas_riego_perdidas BEFORE DELETE ON areas_riego BEGIN
    INSERT OR IGNORE INTO vinculos_perdidos (edicion, capa, municipio)
    SELECT edicion, capa, coalesce(municipio, '') FROM vinculos
    WHERE capa = 'areas_riego' AND registro = OLD.id
    UNION SELECT codigo, 'areas_riego', '' FROM ediciones;
END;
CREATE TRIGGER subproyectos_perdidos BEFORE DELETE ON subproyectos BEGIN
    INSERT OR IGNORE INTO vinculos_perdidos (edicion, capa, municipio)
    SELECT edicion, capa, coalesce(municipio, '') FROM vinculos
    WHERE capa = 'subproyectos' AND registro = OLD.id
    UNION SELECT codigo, 'subproyectos', '' FROM ediciones;
END;
