-- 0005.sql - the keys of water bodies and urban areas, by which an import finds
-- the record that comes again. They are not unique: two bodies of water may share
-- a code, and one of them may have no name of its own.

CREATE INDEX cuerpos_agua_clave ON cuerpos_agua (codigo, nombre);
CREATE INDEX zonas_urbanas_clave ON zonas_urbanas (codigo, nombre);
