--- table raster_coverages raster_coverages
CREATE TABLE raster_coverages (
coverage_name TEXT NOT NULL PRIMARY KEY,
title TEXT NOT NULL DEFAULT '*** missing Title ***',
abstract TEXT NOT NULL DEFAULT '*** missing Abstract ***',
sample_type TEXT NOT NULL DEFAULT '*** undefined ***',
pixel_type TEXT NOT NULL DEFAULT '*** undefined ***',
num_bands INTEGER NOT NULL DEFAULT 1,
compression TEXT NOT NULL DEFAULT 'NONE',
quality INTEGER NOT NULL DEFAULT 100,
tile_width INTEGER NOT NULL DEFAULT 512,
tile_height INTEGER NOT NULL DEFAULT 512,
horz_resolution DOUBLE NOT NULL,
vert_resolution DOUBLE NOT NULL,
srid INTEGER NOT NULL,
nodata_pixel BLOB NOT NULL,
palette BLOB,
statistics BLOB,
geo_minx DOUBLE,
geo_miny DOUBLE,
geo_maxx DOUBLE,
geo_maxy DOUBLE,
extent_minx DOUBLE,
extent_miny DOUBLE,
extent_maxx DOUBLE,
extent_maxy DOUBLE,
strict_resolution INTEGER NOT NULL,
mixed_resolutions INTEGER NOT NULL,
section_paths INTEGER NOT NULL,
section_md5 INTEGER NOT NULL,
section_summary INTEGER NOT NULL,
is_queryable INTEGER NOT NULL,
red_band_index INTEGER,
green_band_index INTEGER,
blue_band_index INTEGER,
nir_band_index INTEGER,
enable_auto_ndvi INTEGER,
copyright TEXT NOT NULL DEFAULT '*** unknown ***',
license INTEGER NOT NULL DEFAULT 0,
CONSTRAINT fk_rc_srs FOREIGN KEY (srid) REFERENCES spatial_ref_sys (srid),
CONSTRAINT fk_rc_lic FOREIGN KEY (license) REFERENCES data_licenses (id))
--- table raster_coverages_srid raster_coverages_srid
CREATE TABLE raster_coverages_srid (
coverage_name TEXT NOT NULL,
srid INTEGER NOT NULL,
extent_minx DOUBLE,
extent_miny DOUBLE,
extent_maxx DOUBLE,
extent_maxy DOUBLE,
CONSTRAINT pk_raster_coverages_srid PRIMARY KEY (coverage_name, srid),
CONSTRAINT fk_raster_coverages_srid FOREIGN KEY (coverage_name) REFERENCES raster_coverages (coverage_name) ON DELETE CASCADE,
CONSTRAINT fk_raster_srid FOREIGN KEY (srid) REFERENCES spatial_ref_sys (srid))
--- view raster_coverages_ref_sys raster_coverages_ref_sys
CREATE VIEW raster_coverages_ref_sys AS
SELECT c.coverage_name AS coverage_name, c.title AS title, c.abstract AS abstract, c.sample_type AS sample_type, c.pixel_type AS pixel_type, c.num_bands AS num_bands, c.compression AS compression, c.quality AS quality, c.tile_width AS tile_width, c.tile_height AS tile_height, c.horz_resolution AS horz_resolution, c.vert_resolution AS vert_resolution, c.nodata_pixel AS nodata_pixel, c.palette AS palette, c.statistics AS statistics, c.geo_minx AS geo_minx, c.geo_miny AS geo_miny, c.geo_maxx AS geo_maxx, c.geo_maxy AS geo_maxy, c.extent_minx AS extent_minx, c.extent_miny AS extent_miny, c.extent_maxx AS extent_maxx, c.extent_maxy AS extent_maxy, c.srid AS srid, 1 AS native_srid, s.auth_name AS auth_name, s.auth_srid AS auth_srid, s.ref_sys_name AS ref_sys_name, s.proj4text AS proj4text, c.strict_resolution AS strict_resolution, c.mixed_resolutions AS mixed_resolutions, c.section_paths AS section_paths, c.section_md5 AS section_md5, c.section_summary AS section_summary, c.is_queryable AS is_queryable, c.red_band_index, c.green_band_index, c.blue_band_index, c.nir_band_index, c.enable_auto_ndvi
FROM raster_coverages AS c
LEFT JOIN spatial_ref_sys AS s ON (c.srid = s.srid)
UNION
SELECT c.coverage_name AS coverage_name, c.title AS title, c.abstract AS abstract,  c.sample_type AS sample_type, c.pixel_type AS pixel_type, c.num_bands AS num_bands, c.compression AS compression, c.quality AS quality, c.tile_width AS tile_width, c.tile_height AS tile_height, c.horz_resolution AS horz_resolution, c.vert_resolution AS vert_resolution, c.nodata_pixel AS nodata_pixel, c.palette AS palette, c.statistics AS statistics, c.geo_minx AS geo_minx, c.geo_miny AS geo_miny, c.geo_maxx AS geo_maxx, c.geo_maxy AS geo_maxy, x.extent_minx AS extent_minx, x.extent_miny AS extent_miny, x.extent_maxx AS extent_maxx, x.extent_maxy AS extent_maxy, s.srid AS srid, 0 AS native_srid, s.auth_name AS auth_name, s.auth_srid AS auth_srid, s.ref_sys_name AS ref_sys_name, s.proj4text AS proj4text, c.strict_resolution AS strict_resolution, c.mixed_resolutions AS mixed_resolutions, c.section_paths AS section_paths, c.section_md5 AS section_md5, c.section_summary AS section_summary, c.is_queryable AS is_queryable, c.red_band_index, c.green_band_index, c.blue_band_index, c.nir_band_index, c.enable_auto_ndvi
FROM raster_coverages AS c
JOIN raster_coverages_srid AS x ON (c.coverage_name = x.coverage_name)
LEFT JOIN spatial_ref_sys AS s ON (x.srid = s.srid)
--- table raster_coverages_keyword raster_coverages_keyword
CREATE TABLE raster_coverages_keyword (
coverage_name TEXT NOT NULL,
keyword TEXT NOT NULL,
CONSTRAINT pk_raster_coverages_keyword PRIMARY KEY (coverage_name, keyword),
CONSTRAINT fk_raster_coverages_keyword FOREIGN KEY (coverage_name) REFERENCES raster_coverages (coverage_name) ON DELETE CASCADE)
--- trigger raster_coverages_name_insert raster_coverages
CREATE TRIGGER raster_coverages_name_insert
BEFORE INSERT ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on raster_coverages violates constraint: coverage_name value must not contain a single quote')
WHERE NEW.coverage_name LIKE ('%''%');
SELECT RAISE(ABORT,'insert on raster_coverages violates constraint: coverage_name value must not contain a double quote')
WHERE NEW.coverage_name LIKE ('%"%');
SELECT RAISE(ABORT,'insert on raster_coverages violates constraint: coverage_name value must be lower case')
WHERE NEW.coverage_name <> lower(NEW.coverage_name);
END
--- trigger raster_coverages_name_update raster_coverages
CREATE TRIGGER raster_coverages_name_update
BEFORE UPDATE OF 'coverage_name' ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'update on raster_coverages violates constraint: coverage_name value must not contain a single quote')
WHERE NEW.coverage_name LIKE ('%''%');
SELECT RAISE(ABORT,'update on raster_coverages violates constraint: coverage_name value must not contain a double quote')
WHERE NEW.coverage_name LIKE ('%"%');
SELECT RAISE(ABORT,'update on raster_coverages violates constraint: coverage_name value must be lower case')
WHERE NEW.coverage_name <> lower(NEW.coverage_name);
END
--- trigger raster_coverages_sample_insert raster_coverages
CREATE TRIGGER raster_coverages_sample_insert
BEFORE INSERT ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on raster_coverages violates constraint: sample_type must be one of ''1-BIT'' | ''2-BIT'' | ''4-BIT'' | ''INT8'' | ''UINT8'' | ''INT16'' | ''UINT16'' | ''INT32'' | ''UINT32'' | ''FLOAT'' | ''DOUBLE''')
WHERE NEW.sample_type NOT IN ('1-BIT', '2-BIT', '4-BIT', 'INT8', 'UINT8', 'INT16', 'UINT16', 'INT32', 'UINT32', 'FLOAT', 'DOUBLE');
END
--- trigger raster_coverages_sample_update raster_coverages
CREATE TRIGGER raster_coverages_sample_update
BEFORE UPDATE OF 'sample_type' ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT, 'update on raster_coverages violates constraint: sample_type must be one of ''1-BIT'' | ''2-BIT'' | ''4-BIT'' | ''INT8'' | ''UINT8'' | ''INT16'' | ''UINT16'' | ''INT32'' | ''UINT32'' | ''FLOAT'' | ''DOUBLE''')
WHERE NEW.sample_type NOT IN ('1-BIT', '2-BIT', '4-BIT', 'INT8', 'UINT8', 'INT16', 'UINT16', 'INT32', 'UINT32', 'FLOAT', 'DOUBLE');
END
--- trigger raster_coverages_pixel_insert raster_coverages
CREATE TRIGGER raster_coverages_pixel_insert
BEFORE INSERT ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on raster_coverages violates constraint: pixel_type must be one of ''MONOCHROME'' | ''PALETTE'' | ''GRAYSCALE'' | ''RGB'' | ''MULTIBAND'' | ''DATAGRID''')
WHERE NEW.pixel_type NOT IN ('MONOCHROME', 'PALETTE', 'GRAYSCALE', 'RGB', 'MULTIBAND', 'DATAGRID');
END
--- trigger raster_coverages_pixel_update raster_coverages
CREATE TRIGGER raster_coverages_pixel_update
BEFORE UPDATE OF 'pixel_type' ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT, 'update on raster_coverages violates constraint: pixel_type must be one of ''MONOCHROME'' | ''PALETTE'' | ''GRAYSCALE'' | ''RGB'' | ''MULTIBAND'' | ''DATAGRID''')
WHERE NEW.pixel_type NOT IN ('MONOCHROME', 'PALETTE', 'GRAYSCALE', 'RGB', 'MULTIBAND', 'DATAGRID');
END
--- trigger raster_coverages_bands_insert raster_coverages
CREATE TRIGGER raster_coverages_bands_insert
BEFORE INSERT ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on raster_coverages violates constraint: num_bands must be >= 1')
WHERE NEW.num_bands < 1;
END
--- trigger raster_coverages_bands_update raster_coverages
CREATE TRIGGER raster_coverages_bands_update
BEFORE UPDATE OF 'num_bands' ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT, 'update on raster_coverages violates constraint: num_bands must be >= 1')
WHERE NEW.num_bands < 1;
END
--- trigger raster_coverages_compression_insert raster_coverages
CREATE TRIGGER raster_coverages_compression_insert
BEFORE INSERT ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on raster_coverages violates constraint: compression must be one of ''NONE'' | ''DEFLATE'' | ''DEFLATE_NO'' | ''LZMA'' | ''LZMA_NO'' | ''LZ4'' | ''LZ4_NO'' | ''ZSTD'' | ''ZSTD_NO'' | ''PNG'' | ''JPEG'' | ''LOSSY_WEBP'' | ''LOSSLESS_WEBP'' | ''CCITTFAX4'' | ''LOSSY_JP2'' | ''LOSSLESS_JP2''')
WHERE NEW.compression NOT IN ('NONE', 'DEFLATE',  'DEFLATE_NO', 'LZMA', 'LZMA_NO', 'LZ4', 'LZ4_NO', 'ZSTD', 'ZSTD_NO', 'PNG', 'JPEG', 'LOSSY_WEBP', 'LOSSLESS_WEBP', 'CCITTFAX4', 'LOSSY_JP2', 'LOSSLESS_JP2');
END
--- trigger raster_coverages_compression_update raster_coverages
CREATE TRIGGER raster_coverages_compression_update
BEFORE UPDATE OF 'compression' ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT, 'update on raster_coverages violates constraint: compression must be one of ''NONE'' | ''DEFLATE'' | ''DEFLATE_NO'' | ''LZMA'' | ''LZMA_NO'' | ''LZ4'' | ''LZ4_NO'' | ''ZSTD'' | ''ZSTD_NO'' | ''PNG'' | ''JPEG'' | ''LOSSY_WEBP'' | ''LOSSLESS_WEBP'' | ''CCITTFAX4'' | ''LOSSY_JP2'' | ''LOSSLESS_JP2''')
WHERE NEW.compression NOT IN ('NONE', 'DEFLATE', 'DEFLATE_NO', 'LZMA', 'LZMA_NO', 'LZ4', 'LZ4_NO', 'ZSTD', 'ZSTD_NO', 'PNG', 'JPEG', 'LOSSY_WEBP', 'LOSSLESS_WEBP', 'CCITTFAX4', 'LOSSY_JP2', 'LOSSLESS_JP2');
END
--- trigger raster_coverages_quality_insert raster_coverages
CREATE TRIGGER raster_coverages_quality_insert
BEFORE INSERT ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on raster_coverages violates constraint: quality must be between 0 and 100')
WHERE NEW.quality NOT BETWEEN 0 AND 100;
END
--- trigger raster_coverages_quality_update raster_coverages
CREATE TRIGGER raster_coverages_quality_update
BEFORE UPDATE OF 'quality' ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT, 'update on raster_coverages violates constraint: quality must be between 0 and 100')
WHERE NEW.quality NOT BETWEEN 0 AND 100;
END
--- trigger raster_coverages_tilew_insert raster_coverages
CREATE TRIGGER raster_coverages_tilew_insert
BEFORE INSERT ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on raster_coverages violates constraint: tile_width must be an exact multiple of 8 between 256 and 1024')
WHERE CastToInteger(NEW.tile_width) IS NULL OR NEW.tile_width NOT BETWEEN 256 AND 1024 OR (NEW.tile_width % 8) <> 0;
END
--- trigger raster_coverages_tilew_update raster_coverages
CREATE TRIGGER raster_coverages_tilew_update
BEFORE UPDATE OF 'tile_width' ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT, 'update on raster_coverages violates constraint: tile_width must be an exact multiple of 8 between 256 and 1024')
WHERE CastToInteger(NEW.tile_width) IS NULL OR NEW.tile_width NOT BETWEEN 256 AND 1024 OR (NEW.tile_width % 8) <> 0;
END
--- trigger raster_coverages_tileh_insert raster_coverages
CREATE TRIGGER raster_coverages_tileh_insert
BEFORE INSERT ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on raster_coverages violates constraint: tile_height must be an exact multiple of 8 between 256 and 1024')
WHERE CastToInteger(NEW.tile_height) IS NULL OR NEW.tile_height NOT BETWEEN 256 AND 1024 OR (NEW.tile_height % 8) <> 0;
END
--- trigger raster_coverages_tileh_update raster_coverages
CREATE TRIGGER raster_coverages_tileh_update
BEFORE UPDATE OF 'tile_height' ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT, 'update on raster_coverages violates constraint: tile_height must be an exact multiple of 8 between 256 and 1024')
WHERE CastToInteger(NEW.tile_height) IS NULL OR NEW.tile_height NOT BETWEEN 256 AND 1024 OR (NEW.tile_height % 8) <> 0;
END
--- trigger raster_coverages_horzres_insert raster_coverages
CREATE TRIGGER raster_coverages_horzres_insert
BEFORE INSERT ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on raster_coverages violates constraint: horz_resolution must be positive')
WHERE NEW.horz_resolution IS NOT NULL AND (NEW.horz_resolution <= 0.0 OR CastToDouble(NEW.horz_resolution) IS NULL);
END
--- trigger raster_coverages_horzres_update raster_coverages
CREATE TRIGGER raster_coverages_horzres_update
BEFORE UPDATE OF 'horz_resolution' ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT, 'update on raster_coverages violates constraint: horz_resolution must be positive')
WHERE NEW.horz_resolution IS NOT NULL AND (NEW.horz_resolution <= 0.0 OR CastToDouble(NEW.horz_resolution) IS NULL);
END
--- trigger raster_coverages_vertres_insert raster_coverages
CREATE TRIGGER raster_coverages_vertres_insert
BEFORE INSERT ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on raster_coverages violates constraint: vert_resolution must be positive')
WHERE NEW.vert_resolution IS NOT NULL AND (NEW.vert_resolution <= 0.0 OR CastToDouble(NEW.vert_resolution) IS NULL);
END
--- trigger raster_coverages_vertres_update raster_coverages
CREATE TRIGGER raster_coverages_vertres_update
BEFORE UPDATE OF 'vert_resolution' ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT, 'update on raster_coverages violates constraint: vert_resolution must be positive')
WHERE NEW.vert_resolution IS NOT NULL AND (NEW.vert_resolution <= 0.0 OR CastToDouble(NEW.vert_resolution) IS NULL);
END
--- trigger raster_coverages_nodata_insert raster_coverages
CREATE TRIGGER raster_coverages_nodata_insert
BEFORE INSERT ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on raster_coverages violates constraint: invalid nodata_pixel')
WHERE NEW.nodata_pixel IS NOT NULL AND IsValidPixel(NEW.nodata_pixel, NEW.sample_type, NEW.num_bands) <> 1;
END
--- trigger raster_coverages_nodata_update raster_coverages
CREATE TRIGGER raster_coverages_nodata_update
BEFORE UPDATE OF 'nodata_pixel' ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT, 'update on raster_coverages violates constraint: invalid nodata_pixel')
WHERE NEW.nodata_pixel IS NOT NULL AND IsValidPixel(NEW.nodata_pixel, NEW.sample_type, NEW.num_bands) <> 1;
END
--- trigger raster_coverages_palette_insert raster_coverages
CREATE TRIGGER raster_coverages_palette_insert
BEFORE INSERT ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on raster_coverages violates constraint: invalid palette')
WHERE NEW.palette IS NOT NULL AND (NEW.pixel_type <> 'PALETTE' OR NEW.num_bands <> 1 OR IsValidRasterPalette(NEW.palette, NEW.sample_type) <> 1);
END
--- trigger raster_coverages_palette_update raster_coverages
CREATE TRIGGER raster_coverages_palette_update
BEFORE UPDATE OF 'palette' ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT, 'update on raster_coverages violates constraint: invalid palette')
WHERE NEW.palette IS NOT NULL AND (NEW.pixel_type <> 'PALETTE' OR NEW.num_bands <> 1 OR IsValidRasterPalette(NEW.palette, NEW.sample_type) <> 1);
END
--- trigger raster_coverages_statistics_insert raster_coverages
CREATE TRIGGER raster_coverages_statistics_insert
BEFORE INSERT ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on raster_coverages violates constraint: invalid statistics')
WHERE NEW.statistics IS NOT NULL AND IsValidRasterStatistics(NEW.statistics, NEW.sample_type, NEW.num_bands) <> 1;
END
--- trigger raster_coverages_statistics_update raster_coverages
CREATE TRIGGER raster_coverages_statistics_update
BEFORE UPDATE OF 'statistics' ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT, 'update on raster_coverages violates constraint: invalid statistics')
WHERE NEW.statistics IS NOT NULL AND IsValidRasterStatistics(NEW.statistics, NEW.sample_type, NEW.num_bands) <> 1;
END
--- trigger raster_coverages_monosample_insert raster_coverages
CREATE TRIGGER raster_coverages_monosample_insert
BEFORE INSERT ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on raster_coverages violates constraint: inconsistent MONOCHROME sample_type')
WHERE NEW.pixel_type = 'MONOCHROME' AND NEW.sample_type <> '1-BIT';
END
--- trigger raster_coverages_monosample_update raster_coverages
CREATE TRIGGER raster_coverages_monosample_update
BEFORE UPDATE ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT, 'update on raster_coverages violates constraint: inconsistent MONOCHROME sample_type')
WHERE NEW.pixel_type = 'MONOCHROME' AND NEW.sample_type <>'1-BIT';
END
--- trigger raster_coverages_monocompr_insert raster_coverages
CREATE TRIGGER raster_coverages_monocompr_insert
BEFORE INSERT ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on raster_coverages violates constraint: inconsistent MONOCHROME compression')
WHERE NEW.pixel_type = 'MONOCHROME' AND NEW.compression NOT IN ('NONE', 'DEFLATE', 'DEFLATE_NO', 'LZMA', 'LZMA_NO', 'LZ4', 'LZ4_NO', 'ZSTD', 'ZSTD_NO', 'PNG', 'CCITTFAX4');
END
--- trigger raster_coverages_monocompr_update raster_coverages
CREATE TRIGGER raster_coverages_monocompr_update
BEFORE UPDATE ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT, 'update on raster_coverages violates constraint: inconsistent MONOCHROME compression')
WHERE NEW.pixel_type = 'MONOCHROME' AND NEW.compression NOT IN ('NONE', 'DEFLATE', 'DEFLATE_NO', 'LZMA', 'LZMA_NO', 'LZ4', 'LZ4_NO', 'ZSTD', 'ZSTD_NO', 'PNG', 'CCITTFAX4');
END
--- trigger raster_coverages_monobands_insert raster_coverages
CREATE TRIGGER raster_coverages_monobands_insert
BEFORE INSERT ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on raster_coverages violates constraint: inconsistent MONOCHROME num_bands')
WHERE NEW.pixel_type = 'MONOCHROME' AND NEW.num_bands <> 1;
END
--- trigger raster_coverages_monobands_update raster_coverages
CREATE TRIGGER raster_coverages_monobands_update
BEFORE UPDATE ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT, 'update on raster_coverages violates constraint: inconsistent MONOCHROME num_bands')
WHERE NEW.pixel_type = 'MONOCHROME' AND NEW.num_bands <> 1;
END
--- trigger raster_coverages_pltsample_insert raster_coverages
CREATE TRIGGER raster_coverages_pltsample_insert
BEFORE INSERT ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on raster_coverages violates constraint: inconsistent PALETTE sample_type')
WHERE NEW.pixel_type = 'PALETTE' AND NEW.sample_type NOT IN ('1-BIT', '2-BIT', '4-BIT', 'UINT8');
END
--- trigger raster_coverages_pltsample_update raster_coverages
CREATE TRIGGER raster_coverages_pltsample_update
BEFORE UPDATE ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT, 'update on raster_coverages violates constraint: inconsistent PALETTE sample_type')
WHERE NEW.pixel_type = 'PALETTE' AND NEW.sample_type NOT IN ('1-BIT', '2-BIT', '4-BIT', 'UINT8');
END
--- trigger raster_coverages_pltcompr_insert raster_coverages
CREATE TRIGGER raster_coverages_pltcompr_insert
BEFORE INSERT ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on raster_coverages violates constraint: inconsistent PALETTE compression')
WHERE NEW.pixel_type = 'PALETTE' AND NEW.compression NOT IN ('NONE', 'DEFLATE', 'DEFLATE_NO', 'LZMA', 'LZMA_NO', 'LZ4', 'LZ4_NO', 'ZSTD', 'ZSTD_NO', 'PNG');
END
--- trigger raster_coverages_pltcompr_update raster_coverages
CREATE TRIGGER raster_coverages_pltcompr_update
BEFORE UPDATE ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT, 'update on raster_coverages violates constraint: inconsistent PALETTE compression')
WHERE NEW.pixel_type = 'PALETTE' AND NEW.compression NOT IN ('NONE', 'DEFLATE', 'DEFLATE_NO', 'LZMA', 'LZMA_NO', 'LZ4', 'LZ4_NO', 'ZSTD', 'ZSTD_NO', 'PNG');
END
--- trigger raster_coverages_pltbands_insert raster_coverages
CREATE TRIGGER raster_coverages_pltbands_insert
BEFORE INSERT ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on raster_coverages violates constraint: inconsistent PALETTE num_bands')
WHERE NEW.pixel_type = 'PALETTE' AND NEW.num_bands <> 1;
END
--- trigger raster_coverages_pltbands_update raster_coverages
CREATE TRIGGER raster_coverages_pltbands_update
BEFORE UPDATE ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT, 'update on raster_coverages violates constraint: inconsistent PALETTE num_bands')
WHERE NEW.pixel_type = 'PALETTE' AND NEW.num_bands <> 1;
END
--- trigger raster_coverages_graysample_insert raster_coverages
CREATE TRIGGER raster_coverages_graysample_insert
BEFORE INSERT ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on raster_coverages violates constraint: inconsistent GRAYSCALE sample_type')
WHERE NEW.pixel_type = 'GRAYSCALE' AND NEW.sample_type NOT IN ('2-BIT', '4-BIT', 'UINT8');
END
--- trigger raster_coverages_graysample_update raster_coverages
CREATE TRIGGER raster_coverages_graysample_update
BEFORE UPDATE ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT, 'update on raster_coverages violates constraint: inconsistent GRAYSCALE sample_type')
WHERE NEW.pixel_type = 'GRAYSCALE' AND NEW.sample_type NOT IN ('2-BIT', '4-BIT', 'UINT8');
END
--- trigger raster_coverages_graybands_insert raster_coverages
CREATE TRIGGER raster_coverages_graybands_insert
BEFORE INSERT ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on raster_coverages violates constraint: inconsistent GRAYSCALE num_bands')
WHERE NEW.pixel_type = 'GRAYSCALE' AND NEW.num_bands <> 1;
END
--- trigger raster_coverages_graybands_update raster_coverages
CREATE TRIGGER raster_coverages_graybands_update
BEFORE UPDATE ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT, 'update on raster_coverages violates constraint: inconsistent GRAYSCALE num_bands')
WHERE NEW.pixel_type = 'GRAYSCALE' AND NEW.num_bands <> 1;
END
--- trigger raster_coverages_graycompr_insert raster_coverages
CREATE TRIGGER raster_coverages_graycompr_insert
BEFORE INSERT ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on raster_coverages violates constraint: inconsistent GRAYSCALE compression')
WHERE NEW.pixel_type = 'GRAYSCALE' AND NEW.compression NOT IN ('NONE', 'DEFLATE', 'DEFLATE_NO', 'LZMA', 'LZMA_NO', 'LZ4', 'LZ4_NO', 'ZSTD', 'ZSTD_NO', 'PNG', 'JPEG', 'LOSSY_WEBP', 'LOSSLESS_WEBP', 'LOSSY_JP2', 'LOSSLESS_JP2');
END
--- trigger raster_coverages_graycompr_update raster_coverages
CREATE TRIGGER raster_coverages_graycompr_update
BEFORE UPDATE ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT, 'update on raster_coverages violates constraint: inconsistent GRAYSCALE compression')
WHERE NEW.pixel_type = 'GRAYSCALE' AND NEW.compression NOT IN ('NONE', 'DEFLATE', 'DEFLATE_NO', 'LZMA', 'LZMA_NO', 'LZ4', 'LZ4_NO', 'ZSTD', 'ZSTD_NO', 'PNG', 'JPEG', 'LOSSY_WEBP', 'LOSSLESS_WEBP', 'LOSSY_JP2', 'LOSSLESS_JP2');
END
--- trigger raster_coverages_rgbsample_insert raster_coverages
CREATE TRIGGER raster_coverages_rgbsample_insert
BEFORE INSERT ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on raster_coverages violates constraint: inconsistent RGB sample_type')
WHERE NEW.pixel_type = 'RGB' AND NEW.sample_type NOT IN ('UINT8', 'UINT16');
END
--- trigger raster_coverages_rgbsample_update raster_coverages
CREATE TRIGGER raster_coverages_rgbsample_update
BEFORE UPDATE ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT, 'update on raster_coverages violates constraint: inconsistent RGB sample_type')
WHERE NEW.pixel_type = 'RGB' AND NEW.sample_type NOT IN ('UINT8', 'UINT16');
END
--- trigger raster_coverages_rgbcompr_insert raster_coverages
CREATE TRIGGER raster_coverages_rgbcompr_insert
BEFORE INSERT ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on raster_coverages violates constraint: inconsistent RGB compression')
WHERE NEW.pixel_type = 'RGB' AND ((NEW.sample_type = 'UINT8' AND NEW.compression NOT IN ('NONE', 'DEFLATE', 'DEFLATE_NO', 'LZMA', 'LZMA_NO', 'LZ4', 'LZ4_NO', 'ZSTD', 'ZSTD_NO', 'PNG', 'JPEG', 'LOSSY_WEBP', 'LOSSLESS_WEBP', 'LOSSY_JP2', 'LOSSLESS_JP2') OR (NEW.sample_type = 'UINT16' AND NEW.compression NOT IN ('NONE', 'DEFLATE', 'DEFLATE_NO', 'LZMA', 'LZMA_NO', 'LZ4', 'LZ4_NO', 'ZSTD', 'ZSTD_NO', 'PNG', 'LOSSY_JP2', 'LOSSLESS_JP2'))));
END
--- trigger raster_coverages_rgbcompr_update raster_coverages
CREATE TRIGGER raster_coverages_rgbcompr_update
BEFORE UPDATE ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT, 'update on raster_coverages violates constraint: inconsistent RGB compression')
WHERE NEW.pixel_type = 'RGB' AND ((NEW.sample_type = 'UINT8' AND NEW.compression NOT IN ('NONE', 'DEFLATE', 'DEFLATE_NO', 'LZMA', 'LZMA_NO', 'LZ4', 'LZ4_NO', 'ZSTD', 'ZSTD_NO', 'PNG', 'JPEG', 'LOSSY_WEBP', 'LOSSLESS_WEBP', 'LOSSY_JP2', 'LOSSLESS_JP2') OR (NEW.sample_type = 'UINT16' AND NEW.compression NOT IN ('NONE', 'DEFLATE', 'DEFLATE_NO', 'LZMA', 'LZMA_NO', 'LZ4', 'LZ4_NO', 'ZSTD', 'ZSTD_NO', 'PNG', 'LOSSY_JP2', 'LOSSLESS_JP2'))));
END
--- trigger raster_coverages_rgbbands_insert raster_coverages
CREATE TRIGGER raster_coverages_rgbbands_insert
BEFORE INSERT ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on raster_coverages violates constraint: inconsistent RGB num_bands')
WHERE NEW.pixel_type = 'RGB' AND NEW.num_bands <> 3;
END
--- trigger raster_coverages_rgbbands_update raster_coverages
CREATE TRIGGER raster_coverages_rgbbands_update
BEFORE UPDATE ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT, 'update on raster_coverages violates constraint: inconsistent RGB num_bands')
WHERE NEW.pixel_type = 'RGB' AND NEW.num_bands <> 3;
END
--- trigger raster_coverages_multisample_insert raster_coverages
CREATE TRIGGER raster_coverages_multisample_insert
BEFORE INSERT ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on raster_coverages violates constraint: inconsistent MULTIBAND sample_type')
WHERE NEW.pixel_type = 'MULTIBAND' AND NEW.sample_type NOT IN ('UINT8', 'UINT16');
END
--- trigger raster_coverages_multisample_update raster_coverages
CREATE TRIGGER raster_coverages_multisample_update
BEFORE UPDATE ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT, 'update on raster_coverages violates constraint: inconsistent MULTIBAND sample_type')
WHERE NEW.pixel_type = 'MULTIBAND' AND NEW.sample_type NOT IN ('UINT8', 'UINT16');
END
--- trigger raster_coverages_multicompr_insert raster_coverages
CREATE TRIGGER raster_coverages_multicompr_insert
BEFORE INSERT ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on raster_coverages violates constraint: inconsistent MULTIBAND compression')
WHERE NEW.pixel_type = 'MULTIBAND' AND ((NEW.num_bands NOT IN (3, 4) AND NEW.compression NOT IN ('NONE', 'DEFLATE', 'DEFLATE_NO', 'LZMA', 'LZMA_NO', 'LZ4', 'LZ4_NO', 'ZSTD', 'ZSTD_NO')) OR	(NEW.sample_type <> 'UINT16' AND NEW.num_bands IN (3, 4) AND NEW.compression NOT IN ('NONE', 'DEFLATE', 'DEFLATE_NO', 'LZMA', 'LZMA_NO', 'LZ4', 'LZ4_NO', 'ZSTD', 'ZSTD_NO', 'PNG', 'LOSSY_WEBP', 'LOSSLESS_WEBP', 'LOSSY_JP2', 'LOSSLESS_JP2')) OR (NEW.sample_type = 'UINT16' AND NEW.num_bands IN (3, 4) AND NEW.compression NOT IN ('NONE', 'DEFLATE', 'DEFLATE_NO', 'LZMA', 'LZMA_NO', 'LZ4', 'LZ4_NO', 'ZSTD', 'ZSTD_NO', 'PNG', 'LOSSY_JP2', 'LOSSLESS_JP2')));
END
--- trigger raster_coverages_multicompr_update raster_coverages
CREATE TRIGGER raster_coverages_multicompr_update
BEFORE UPDATE ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT, 'update on raster_coverages violates constraint: inconsistent MULTIBAND compression')
WHERE NEW.pixel_type = 'MULTIBAND' AND ((NEW.num_bands NOT IN (3, 4) AND NEW.compression NOT IN ('NONE', 'DEFLATE', 'DEFLATE_NO', 'LZMA', 'LZMA_NO', 'LZ4', 'LZ4_NO', 'ZSTD', 'ZSTD_NO')) OR	(NEW.sample_type <> 'UINT16' AND NEW.num_bands IN (3, 4) AND NEW.compression NOT IN ('NONE', 'DEFLATE', 'DEFLATE_NO', 'LZMA', 'LZMA_NO', 'LZ4', 'LZ4_NO', 'ZSTD', 'ZSTD_NO', 'PNG', 'LOSSY_WEBP', 'LOSSLESS_WEBP', 'LOSSY_JP2', 'LOSSLESS_JP2')) OR (NEW.sample_type = 'UINT16' AND NEW.num_bands IN (3, 4) AND NEW.compression NOT IN ('NONE', 'DEFLATE', 'DEFLATE_NO', 'LZMA', 'LZMA_NO', 'LZ4', 'LZ4_NO', 'ZSTD', 'ZSTD_NO', 'PNG', 'LOSSY_JP2', 'LOSSLESS_JP2')));
END
--- trigger raster_coverages_multibands_insert raster_coverages
CREATE TRIGGER raster_coverages_multibands_insert
BEFORE INSERT ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on raster_coverages violates constraint: inconsistent MULTIBAND num_bands')
WHERE NEW.pixel_type = 'MULTIBAND' AND NEW.num_bands < 2;
END
--- trigger raster_coverages_multibands_update raster_coverages
CREATE TRIGGER raster_coverages_multibands_update
BEFORE UPDATE ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT, 'update on raster_coverages violates constraint: inconsistent MULTIBAND num_bands')
WHERE NEW.pixel_type = 'MULTIBAND' AND NEW.num_bands < 2;
END
--- trigger raster_coverages_gridsample_insert raster_coverages
CREATE TRIGGER raster_coverages_gridsample_insert
BEFORE INSERT ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on raster_coverages violates constraint: inconsistent DATAGRID sample_type')
WHERE NEW.pixel_type = 'DATAGRID' AND NEW.sample_type NOT IN ('INT8', 'UINT8', 'INT16', 'UINT16', 'INT32', 'UINT32', 'FLOAT', 'DOUBLE');
END
--- trigger raster_coverages_gridsample_update raster_coverages
CREATE TRIGGER raster_coverages_gridsample_update
BEFORE UPDATE ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT, 'update on raster_coverages violates constraint: inconsistent DATAGRID sample_type')
WHERE NEW.pixel_type = 'DATAGRID' AND NEW.sample_type NOT IN ('INT8', 'UINT8', 'INT16', 'UINT16', 'INT32', 'UINT32', 'FLOAT', 'DOUBLE');
END
--- trigger raster_coverages_gridcompr_insert raster_coverages
CREATE TRIGGER raster_coverages_gridcompr_insert
BEFORE INSERT ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on raster_coverages violates constraint: inconsistent DATAGRID compression')
WHERE NEW.pixel_type = 'DATAGRID' AND (((NEW.sample_type NOT IN ('UINT8', 'UINT16')) AND NEW.compression NOT IN ('NONE', 'DEFLATE', 'DEFLATE_NO', 'LZMA', 'LZMA_NO', 'LZ4', 'LZ4_NO', 'ZSTD', 'ZSTD_NO')) OR ((NEW.sample_type IN ('UINT8', 'UINT16')) AND NEW.compression NOT IN ('NONE', 'DEFLATE', 'DEFLATE_NO', 'LZMA', 'LZMA_NO', 'LZ4', 'LZ4_NO', 'ZSTD', 'ZSTD_NO', 'PNG', 'LOSSY_JP2', 'LOSSLESS_JP2')));
END
--- trigger raster_coverages_gridcompr_update raster_coverages
CREATE TRIGGER raster_coverages_gridcompr_update
BEFORE UPDATE ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT, 'update on raster_coverages violates constraint: inconsistent DATAGRID compression')
WHERE NEW.pixel_type = 'DATAGRID' AND (((NEW.sample_type NOT IN ('UINT8', 'UINT16')) AND NEW.compression NOT IN ('NONE', 'DEFLATE', 'DEFLATE_NO', 'LZMA', 'LZMA_NO', 'LZ4', 'LZ4_NO', 'ZSTD', 'ZSTD_NO')) OR ((NEW.sample_type IN ('UINT8', 'UINT16')) AND NEW.compression NOT IN ('NONE', 'DEFLATE', 'DEFLATE_NO', 'LZMA', 'LZMA_NO', 'LZ4', 'LZ4_NO', 'ZSTD', 'ZSTD_NO', 'PNG', 'LOSSY_JP2', 'LOSSLESS_JP2')));
END
--- trigger raster_coverages_gridbands_insert raster_coverages
CREATE TRIGGER raster_coverages_gridbands_insert
BEFORE INSERT ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on raster_coverages violates constraint: inconsistent DATAGRID num_bands')
WHERE NEW.pixel_type = 'DATAGRID' AND NEW.num_bands <> 1;
END
--- trigger raster_coverages_gridbands_update raster_coverages
CREATE TRIGGER raster_coverages_gridbands_update
BEFORE UPDATE ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT, 'update on raster_coverages violates constraint: inconsistent DATAGRID num_bands')
WHERE NEW.pixel_type = 'DATAGRID' AND NEW.num_bands <> 1;
END
--- trigger raster_coverages_georef_insert raster_coverages
CREATE TRIGGER raster_coverages_georef_insert
BEFORE INSERT ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on raster_coverages violates constraint: inconsistent georeferencing infos')
WHERE NOT ((NEW.horz_resolution IS NULL AND NEW.vert_resolution IS NULL AND NEW.srid IS NULL) OR (NEW.horz_resolution IS NOT NULL AND NEW.vert_resolution IS NOT NULL AND NEW.srid IS NOT NULL));
END
--- trigger raster_coverages_georef_update raster_coverages
CREATE TRIGGER raster_coverages_georef_update
BEFORE UPDATE ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'update on raster_coverages violates constraint: inconsistent georeferencing infos')
WHERE NOT ((NEW.horz_resolution IS NULL AND NEW.vert_resolution IS NULL AND NEW.srid IS NULL) OR (NEW.horz_resolution IS NOT NULL AND NEW.vert_resolution IS NOT NULL AND NEW.srid IS NOT NULL));
END
--- trigger raster_coverages_update raster_coverages
CREATE TRIGGER raster_coverages_update
BEFORE UPDATE ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT, 'update on raster_coverages violates constraint: attempting to change the definition of an already populated Coverage')
WHERE IsPopulatedCoverage(NULL, OLD.coverage_name) = 1 AND ((OLD.sample_type <> NEW.sample_type) AND (OLD.pixel_type <> NEW.sample_type) OR (OLD.num_bands <> NEW.num_bands) OR (OLD.compression <> NEW.compression) OR (OLD.quality <> NEW.quality) OR (OLD.tile_width <> NEW.tile_width) OR (OLD.tile_height <> NEW.tile_height) OR (OLD.horz_resolution <> NEW.horz_resolution) OR (OLD.vert_resolution <> NEW.vert_resolution) OR (OLD.srid <> NEW.srid) OR (OLD.nodata_pixel <> NEW.nodata_pixel));
END
--- trigger raster_coverages_delete raster_coverages
CREATE TRIGGER raster_coverages_delete
BEFORE DELETE ON 'raster_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT, 'delete on raster_coverages violates constraint: attempting to delete the definition of an already populated Coverage')
WHERE IsPopulatedCoverage(NULL, OLD.coverage_name) = 1;
END
--- trigger raster_coverages_srid_name_insert raster_coverages_srid
CREATE TRIGGER raster_coverages_srid_name_insert
BEFORE INSERT ON 'raster_coverages_srid'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on raster_coverages_srid violates constraint: coverage_name value must not contain a single quote')
WHERE NEW.coverage_name LIKE ('%''%');
SELECT RAISE(ABORT,'insert on raster_coverages_srid violates constraint: coverage_name value must not contain a double quote')
WHERE NEW.coverage_name LIKE ('%"%');
SELECT RAISE(ABORT,'insert on raster_coverages_srid violates constraint: coverage_name value must be lower case')
WHERE NEW.coverage_name <> lower(NEW.coverage_name);
END
--- trigger raster_coverages_srid_name_update raster_coverages_srid
CREATE TRIGGER raster_coverages_srid_name_update
BEFORE UPDATE OF 'coverage_name' ON 'raster_coverages_srid'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'update on raster_coverages_srid violates constraint: coverage_name value must not contain a single quote')
WHERE NEW.coverage_name LIKE ('%''%');
SELECT RAISE(ABORT,'update on raster_coverages_srid violates constraint: coverage_name value must not contain a double quote')
WHERE NEW.coverage_name LIKE ('%"%');
SELECT RAISE(ABORT,'update on raster_coverages_srid violates constraint: coverage_name value must be lower case')
WHERE NEW.coverage_name <> lower(NEW.coverage_name);
END
--- trigger raster_coverages_keyword_name_insert raster_coverages_keyword
CREATE TRIGGER raster_coverages_keyword_name_insert
BEFORE INSERT ON 'raster_coverages_keyword'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on raster_coverages_keyword violates constraint: coverage_name value must not contain a single quote')
WHERE NEW.coverage_name LIKE ('%''%');
SELECT RAISE(ABORT,'insert on raster_coverages_keyword violates constraint: coverage_name value must not contain a double quote')
WHERE NEW.coverage_name LIKE ('%"%');
SELECT RAISE(ABORT,'insert on raster_coverages_keyword violates constraint: coverage_name value must be lower case')
WHERE NEW.coverage_name <> lower(NEW.coverage_name);
END
--- trigger raster_coverages_keyword_name_update raster_coverages_keyword
CREATE TRIGGER raster_coverages_keyword_name_update
BEFORE UPDATE OF 'coverage_name' ON 'raster_coverages_keyword'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'update on raster_coverages_keyword violates constraint: coverage_name value must not contain a single quote')
WHERE NEW.coverage_name LIKE ('%''%');
SELECT RAISE(ABORT,'update on raster_coverages_keyword violates constraint: coverage_name value must not contain a double quote')
WHERE NEW.coverage_name LIKE ('%"%');
SELECT RAISE(ABORT,'update on raster_coverages_keyword violates constraint: coverage_name value must be lower case')
WHERE NEW.coverage_name <> lower(NEW.coverage_name);
END
--- table vector_coverages vector_coverages
CREATE TABLE vector_coverages (
coverage_name TEXT NOT NULL PRIMARY KEY,
f_table_name TEXT,
f_geometry_column TEXT,
view_name TEXT,
view_geometry TEXT,
virt_name TEXT,
virt_geometry TEXT,
topology_name TEXT,
network_name TEXT,
geo_minx DOUBLE,
geo_miny DOUBLE,
geo_maxx DOUBLE,
geo_maxy DOUBLE,
extent_minx DOUBLE,
extent_miny DOUBLE,
extent_maxx DOUBLE,
extent_maxy DOUBLE,
title TEXT NOT NULL DEFAULT '*** missing Title ***',
abstract TEXT NOT NULL DEFAULT '*** missing Abstract ***',
is_queryable INTEGER NOT NULL,
is_editable INTEGER NOT NULL,
copyright TEXT NOT NULL DEFAULT '*** unknown ***',
license INTEGER NOT NULL DEFAULT 0,
CONSTRAINT fk_vc_gc FOREIGN KEY (f_table_name, f_geometry_column) REFERENCES geometry_columns (f_table_name, f_geometry_column) ON DELETE CASCADE,
CONSTRAINT fk_vc_sv FOREIGN KEY (view_name, view_geometry) REFERENCES views_geometry_columns (view_name, view_geometry) ON DELETE CASCADE,
CONSTRAINT fk_vc_vt FOREIGN KEY (virt_name, virt_geometry) REFERENCES virts_geometry_columns (virt_name, virt_geometry) ON DELETE CASCADE,
CONSTRAINT fk_vc_lic FOREIGN KEY (license) REFERENCES data_licenses (id))
--- index idx_vector_coverages vector_coverages
CREATE UNIQUE INDEX idx_vector_coverages ON vector_coverages (f_table_name, f_geometry_column)
--- table vector_coverages_srid vector_coverages_srid
CREATE TABLE vector_coverages_srid (
coverage_name TEXT NOT NULL,
srid INTEGER NOT NULL,
extent_minx DOUBLE,
extent_miny DOUBLE,
extent_maxx DOUBLE,
extent_maxy DOUBLE,
CONSTRAINT pk_vector_coverages_srid PRIMARY KEY (coverage_name, srid),
CONSTRAINT fk_vector_coverages_srid FOREIGN KEY (coverage_name) REFERENCES vector_coverages (coverage_name) ON DELETE CASCADE,
CONSTRAINT fk_vector_srid FOREIGN KEY (srid) REFERENCES spatial_ref_sys (srid))
--- view vector_coverages_ref_sys vector_coverages_ref_sys
CREATE VIEW vector_coverages_ref_sys AS
SELECT v.coverage_name AS coverage_name, v.title AS title, v.abstract AS abstract, v.is_queryable AS is_queryable, v.geo_minx AS geo_minx, v.geo_miny AS geo_miny, v.geo_maxx AS geo_maxx, v.geo_maxy AS geo_maxy, v.extent_minx AS extent_minx, v.extent_miny AS extent_miny, v.extent_maxx AS extent_maxx, v.extent_maxy AS extent_maxy, s.srid AS srid, 1 AS native_srid, s.auth_name AS auth_name, s.auth_srid AS auth_srid, s.ref_sys_name AS ref_sys_name, s.proj4text AS proj4text
FROM vector_coverages AS v
JOIN geometry_columns AS x ON (v.topology_name IS NULL AND v.network_name IS NULL AND v.f_table_name IS NOT NULL AND v.f_geometry_column IS NOT NULL AND v.f_table_name = x.f_table_name AND v.f_geometry_column = x.f_geometry_column)
LEFT JOIN spatial_ref_sys AS s ON (x.srid = s.srid)
UNION
SELECT v.coverage_name AS coverage_name, v.title AS title, v.abstract AS abstract, v.is_queryable AS is_queryable, v.geo_minx AS geo_minx, v.geo_miny AS geo_miny, v.geo_maxx AS geo_maxx, v.geo_maxy AS geo_maxy, v.extent_minx AS extent_minx, v.extent_miny AS extent_miny, v.extent_maxx AS extent_maxx, v.extent_maxy AS extent_maxy, s.srid AS srid, 1 AS native_srid, s.auth_name AS auth_name, s.auth_srid AS auth_srid, s.ref_sys_name AS ref_sys_name, s.proj4text AS proj4text
FROM vector_coverages AS v
JOIN views_geometry_columns AS y ON (v.view_name IS NOT NULL AND v.view_geometry IS NOT NULL AND v.view_name = y.view_name AND v.view_geometry = y.view_geometry)
JOIN geometry_columns AS x ON (y.f_table_name = x.f_table_name AND y.f_geometry_column = x.f_geometry_column)
LEFT JOIN spatial_ref_sys AS s ON (x.srid = s.srid)
UNION
SELECT v.coverage_name AS coverage_name, v.title AS title, v.abstract AS abstract, v.is_queryable AS is_queryable, v.geo_minx AS geo_minx, v.geo_miny AS geo_miny, v.geo_maxx AS geo_maxx, v.geo_maxy AS geo_maxy, v.extent_minx AS extent_minx, v.extent_miny AS extent_miny, v.extent_maxx AS extent_maxx, v.extent_maxy AS extent_maxy, s.srid AS srid, 1 AS native_srid, s.auth_name AS auth_name, s.auth_srid AS auth_srid, s.ref_sys_name AS ref_sys_name, s.proj4text AS proj4text
FROM vector_coverages AS v
JOIN virts_geometry_columns AS x ON (v.virt_name IS NOT NULL AND v.virt_geometry IS NOT NULL AND v.virt_name = x.virt_name AND v.virt_geometry = x.virt_geometry)
LEFT JOIN spatial_ref_sys AS s ON (x.srid = s.srid)
UNION
SELECT v.coverage_name AS coverage_name, v.title AS title, v.abstract AS abstract, v.is_queryable AS is_queryable, v.geo_minx AS geo_minx, v.geo_miny AS geo_miny, v.geo_maxx AS geo_maxx, v.geo_maxy AS geo_maxy, v.extent_minx AS extent_minx, v.extent_miny AS extent_miny, v.extent_maxx AS extent_maxx, v.extent_maxy AS extent_maxy, s.srid AS srid, 1 AS native_srid, s.auth_name AS auth_name, s.auth_srid AS auth_srid, s.ref_sys_name AS ref_sys_name, s.proj4text AS proj4text
FROM vector_coverages AS v
JOIN topologies AS x ON (v.topology_name IS NOT NULL AND v.topology_name = x.topology_name)
LEFT JOIN spatial_ref_sys AS s ON (x.srid = s.srid)
UNION
SELECT v.coverage_name AS coverage_name, v.title AS title, v.abstract AS abstract, v.is_queryable AS is_queryable, v.geo_minx AS geo_minx, v.geo_miny AS geo_miny, v.geo_maxx AS geo_maxx, v.geo_maxy AS geo_maxy, v.extent_minx AS extent_minx, v.extent_miny AS extent_miny, v.extent_maxx AS extent_maxx, v.extent_maxy AS extent_maxy, s.srid AS srid, 1 AS native_srid, s.auth_name AS auth_name, s.auth_srid AS auth_srid, s.ref_sys_name AS ref_sys_name, s.proj4text AS proj4text
FROM vector_coverages AS v
JOIN networks AS x ON (v.network_name IS NOT NULL AND v.network_name = x.network_name)
LEFT JOIN spatial_ref_sys AS s ON (x.srid = s.srid)
UNION
SELECT v.coverage_name AS coverage_name, v.title AS title, v.abstract AS abstract, v.is_queryable AS is_queryable, v.geo_minx AS geo_minx, v.geo_miny AS geo_miny, v.geo_maxx AS geo_maxx, v.geo_maxy AS geo_maxy, x.extent_minx AS extent_minx, x.extent_miny AS extent_miny, x.extent_maxx AS extent_maxx, x.extent_maxy AS extent_maxy, s.srid AS srid, 0 AS native_srid, s.auth_name AS auth_name, s.auth_srid AS auth_srid, s.ref_sys_name AS ref_sys_name, s.proj4text AS proj4text
FROM vector_coverages AS v
JOIN vector_coverages_srid AS x ON (v.coverage_name = x.coverage_name)
LEFT JOIN spatial_ref_sys AS s ON (x.srid = s.srid)
--- table vector_coverages_keyword vector_coverages_keyword
CREATE TABLE vector_coverages_keyword (
coverage_name TEXT NOT NULL,
keyword TEXT NOT NULL,
CONSTRAINT pk_vector_coverages_keyword PRIMARY KEY (coverage_name, keyword),
CONSTRAINT fk_vector_coverages_keyword FOREIGN KEY (coverage_name) REFERENCES vector_coverages (coverage_name) ON DELETE CASCADE)
--- trigger vector_coverages_name_insert vector_coverages
CREATE TRIGGER vector_coverages_name_insert
BEFORE INSERT ON 'vector_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on vector_coverages violates constraint: coverage_name value must not contain a single quote')
WHERE NEW.coverage_name LIKE ('%''%');
SELECT RAISE(ABORT,'insert on vector_coverages violates constraint: coverage_name value must not contain a double quote')
WHERE NEW.coverage_name LIKE ('%"%');
SELECT RAISE(ABORT,'insert on layer_vectors violates constraint: coverage_name value must be lower case')
WHERE NEW.coverage_name <> lower(NEW.coverage_name);
END
--- trigger vector_coverages_name_update vector_coverages
CREATE TRIGGER vector_coverages_name_update
BEFORE UPDATE OF 'coverage_name' ON 'vector_coverages'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'update on vector_coverages violates constraint: coverage_name value must not contain a single quote')
WHERE NEW.coverage_name LIKE ('%''%');
SELECT RAISE(ABORT,'update on vector_coverages violates constraint: coverage_name value must not contain a double quote')
WHERE NEW.coverage_name LIKE ('%"%');
SELECT RAISE(ABORT,'update on vector_coverages violates constraint: coverage_name value must be lower case')
WHERE NEW.coverage_name <> lower(NEW.coverage_name);
END
--- trigger vector_coverages_srid_name_insert vector_coverages_srid
CREATE TRIGGER vector_coverages_srid_name_insert
BEFORE INSERT ON 'vector_coverages_srid'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on vector_coverages_srid violates constraint: coverage_name value must not contain a single quote')
WHERE NEW.coverage_name LIKE ('%''%');
SELECT RAISE(ABORT,'insert on vector_coverages_srid violates constraint: coverage_name value must not contain a double quote')
WHERE NEW.coverage_name LIKE ('%"%');
SELECT RAISE(ABORT,'insert on vector_coverages_srid violates constraint: coverage_name value must be lower case')
WHERE NEW.coverage_name <> lower(NEW.coverage_name);
END
--- trigger vector_coverages_srid_name_update vector_coverages_srid
CREATE TRIGGER vector_coverages_srid_name_update
BEFORE UPDATE OF 'coverage_name' ON 'vector_coverages_srid'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'update on vector_coverages_srid violates constraint: coverage_name value must not contain a single quote')
WHERE NEW.coverage_name LIKE ('%''%');
SELECT RAISE(ABORT,'update on vector_coverages_srid violates constraint: coverage_name value must not contain a double quote')
WHERE NEW.coverage_name LIKE ('%"%');
SELECT RAISE(ABORT,'update on vector_coverages_srid violates constraint: coverage_name value must be lower case')
WHERE NEW.coverage_name <> lower(NEW.coverage_name);
END
--- trigger vector_coverages_keyword_name_insert vector_coverages_keyword
CREATE TRIGGER vector_coverages_keyword_name_insert
BEFORE INSERT ON 'vector_coverages_keyword'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on vector_coverages_keyword violates constraint: coverage_name value must not contain a single quote')
WHERE NEW.coverage_name LIKE ('%''%');
SELECT RAISE(ABORT,'insert on vector_coverages_keyword violates constraint: coverage_name value must not contain a double quote')
WHERE NEW.coverage_name LIKE ('%"%');
SELECT RAISE(ABORT,'insert on vector_coverages_keyword violates constraint: coverage_name value must be lower case')
WHERE NEW.coverage_name <> lower(NEW.coverage_name);
END
--- trigger vector_coverages_keyword_name_update vector_coverages_keyword
CREATE TRIGGER vector_coverages_keyword_name_update
BEFORE UPDATE OF 'coverage_name' ON 'vector_coverages_keyword'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'update on vector_coverages_keyword violates constraint: coverage_name value must not contain a single quote')
WHERE NEW.coverage_name LIKE ('%''%');
SELECT RAISE(ABORT,'update on vector_coverages_keyword violates constraint: coverage_name value must not contain a double quote')
WHERE NEW.coverage_name LIKE ('%"%');
SELECT RAISE(ABORT,'update on vector_coverages_keyword violates constraint: coverage_name value must be lower case')
WHERE NEW.coverage_name <> lower(NEW.coverage_name);
END
--- table wms_getcapabilities wms_getcapabilities
CREATE TABLE wms_getcapabilities (
id INTEGER PRIMARY KEY AUTOINCREMENT,
url TEXT NOT NULL,
title TEXT NOT NULL DEFAULT '*** undefined ***',
abstract TEXT NOT NULL DEFAULT '*** undefined ***')
--- index idx_wms_getcapabilities wms_getcapabilities
CREATE UNIQUE INDEX idx_wms_getcapabilities ON wms_getcapabilities (url)
--- table wms_getmap wms_getmap
CREATE TABLE wms_getmap (
id INTEGER PRIMARY KEY AUTOINCREMENT,
parent_id INTEGER NOT NULL,
url TEXT NOT NULL,
layer_name TEXT NOT NULL,
title TEXT NOT NULL DEFAULT '*** undefined ***',
abstract TEXT NOT NULL DEFAULT '*** undefined ***',
version TEXT NOT NULL,
srs TEXT NOT NULL,
format TEXT NOT NULL,
style TEXT NOT NULL,
transparent INTEGER NOT NULL CHECK (transparent IN (0, 1)),
flip_axes INTEGER NOT NULL CHECK (flip_axes IN (0, 1)),
is_queryable INTEGER NOT NULL CHECK (is_queryable IN (0, 1)),
getfeatureinfo_url TEXT,
bgcolor TEXT,
tiled INTEGER NOT NULL CHECK (tiled IN (0, 1)),
tile_width INTEGER NOT NULL CHECK (tile_width BETWEEN 256 AND 5000),
tile_height INTEGER NOT NULL CHECK (tile_width BETWEEN 256 AND 5000),
is_cached INTEGER NOT NULL CHECK (is_cached IN (0, 1)),
copyright TEXT NOT NULL DEFAULT '*** unknown ***',
license INTEGER NOT NULL DEFAULT 0,
CONSTRAINT fk_wms_getmap FOREIGN KEY (parent_id) REFERENCES wms_getcapabilities (id) ON DELETE CASCADE,
CONSTRAINT fk_wms_lic FOREIGN KEY (license) REFERENCES data_licenses (id))
--- index idx_wms_getmap wms_getmap
CREATE UNIQUE INDEX idx_wms_getmap ON wms_getmap (url, layer_name)
--- table wms_settings wms_settings
CREATE TABLE wms_settings (
id INTEGER PRIMARY KEY AUTOINCREMENT,
parent_id INTEGER NOT NULL,
key TEXT NOT NULL CHECK (Lower(key) IN ('version', 'format', 'style')),
value TEXT NOT NULL,
is_default INTEGER NOT NULL CHECK (is_default IN (0, 1)),
CONSTRAINT fk_wms_settings FOREIGN KEY (parent_id) REFERENCES wms_getmap (id) ON DELETE CASCADE)
--- index idx_wms_settings wms_settings
CREATE UNIQUE INDEX idx_wms_settings ON wms_settings (parent_id, key, value)
--- table wms_ref_sys wms_ref_sys
CREATE TABLE wms_ref_sys (
id INTEGER PRIMARY KEY AUTOINCREMENT,
parent_id INTEGER NOT NULL,
srs TEXT NOT NULL,
minx DOUBLE NOT NULL,
miny DOUBLE NOT NULL,
maxx DOUBLE NOT NULL,
maxy DOUBLE NOT NULL,
is_default INTEGER NOT NULL CHECK (is_default IN (0, 1)),
CONSTRAINT fk_wms_ref_sys FOREIGN KEY (parent_id) REFERENCES wms_getmap (id) ON DELETE CASCADE)
--- index idx_wms_ref_sys wms_ref_sys
CREATE UNIQUE INDEX idx_wms_ref_sys ON wms_ref_sys (parent_id, srs)
--- table topologies topologies
CREATE TABLE topologies (
	topology_name TEXT NOT NULL PRIMARY KEY,
	srid INTEGER NOT NULL,
	tolerance DOUBLE NOT NULL,
	has_z INTEGER NOT NULL,
	next_edge_id INTEGER NOT NULL DEFAULT 1,
	CONSTRAINT topo_srid_fk FOREIGN KEY (srid) REFERENCES spatial_ref_sys (srid))
