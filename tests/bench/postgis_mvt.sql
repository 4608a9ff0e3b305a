-- Vector tiles of table m (geom in EPSG:3857), timed inside the server.
CREATE INDEX IF NOT EXISTS m_geom ON m USING gist (geom);
CREATE TABLE tiles (z int, x int, y int, n serial, ms float8, mvt bytea);
ALTER TABLE tiles ALTER n DROP NOT NULL;
ANALYZE m;

CREATE FUNCTION draw(rounds int) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    t tiles;
    started timestamptz;
    took float8;
    drawn bytea;
BEGIN
    FOR round IN 0 .. rounds LOOP
        FOR t IN SELECT * FROM tiles LOOP
            started := clock_timestamp();
            SELECT ST_AsMVT(q, 'municipios', 4096, 'geom') INTO drawn FROM (
                SELECT m.codigo, m.nombre, m.alianzas,
                       ST_AsMVTGeom(m.geom, ST_TileEnvelope(t.z, t.x, t.y), 4096, 64) AS geom
                FROM m
                WHERE m.geom && ST_TileEnvelope(t.z, t.x, t.y, margin => 64.0 / 4096)
            ) q WHERE q.geom IS NOT NULL;
            took := extract(epoch FROM clock_timestamp() - started) * 1000;
            IF round > 0 THEN -- the first warms up
                UPDATE tiles SET ms = least(ms, took), mvt = drawn WHERE n = t.n;
            END IF;
        END LOOP;
    END LOOP;
END $$;
