-- 0006.sql - what lets a server start, and follow an edit, without doing again what
-- was done already.

-- Another number with every change of a layer: a copy of the database that goes on by
-- itself comes to the same revisions, not to the same marks.
ALTER TABLE capas ADD COLUMN marca INTEGER NOT NULL DEFAULT 0;

-- Which records were written, removed or linked anew by the commit that gave their
-- layer this revision, or left it at the one before (geo/store/store_changes.c).
-- registro NULL: more than are listed; then no earlier row of the layer is left.
CREATE TABLE cambios (
    capa     TEXT NOT NULL,
    revision INTEGER NOT NULL,
    registro INTEGER
);
CREATE INDEX cambios_capa ON cambios (capa, revision);

-- An edition's boundaries as maps show them, borders that were drawn twice joined
-- and vertices ranked by zoom; bytes that layers/shapes/outlines.h makes and reads. They say
-- themselves which boundaries they are of: others, and they are made anew.
CREATE TABLE contornos (
    edicion TEXT NOT NULL PRIMARY KEY REFERENCES ediciones (codigo) ON DELETE CASCADE,
    datos   BLOB NOT NULL
);
