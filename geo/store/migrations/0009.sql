-- 0009.sql - what goes with a record is written by the program, not by triggers
-- (geo/store/store_follow.h), so that it is the same whatever the engine.
--
-- The triggers of 0001.sql, 0002.sql, 0003.sql and 0004.sql are dropped; SpatiaLite's own
-- stay. Who edits the file with another program runs `sigg link` afterwards: it removes
-- the links and conflicts of records that are gone, and brings the shapes of works up to
-- date (docs/operation.md).

-- The shapes of works, one table a kind of geometry.
DROP TRIGGER subproyectos_formas_alta;
DROP TRIGGER subproyectos_formas_cambio;

-- The links of a record that is removed.
DROP TRIGGER comunidades_sin_vinculos;
DROP TRIGGER alianzas_sin_vinculos;
DROP TRIGGER areas_riego_sin_vinculos;
DROP TRIGGER subproyectos_sin_vinculos;
DROP TRIGGER eventos_sin_vinculos;
DROP TRIGGER reclamos_sin_vinculos;

-- The municipalities that lose it.
DROP TRIGGER alianzas_perdidas;
DROP TRIGGER areas_riego_perdidas;
DROP TRIGGER subproyectos_perdidos;

-- Its conflicts.
DROP TRIGGER comunidades_sin_conflictos;
DROP TRIGGER alianzas_sin_conflictos;
DROP TRIGGER areas_riego_sin_conflictos;
DROP TRIGGER subproyectos_sin_conflictos;
