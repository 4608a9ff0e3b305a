-- 0007.sql - every figure of coverage in its table, so that the plain question is
-- answered from it and QGIS has it too.

-- What was counted already.
ALTER TABLE cobertura ADD COLUMN areas_riego INTEGER NOT NULL DEFAULT 0;
UPDATE cobertura SET areas_riego = coalesce(
    (SELECT r.areas FROM riego_municipal AS r
     WHERE r.edicion = cobertura.edicion AND r.municipio = cobertura.codigo), 0);

-- NULL until `sigg link`, or an import that touches the municipality, counts them.
ALTER TABLE cobertura ADD COLUMN alianzas_modelo1 INTEGER;
ALTER TABLE cobertura ADD COLUMN alianzas_modelo2 INTEGER;
ALTER TABLE cobertura ADD COLUMN alianzas_modelo3 INTEGER;
ALTER TABLE cobertura ADD COLUMN alianzas_riego_tecnificado INTEGER;
ALTER TABLE cobertura ADD COLUMN alianzas_agua_ganaderia INTEGER;
ALTER TABLE cobertura ADD COLUMN alianzas_apicultura INTEGER;
ALTER TABLE cobertura ADD COLUMN alianzas_piscicultura INTEGER;
ALTER TABLE cobertura ADD COLUMN alianzas_otro INTEGER;
ALTER TABLE cobertura ADD COLUMN alianzas_etapa_solicitud INTEGER;
ALTER TABLE cobertura ADD COLUMN alianzas_etapa_evaluacion INTEGER;
ALTER TABLE cobertura ADD COLUMN alianzas_etapa_plan INTEGER;
ALTER TABLE cobertura ADD COLUMN alianzas_etapa_viable INTEGER;
ALTER TABLE cobertura ADD COLUMN alianzas_etapa_convenio INTEGER;
ALTER TABLE cobertura ADD COLUMN alianzas_etapa_inversion INTEGER;
ALTER TABLE cobertura ADD COLUMN alianzas_etapa_operacion INTEGER;
ALTER TABLE cobertura ADD COLUMN alianzas_etapa_concluida INTEGER;
ALTER TABLE cobertura ADD COLUMN alianzas_etapa_rechazada INTEGER;
ALTER TABLE cobertura ADD COLUMN alianzas_etapa_abandonada INTEGER;
ALTER TABLE cobertura ADD COLUMN subproyectos_evaluacion_fps INTEGER;
ALTER TABLE cobertura ADD COLUMN subproyectos_licitacion INTEGER;
ALTER TABLE cobertura ADD COLUMN subproyectos_ejecucion INTEGER;
ALTER TABLE cobertura ADD COLUMN subproyectos_recepcion_provisional INTEGER;
ALTER TABLE cobertura ADD COLUMN subproyectos_recepcion_definitiva INTEGER;
