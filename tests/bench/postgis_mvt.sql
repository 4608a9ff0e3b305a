-- One vector tile of table m (geom in EPSG:3857, fid, and the columns that sigg's
-- layer municipios publishes). The bench prepares it; $1, $2, $3 are z, x, y.
SELECT ST_AsMVT(q, 'municipios', 4096, 'geom', 'fid')
FROM (
    SELECT m.fid, COLUMNS,
           ST_AsMVTGeom(m.geom, ST_TileEnvelope($1, $2, $3), 4096, 64) AS geom
    FROM m
    WHERE m.geom && ST_TileEnvelope($1, $2, $3, margin => 64.0 / 4096)
) q
WHERE q.geom IS NOT NULL