--- trigger topology_name_insert topologies
CREATE TRIGGER topology_name_insert
BEFORE INSERT ON 'topologies'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on topologies violates constraint: topology_name value must not contain a single quote')
WHERE NEW.topology_name LIKE ('%''%');
SELECT RAISE(ABORT,'insert on topologies violates constraint: topology_name value must not contain a double quote')
WHERE NEW.topology_name LIKE ('%"%');
SELECT RAISE(ABORT,'insert on topologies violates constraint: topology_name value must be lower case')
WHERE NEW.topology_name <> lower(NEW.topology_name);
END
--- trigger topology_name_update topologies
CREATE TRIGGER topology_name_update
BEFORE UPDATE OF 'topology_name' ON 'topologies'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'update on topologies violates constraint: topology_name value must not contain a single quote')
WHERE NEW.topology_name LIKE ('%''%');
SELECT RAISE(ABORT,'update on topologies violates constraint: topology_name value must not contain a double quote')
WHERE NEW.topology_name LIKE ('%"%');
SELECT RAISE(ABORT,'update on topologies violates constraint: topology_name value must be lower case')
WHERE NEW.topology_name <> lower(NEW.topology_name);
END
--- table networks networks
CREATE TABLE networks (
	network_name TEXT NOT NULL PRIMARY KEY,
	spatial INTEGER NOT NULL,
	srid INTEGER NOT NULL,
	has_z INTEGER NOT NULL,
	allow_coincident INTEGER NOT NULL,
	next_node_id INTEGER NOT NULL DEFAULT 1,
	next_link_id INTEGER NOT NULL DEFAULT 1,
	CONSTRAINT net_srid_fk FOREIGN KEY (srid) REFERENCES spatial_ref_sys (srid))
