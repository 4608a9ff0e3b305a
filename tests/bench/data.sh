# The bench's data: one database, and what is exported of it for the peers;
# source it.
#
#   data_make DIR   DIR/sigg.sqlite: official boundaries and the embedded records;
#                   DIR/municipios.gpkg; DIR/shapes: municipios and alianzas with
#                   convenio as indexed shapefiles in Web Mercator

data_make() {
    local official=$SIGG_SHARED/data/municipios_339.geojson log=$1/data.log
    mkdir -p "$1/shapes"
    {
        "$SIGG" --db "$1/sigg.sqlite" init &&
            "$SIGG" --db "$1/sigg.sqlite" import municipios "$official" --edition 339 &&
            "$SIGG" --db "$1/sigg.sqlite" export municipios -o "$1/municipios.gpkg" &&
            "$SIGG" --db "$1/sigg.sqlite" export alianzas -o "$1/alianzas.gpkg" &&
            "$SIGG" --db "$1/sigg.sqlite" coverage --by municipio --format csv >"$1/cobertura.csv" &&
            cat >"$1/joined.vrt" <<VRT &&
<OGRVRTDataSource>
<OGRVRTLayer name="m"><SrcDataSource>$1/municipios.gpkg</SrcDataSource><SrcLayer>municipios</SrcLayer></OGRVRTLayer>
<OGRVRTLayer name="c"><SrcDataSource>$1/cobertura.csv</SrcDataSource><SrcLayer>cobertura</SrcLayer></OGRVRTLayer>
</OGRVRTDataSource>
VRT
            ogr2ogr -t_srs EPSG:3857 -lco ENCODING=UTF-8 "$1/shapes/municipios.shp" "$1/joined.vrt" -dialect sqlite \
                -sql "SELECT m.codigo, m.nombre, CAST(c.alianzas AS INTEGER) AS alianzas, m.geom
                      FROM m JOIN c ON c.codigo = m.codigo" &&
            ogr2ogr -t_srs EPSG:3857 -select codigo -where "fecha_convenio IS NOT NULL" \
                "$1/shapes/alianzas.shp" "$1/alianzas.gpkg" &&
            (cd "$1/shapes" && shptree municipios.shp && shptree alianzas.shp &&
                shapeindex municipios.shp alianzas.shp)
    } >"$log" 2>&1 && [ "$(ogrinfo -so "$1/shapes/municipios.shp" municipios | grep -c 'Feature Count: 339')" = 1 ] && return 0
    cat "$log" >&2
    return 1
}