--- trigger network_name_insert networks
CREATE TRIGGER network_name_insert
BEFORE INSERT ON 'networks'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on networks violates constraint: network_name value must not contain a single quote')
WHERE NEW.network_name LIKE ('%''%');
SELECT RAISE(ABORT,'insert on networks violates constraint: network_name value must not contain a double quote')
WHERE NEW.network_name LIKE ('%"%');
SELECT RAISE(ABORT,'insert on networks violates constraint: network_name value must be lower case')
WHERE NEW.network_name <> lower(NEW.network_name);
END
--- trigger network_name_update networks
CREATE TRIGGER network_name_update
BEFORE UPDATE OF 'network_name' ON 'networks'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'update on networks violates constraint: network_name value must not contain a single quote')
WHERE NEW.network_name LIKE ('%''%');
SELECT RAISE(ABORT,'update on networks violates constraint: network_name value must not contain a double quote')
WHERE NEW.network_name LIKE ('%"%');
SELECT RAISE(ABORT,'update on networks violates constraint: network_name value must be lower case')
WHERE NEW.network_name <> lower(NEW.network_name);
END
--- table SE_external_graphics SE_external_graphics
CREATE TABLE SE_external_graphics (
xlink_href TEXT NOT NULL PRIMARY KEY,
title TEXT NOT NULL DEFAULT '*** undefined ***',
abstract TEXT NOT NULL DEFAULT '*** undefined ***',
resource BLOB NOT NULL,
file_name TEXT NOT NULL DEFAULT '*** undefined ***')
--- trigger sextgr_mime_type_insert SE_external_graphics
CREATE TRIGGER sextgr_mime_type_insert
BEFORE INSERT ON 'SE_external_graphics'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on SE_external_graphics violates constraint: GetMimeType(resource) must be one of ''image/gif'' | ''image/png'' | ''image/jpeg'' | ''image/svg+xml''')
WHERE GetMimeType(NEW.resource) NOT IN ('image/gif', 'image/png', 'image/jpeg', 'image/svg+xml');
END
--- trigger sextgr_mime_type_update SE_external_graphics
CREATE TRIGGER sextgr_mime_type_update
BEFORE UPDATE OF 'mime_type' ON 'SE_external_graphics'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT, 'update on SE_external_graphics violates constraint: GetMimeType(resource) must be one of ''image/gif'' | ''image/png'' | ''image/jpeg'' | ''image/svg+xml''')
WHERE GetMimeType(NEW.resource) NOT IN ('image/gif', 'image/png', 'image/jpeg', 'image/svg+xml');
END
--- view SE_external_graphics_view SE_external_graphics_view
CREATE VIEW SE_external_graphics_view AS
SELECT xlink_href AS xlink_href, title AS title, abstract AS abstract, resource AS resource, file_name AS file_name, GetMimeType(resource) AS mime_type
FROM SE_external_graphics
--- table SE_fonts SE_fonts
CREATE TABLE SE_fonts (
font_facename TEXT NOT NULL PRIMARY KEY,
font BLOB NOT NULL)
--- view SE_fonts_view SE_fonts_view
CREATE VIEW SE_fonts_view AS
SELECT font_facename AS font_facename, GetFontFamily(font) AS family_name, IsFontBold(font) AS bold, IsFontItalic(font) AS italic, font AS font
FROM SE_fonts
--- table SE_raster_styles SE_raster_styles
CREATE TABLE SE_raster_styles (
style_id INTEGER PRIMARY KEY AUTOINCREMENT,
style_name TEXT NOT NULL DEFAULT 'missing_name' UNIQUE,
style BLOB NOT NULL)
--- index idx_raster_styles SE_raster_styles
CREATE INDEX idx_raster_styles ON SE_raster_styles (style_name)
--- trigger seraster_style_insert SE_raster_styles
CREATE TRIGGER seraster_style_insert
BEFORE INSERT ON 'SE_raster_styles'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on SE_raster_styles violates constraint: not a valid SLD/SE Raster Style')
WHERE XB_IsSldSeRasterStyle(NEW.style) <> 1;
END
--- trigger seraster_style_update SE_raster_styles
CREATE TRIGGER seraster_style_update
BEFORE UPDATE ON 'SE_raster_styles'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'update on SE_raster_styles violates constraint: not a valid SLD/SE Raster Style')
WHERE XB_IsSldSeRasterStyle(NEW.style) <> 1;
END
--- trigger seraster_style_name_ins SE_raster_styles
CREATE TRIGGER seraster_style_name_ins
AFTER INSERT ON 'SE_raster_styles'
FOR EACH ROW BEGIN
UPDATE SE_raster_styles SET style_name = XB_GetName(NEW.style) WHERE style_id = NEW.style_id;
END
--- trigger seraster_style_name_upd SE_raster_styles
CREATE TRIGGER seraster_style_name_upd
AFTER UPDATE OF style ON 'SE_raster_styles'
FOR EACH ROW BEGIN
UPDATE SE_raster_styles SET style_name = XB_GetName(NEW.style) WHERE style_id = NEW.style_id;
END
--- view SE_raster_styles_view SE_raster_styles_view
CREATE VIEW SE_raster_styles_view AS 
SELECT style_name AS name, XB_GetTitle(style) AS title, XB_GetAbstract(style) AS abstract, style AS style, XB_IsSchemaValidated(style) AS schema_validated, XB_GetSchemaURI(style) AS schema_uri
FROM SE_raster_styles
--- table SE_raster_styled_layers SE_raster_styled_layers
CREATE TABLE SE_raster_styled_layers (
coverage_name TEXT NOT NULL,
style_id INTEGER NOT NULL,
CONSTRAINT pk_serstl PRIMARY KEY (coverage_name, style_id),
CONSTRAINT fk_serstl_cov FOREIGN KEY (coverage_name) REFERENCES raster_coverages (coverage_name) ON DELETE CASCADE,
CONSTRAINT fk_serstl_stl FOREIGN KEY (style_id) REFERENCES SE_raster_styles (style_id) ON DELETE CASCADE)
--- index idx_serstl_style SE_raster_styled_layers
CREATE INDEX idx_serstl_style ON SE_raster_styled_layers (style_id)
--- trigger serstl_coverage_name_insert SE_raster_styled_layers
CREATE TRIGGER serstl_coverage_name_insert
BEFORE INSERT ON 'SE_raster_styled_layers'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on SE_raster_styled_layers violates constraint: coverage_name value must not contain a single quote')
WHERE NEW.coverage_name LIKE ('%''%');
SELECT RAISE(ABORT,'insert on SE_raster_styled_layers violates constraint: coverage_name value must not contain a double quote')
WHERE NEW.coverage_name LIKE ('%"%');
SELECT RAISE(ABORT,'insert on SE_raster_styled_layers violates constraint: coverage_name value must be lower case')
WHERE NEW.coverage_name <> lower(NEW.coverage_name);
END
--- trigger serstl_coverage_name_update SE_raster_styled_layers
CREATE TRIGGER serstl_coverage_name_update
BEFORE UPDATE OF 'coverage_name' ON 'SE_raster_styled_layers'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'update on SE_raster_styled_layers violates constraint: coverage_name value must not contain a single quote')
WHERE NEW.coverage_name LIKE ('%''%');
SELECT RAISE(ABORT,'update on SE_raster_styled_layers violates constraint: coverage_name value must not contain a double quote')
WHERE NEW.coverage_name LIKE ('%"%');
SELECT RAISE(ABORT,'update on SE_raster_styled_layers violates constraint: coverage_name value must be lower case')
WHERE NEW.coverage_name <> lower(NEW.coverage_name);
END
--- view SE_raster_styled_layers_view SE_raster_styled_layers_view
CREATE VIEW SE_raster_styled_layers_view AS 
SELECT l.coverage_name AS coverage_name, l.style_id AS style_id, s.style_name AS name, XB_GetTitle(s.style) AS title, XB_GetAbstract(s.style) AS abstract, s.style AS style, XB_IsSchemaValidated(s.style) AS schema_validated, XB_GetSchemaURI(s.style) AS schema_uri
FROM SE_raster_styled_layers AS l
JOIN SE_raster_styles AS s ON (l.style_id = s.style_id)
--- table SE_vector_styles SE_vector_styles
CREATE TABLE SE_vector_styles (
style_id INTEGER PRIMARY KEY AUTOINCREMENT,
style_name TEXT NOT NULL DEFAULT 'missing_name' UNIQUE,
style BLOB NOT NULL)
--- index idx_vector_styles SE_vector_styles
CREATE INDEX idx_vector_styles ON SE_vector_styles (style_name)
--- trigger sevector_style_insert SE_vector_styles
CREATE TRIGGER sevector_style_insert
BEFORE INSERT ON 'SE_vector_styles'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on SE_vector_styles violates constraint: not a valid SLD/SE Vector Style')
WHERE XB_IsSldSeVectorStyle(NEW.style) <> 1;
END
--- trigger sevector_style_update SE_vector_styles
CREATE TRIGGER sevector_style_update
BEFORE UPDATE ON 'SE_vector_styles'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'update on SE_vector_styles violates constraint: not a valid SLD/SE Vector Style')
WHERE XB_IsSldSeVectorStyle(NEW.style) <> 1;
END
--- trigger sevector_style_name_ins SE_vector_styles
CREATE TRIGGER sevector_style_name_ins
AFTER INSERT ON 'SE_vector_styles'
FOR EACH ROW BEGIN
UPDATE SE_vector_styles SET style_name = XB_GetName(NEW.style) WHERE style_id = NEW.style_id;
END
--- trigger sevector_style_name_upd SE_vector_styles
CREATE TRIGGER sevector_style_name_upd
AFTER UPDATE OF style ON 'SE_vector_styles'
FOR EACH ROW BEGIN
UPDATE SE_vector_styles SET style_name = XB_GetName(NEW.style) WHERE style_id = NEW.style_id;
END
--- view SE_vector_styles_view SE_vector_styles_view
CREATE VIEW SE_vector_styles_view AS 
SELECT style_name AS name, XB_GetTitle(style) AS title, XB_GetAbstract(style) AS abstract, style AS style, XB_IsSchemaValidated(style) AS schema_validated, XB_GetSchemaURI(style) AS schema_uri
FROM SE_vector_styles
--- table SE_vector_styled_layers SE_vector_styled_layers
CREATE TABLE SE_vector_styled_layers (
coverage_name TEXT NOT NULL,
style_id INTEGER NOT NULL,
CONSTRAINT pk_sevstl PRIMARY KEY (coverage_name, style_id),
CONSTRAINT fk_sevstl_cvg FOREIGN KEY (coverage_name) REFERENCES vector_coverages (coverage_name) ON DELETE CASCADE,
CONSTRAINT fk_sevstl_stl FOREIGN KEY (style_id) REFERENCES SE_vector_styles (style_id) ON DELETE CASCADE)
--- index idx_sevstl_style SE_vector_styled_layers
CREATE INDEX idx_sevstl_style ON SE_vector_styled_layers (style_id)
--- trigger sevstl_coverage_name_insert SE_vector_styled_layers
CREATE TRIGGER sevstl_coverage_name_insert
BEFORE INSERT ON 'SE_vector_styled_layers'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on SE_vector_styled_layers violates constraint: coverage_name value must not contain a single quote')
WHERE NEW.coverage_name LIKE ('%''%');
SELECT RAISE(ABORT,'insert on SE_vector_styled_layers violates constraint: coverage_name value must not contain a double quote')
WHERE NEW.coverage_name LIKE ('%"%');
SELECT RAISE(ABORT,'insert on SE_vector_styled_layers violates constraint: coverage_name value must be lower case')
WHERE NEW.coverage_name <> lower(NEW.coverage_name);
END
--- trigger sevstl_coverage_name_update SE_vector_styled_layers
CREATE TRIGGER sevstl_coverage_name_update
BEFORE UPDATE OF 'coverage_name' ON 'SE_vector_styled_layers'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'update on SE_vector_styled_layers violates constraint: coverage_name value must not contain a single quote')
WHERE NEW.coverage_name LIKE ('%''%');
SELECT RAISE(ABORT,'update on SE_vector_styled_layers violates constraint: coverage_name value must not contain a double quote')
WHERE NEW.coverage_name LIKE ('%"%');
SELECT RAISE(ABORT,'update on SE_vector_styled_layers violates constraint: coverage_name value must be lower case')
WHERE NEW.coverage_name <> lower(NEW.coverage_name);
END
--- view SE_vector_styled_layers_view SE_vector_styled_layers_view
CREATE VIEW SE_vector_styled_layers_view AS 
SELECT l.coverage_name AS coverage_name, v.f_table_name AS f_table_name, v.f_geometry_column AS f_geometry_column, l.style_id AS style_id, s.style_name AS name, XB_GetTitle(s.style) AS title, XB_GetAbstract(s.style) AS abstract, s.style AS style, XB_IsSchemaValidated(s.style) AS schema_validated, XB_GetSchemaURI(s.style) AS schema_uri
FROM SE_vector_styled_layers AS l
JOIN vector_coverages AS v ON (l.coverage_name = v.coverage_name) JOIN SE_vector_styles AS s ON (l.style_id = s.style_id)
--- table ISO_metadata ISO_metadata
CREATE TABLE ISO_metadata (
id INTEGER PRIMARY KEY AUTOINCREMENT,
md_scope TEXT NOT NULL DEFAULT 'dataset',
metadata BLOB NOT NULL DEFAULT (zeroblob(4)),
fileId TEXT,
parentId TEXT, "geometry" MULTIPOLYGON)
--- trigger ggi_ISO_metadata_geometry ISO_metadata
CREATE TRIGGER "ggi_ISO_metadata_geometry" BEFORE INSERT ON "ISO_metadata"
FOR EACH ROW BEGIN
SELECT RAISE(ROLLBACK, 'ISO_metadata.geometry violates Geometry constraint [geom-type or SRID not allowed]')
WHERE (SELECT geometry_type FROM geometry_columns
WHERE Lower(f_table_name) = Lower('ISO_metadata') AND Lower(f_geometry_column) = Lower('geometry')
AND GeometryConstraints(NEW."geometry", geometry_type, srid) = 1) IS NULL;
END
--- trigger ggu_ISO_metadata_geometry ISO_metadata
CREATE TRIGGER "ggu_ISO_metadata_geometry" BEFORE UPDATE OF "geometry" ON "ISO_metadata"
FOR EACH ROW BEGIN
SELECT RAISE(ROLLBACK, 'ISO_metadata.geometry violates Geometry constraint [geom-type or SRID not allowed]')
WHERE (SELECT geometry_type FROM geometry_columns
WHERE Lower(f_table_name) = Lower('ISO_metadata') AND Lower(f_geometry_column) = Lower('geometry')
AND GeometryConstraints(NEW."geometry", geometry_type, srid) = 1) IS NULL;
END
--- trigger tmu_ISO_metadata_geometry ISO_metadata
CREATE TRIGGER "tmu_ISO_metadata_geometry" AFTER UPDATE ON "ISO_metadata"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_update = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('ISO_metadata') AND Lower(f_geometry_column) = Lower('geometry');
END
--- trigger tmi_ISO_metadata_geometry ISO_metadata
CREATE TRIGGER "tmi_ISO_metadata_geometry" AFTER INSERT ON "ISO_metadata"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_insert = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('ISO_metadata') AND Lower(f_geometry_column) = Lower('geometry');
END
--- trigger tmd_ISO_metadata_geometry ISO_metadata
CREATE TRIGGER "tmd_ISO_metadata_geometry" AFTER DELETE ON "ISO_metadata"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_delete = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('ISO_metadata') AND Lower(f_geometry_column) = Lower('geometry');
END
--- trigger gii_ISO_metadata_geometry ISO_metadata
CREATE TRIGGER "gii_ISO_metadata_geometry" AFTER INSERT ON "ISO_metadata"
FOR EACH ROW BEGIN
DELETE FROM "idx_ISO_metadata_geometry" WHERE pkid=NEW.ROWID;
SELECT RTreeAlign('idx_ISO_metadata_geometry', NEW.ROWID, NEW."geometry");
END
--- trigger giu_ISO_metadata_geometry ISO_metadata
CREATE TRIGGER "giu_ISO_metadata_geometry" AFTER UPDATE OF "geometry" ON "ISO_metadata"
FOR EACH ROW BEGIN
DELETE FROM "idx_ISO_metadata_geometry" WHERE pkid=NEW.ROWID;
SELECT RTreeAlign('idx_ISO_metadata_geometry', NEW.ROWID, NEW."geometry");
END
--- trigger gid_ISO_metadata_geometry ISO_metadata
CREATE TRIGGER "gid_ISO_metadata_geometry" AFTER DELETE ON "ISO_metadata"
FOR EACH ROW BEGIN
DELETE FROM "idx_ISO_metadata_geometry" WHERE pkid=OLD.ROWID;
END
--- table idx_ISO_metadata_geometry idx_ISO_metadata_geometry
CREATE VIRTUAL TABLE "idx_ISO_metadata_geometry" USING rtree(pkid, xmin, xmax, ymin, ymax)
--- table idx_ISO_metadata_geometry_rowid idx_ISO_metadata_geometry_rowid
CREATE TABLE "idx_ISO_metadata_geometry_rowid"(rowid INTEGER PRIMARY KEY,nodeno)
--- table idx_ISO_metadata_geometry_node idx_ISO_metadata_geometry_node
CREATE TABLE "idx_ISO_metadata_geometry_node"(nodeno INTEGER PRIMARY KEY,data)
--- table idx_ISO_metadata_geometry_parent idx_ISO_metadata_geometry_parent
CREATE TABLE "idx_ISO_metadata_geometry_parent"(nodeno INTEGER PRIMARY KEY,parentnode)
--- trigger ISO_metadata_md_scope_insert ISO_metadata
CREATE TRIGGER 'ISO_metadata_md_scope_insert'
BEFORE INSERT ON 'ISO_metadata'
FOR EACH ROW BEGIN
SELECT RAISE(ROLLBACK, 'insert on table ISO_metadata violates constraint: md_scope must be one of ''undefined'' | ''fieldSession'' | ''collectionSession'' | ''series'' | ''dataset'' | ''featureType'' | ''feature'' | ''attributeType'' | ''attribute'' | ''tile'' | ''model'' | ''catalogue'' | ''schema'' | ''taxonomy'' | ''software'' | ''service'' | ''collectionHardware'' | ''nonGeographicDataset'' | ''dimensionGroup''')
WHERE NOT(NEW.md_scope IN ('undefined','fieldSession','collectionSession','series','dataset','featureType','feature','attributeType','attribute','tile','model','catalogue','schema','taxonomy','software','service','collectionHardware','nonGeographicDataset','dimensionGroup'));
END
--- trigger ISO_metadata_md_scope_update ISO_metadata
CREATE TRIGGER 'ISO_metadata_md_scope_update'
BEFORE UPDATE OF 'md_scope' ON 'ISO_metadata'
FOR EACH ROW BEGIN
SELECT RAISE(ROLLBACK, 'update on table ISO_metadata violates constraint: md_scope must be one of ''undefined'' | ''fieldSession'' | ''collectionSession'' | ''series'' | ''dataset'' | ''featureType'' | ''feature'' | ''attributeType'' | ''attribute'' | ''tile'' | ''model'' | ''catalogue'' | ''schema'' | ''taxonomy'' | ''software'' | ''service'' | ''collectionHardware'' | ''nonGeographicDataset'' | ''dimensionGroup''')
WHERE NOT(NEW.md_scope IN ('undefined','fieldSession','collectionSession','series','dataset','featureType','feature','attributeType','attribute','tile','model','catalogue','schema','taxonomy','software','service','collectionHardware','nonGeographicDataset','dimensionGroup'));
END
--- trigger ISO_metadata_fileIdentifier_insert ISO_metadata
CREATE TRIGGER 'ISO_metadata_fileIdentifier_insert'
AFTER INSERT ON 'ISO_metadata'
FOR EACH ROW BEGIN
UPDATE ISO_metadata SET fileId = XB_GetFileId(NEW.metadata), parentId = XB_GetParentId(NEW.metadata), geometry = XB_GetGeometry(NEW.metadata) WHERE id = NEW.id;
UPDATE ISO_metadata_reference SET md_parent_id = GetIsoMetadataId(NEW.parentId) WHERE md_file_id = NEW.id;
END
--- trigger ISO_metadata_fileIdentifier_update ISO_metadata
CREATE TRIGGER 'ISO_metadata_fileIdentifier_update'
AFTER UPDATE ON 'ISO_metadata'
FOR EACH ROW BEGIN
UPDATE ISO_metadata SET fileId = XB_GetFileId(NEW.metadata), parentId = XB_GetParentId(NEW.metadata), geometry = XB_GetGeometry(NEW.metadata) WHERE id = NEW.id;
UPDATE ISO_metadata_reference SET md_parent_id = GetIsoMetadataId(NEW.parentId) WHERE md_file_id = NEW.id;
END
--- trigger ISO_metadata_insert ISO_metadata
CREATE TRIGGER ISO_metadata_insert
BEFORE INSERT ON 'ISO_metadata'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on ISO_metadata violates constraint: not a valid ISO Metadata XML')
WHERE XB_IsIsoMetadata(NEW.metadata) <> 1 AND NEW.id <> 0;
END
--- trigger ISO_metadata_update ISO_metadata
CREATE TRIGGER ISO_metadata_update
BEFORE UPDATE ON 'ISO_metadata'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'update on ISO_metadata violates constraint: not a valid ISO Metadata XML')
WHERE XB_IsIsoMetadata(NEW.metadata) <> 1 AND NEW.id <> 0;
END
--- index idx_ISO_metadata_ids ISO_metadata
CREATE UNIQUE INDEX idx_ISO_metadata_ids ON ISO_metadata (fileId)
--- index idx_ISO_metadata_parents ISO_metadata
CREATE INDEX idx_ISO_metadata_parents ON ISO_metadata (parentId)
--- table ISO_metadata_reference ISO_metadata_reference
CREATE TABLE ISO_metadata_reference (
reference_scope TEXT NOT NULL DEFAULT 'table',
table_name TEXT NOT NULL DEFAULT 'undefined',
column_name TEXT NOT NULL DEFAULT 'undefined',
row_id_value INTEGER NOT NULL DEFAULT 0,
timestamp TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ',CURRENT_TIMESTAMP)),
md_file_id INTEGER NOT NULL DEFAULT 0,
md_parent_id INTEGER NOT NULL DEFAULT 0,
CONSTRAINT fk_isometa_mfi FOREIGN KEY (md_file_id) REFERENCES ISO_metadata(id),
CONSTRAINT fk_isometa_mpi FOREIGN KEY (md_parent_id) REFERENCES ISO_metadata(id))
--- trigger ISO_metadata_reference_scope_insert ISO_metadata_reference
CREATE TRIGGER 'ISO_metadata_reference_scope_insert'
BEFORE INSERT ON 'ISO_metadata_reference'
FOR EACH ROW BEGIN
SELECT RAISE(ROLLBACK, 'insert on table ISO_metadata_reference violates constraint: reference_scope must be one of ''table'' | ''column'' | ''row'' | ''row/col''')
WHERE NOT NEW.reference_scope IN ('table','column','row','row/col');
END
--- trigger ISO_metadata_reference_scope_update ISO_metadata_reference
CREATE TRIGGER 'ISO_metadata_reference_scope_update'
BEFORE UPDATE OF 'reference_scope' ON 'ISO_metadata_reference'
FOR EACH ROW BEGIN
SELECT RAISE(ROLLBACK, 'update on table ISO_metadata_reference violates constraint: referrence_scope must be one of ''table'' | ''column'' | ''row'' | ''row/col''')
WHERE NOT NEW.reference_scope IN ('table','column','row','row/col');
END
--- trigger ISO_metadata_reference_table_name_insert ISO_metadata_reference
CREATE TRIGGER 'ISO_metadata_reference_table_name_insert'
BEFORE INSERT ON 'ISO_metadata_reference'
FOR EACH ROW BEGIN
SELECT RAISE(ROLLBACK, 'insert on table ISO_metadata_reference violates constraint: table_name must be the name of a table in geometry_columns')
WHERE NOT NEW.table_name IN (
SELECT f_table_name AS table_name FROM geometry_columns);
END
--- trigger ISO_metadata_reference_table_name_update ISO_metadata_reference
CREATE TRIGGER 'ISO_metadata_reference_table_name_update'
BEFORE UPDATE OF 'table_name' ON 'ISO_metadata_reference'
FOR EACH ROW BEGIN
SELECT RAISE(ROLLBACK, 'update on table ISO_metadata_reference violates constraint: table_name must be the name of a table in geometry_columns')
WHERE NOT NEW.table_name IN (
SELECT f_table_name AS table_name FROM geometry_columns);
END
--- trigger ISO_metadata_reference_row_id_value_insert ISO_metadata_reference
CREATE TRIGGER 'ISO_metadata_reference_row_id_value_insert'
BEFORE INSERT ON 'ISO_metadata_reference'
FOR EACH ROW BEGIN
SELECT RAISE(ROLLBACK, 'insert on ISO_table ISO_metadata_reference violates constraint: row_id_value must be 0 when reference_scope is ''table'' or ''column''')
WHERE NEW.reference_scope IN ('table','column') AND NEW.row_id_value <> 0;
SELECT RAISE(ROLLBACK, 'insert on table ISO_metadata_reference violates constraint: row_id_value must exist in specified table when reference_scope is ''row'' or ''row/col''')
WHERE NEW.reference_scope IN ('row','row/col') AND NOT EXISTS
(SELECT rowid FROM (SELECT NEW.table_name AS table_name) WHERE rowid = NEW.row_id_value);
END
--- trigger ISO_metadata_reference_row_id_value_update ISO_metadata_reference
CREATE TRIGGER 'ISO_metadata_reference_row_id_value_update'
BEFORE UPDATE OF 'row_id_value' ON 'ISO_metadata_reference'
FOR EACH ROW BEGIN
SELECT RAISE(ROLLBACK, 'update on table ISO_metadata_reference violates constraint: row_id_value must be 0 when reference_scope is ''table'' or ''column''')
WHERE NEW.reference_scope IN ('table','column') AND NEW.row_id_value <> 0;
SELECT RAISE(ROLLBACK, 'update on ISO_table metadata_reference violates constraint: row_id_value must exist in specified table when reference_scope is ''row'' or ''row/col''')
WHERE NEW.reference_scope IN ('row','row/col') AND NOT EXISTS
(SELECT rowid FROM (SELECT NEW.table_name AS table_name) WHERE rowid = NEW.row_id_value);
END
--- trigger ISO_metadata_reference_timestamp_insert ISO_metadata_reference
CREATE TRIGGER 'ISO_metadata_reference_timestamp_insert'
BEFORE INSERT ON 'ISO_metadata_reference'
FOR EACH ROW BEGIN
SELECT RAISE(ROLLBACK, 'insert on table ISO_metadata_reference violates constraint: timestamp must be a valid time in ISO 8601 ''yyyy-mm-ddThh:mm:ss.cccZ'' form')
WHERE NOT (NEW.timestamp GLOB'[1-2][0-9][0-9][0-9]-[0-1][0-9]-[1-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9].[0-9][0-9][0-9]Z' AND strftime('%s',NEW.timestamp) NOT NULL);
END
--- trigger ISO_metadata_reference_timestamp_update ISO_metadata_reference
CREATE TRIGGER 'ISO_metadata_reference_timestamp_update'
BEFORE UPDATE OF 'timestamp' ON 'ISO_metadata_reference'
FOR EACH ROW BEGIN
SELECT RAISE(ROLLBACK, 'update on table ISO_metadata_reference violates constraint: timestamp must be a valid time in ISO 8601 ''yyyy-mm-ddThh:mm:ss.cccZ'' form')
WHERE NOT (NEW.timestamp GLOB'[1-2][0-9][0-9][0-9]-[0-1][0-9]-[1-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9].[0-9][0-9][0-9]Z' AND strftime('%s',NEW.timestamp) NOT NULL);
END
--- index idx_ISO_metadata_reference_ids ISO_metadata_reference
CREATE INDEX idx_ISO_metadata_reference_ids ON ISO_metadata_reference (md_file_id)
--- index idx_ISO_metadata_reference_parents ISO_metadata_reference
CREATE INDEX idx_ISO_metadata_reference_parents ON ISO_metadata_reference (md_parent_id)
--- view ISO_metadata_view ISO_metadata_view
CREATE VIEW ISO_metadata_view AS
SELECT id AS id, md_scope AS md_scope, XB_GetTitle(metadata) AS title, XB_GetAbstract(metadata) AS abstract, geometry AS geometry, fileId AS fileIdentifier, parentId AS parentIdentifier, metadata AS metadata, XB_IsSchemaValidated(metadata) AS schema_validated, XB_GetSchemaURI(metadata) AS metadata_schema_URI
FROM ISO_metadata
--- table stored_procedures stored_procedures
CREATE TABLE stored_procedures (
name TEXT NOT NULL PRIMARY KEY,
title TEXT NOT NULL,
sql_proc BLOB NOT NULL)
--- trigger storproc_ins stored_procedures
CREATE TRIGGER storproc_ins BEFORE INSERT ON stored_procedures
FOR EACH ROW BEGIN
SELECT RAISE(ROLLBACK, 'Invalid "sql_proc": not a BLOB of the SQL Procedure type')
WHERE SqlProc_IsValid(NEW.sql_proc) <> 1;
END
--- trigger storproc_upd stored_procedures
CREATE TRIGGER storproc_upd BEFORE UPDATE OF sql_proc ON stored_procedures
FOR EACH ROW BEGIN
SELECT RAISE(ROLLBACK, 'Invalid "sql_proc": not a BLOB of the SQL Procedure type')
WHERE SqlProc_IsValid(NEW.sql_proc) <> 1;
END
--- table stored_variables stored_variables
CREATE TABLE stored_variables (
name TEXT NOT NULL PRIMARY KEY,
title TEXT NOT NULL,
value TEXT NOT NULL)
--- table rl2map_configurations rl2map_configurations
CREATE TABLE rl2map_configurations (
id INTEGER PRIMARY KEY AUTOINCREMENT,
name TEXT NOT NULL DEFAULT 'missing_name' UNIQUE,
config BLOB NOT NULL)
--- trigger rl2map_config_insert rl2map_configurations
CREATE TRIGGER rl2map_config_insert
BEFORE INSERT ON 'rl2map_configurations'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on rl2map_configurations violates constraint: not a valid RL2MapConfig')
WHERE XB_IsMapConfig(NEW.config) <> 1;
END
--- trigger rl2map_config_update rl2map_configurations
CREATE TRIGGER rl2map_config_update
BEFORE UPDATE ON 'rl2map_configurations'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'update on rl2map_configurations violates constraint: not a valid RL2MapConfig')
WHERE XB_IsMapConfig(NEW.config) <> 1;
END
--- trigger rl2map_config_name_ins rl2map_configurations
CREATE TRIGGER rl2map_config_name_ins
AFTER INSERT ON 'rl2map_configurations'
FOR EACH ROW BEGIN
UPDATE rl2map_configurations SET name = XB_GetName(NEW.config) WHERE id = NEW.id;
END
--- trigger rl2map_config_name_upd rl2map_configurations
CREATE TRIGGER rl2map_config_name_upd
AFTER UPDATE OF config ON 'rl2map_configurations'
FOR EACH ROW BEGIN
UPDATE rl2map_configurations SET name = XB_GetName(NEW.config) WHERE id = NEW.id;
END
--- view rl2map_configurations_view rl2map_configurations_view
CREATE VIEW rl2map_configurations_view AS 
SELECT name AS name, XB_GetTitle(config) AS title, XB_GetAbstract(config) AS abstract, config AS config, XB_IsSchemaValidated(config) AS schema_validated, XB_GetSchemaURI(config) AS schema_uri
FROM rl2map_configurations
