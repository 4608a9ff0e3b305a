--- table spatial_ref_sys spatial_ref_sys
CREATE TABLE spatial_ref_sys (
srid INTEGER NOT NULL PRIMARY KEY,
auth_name TEXT NOT NULL,
auth_srid INTEGER NOT NULL,
ref_sys_name TEXT NOT NULL DEFAULT 'Unknown',
proj4text TEXT NOT NULL,
srtext TEXT NOT NULL DEFAULT 'Undefined')
--- index idx_spatial_ref_sys spatial_ref_sys
CREATE UNIQUE INDEX idx_spatial_ref_sys 
ON spatial_ref_sys (auth_srid, auth_name)
--- table spatialite_history spatialite_history
CREATE TABLE spatialite_history (
event_id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
table_name TEXT NOT NULL,
geometry_column TEXT,
event TEXT NOT NULL,
timestamp TEXT NOT NULL,
ver_sqlite TEXT NOT NULL,
ver_splite TEXT NOT NULL)
--- table sqlite_sequence sqlite_sequence
CREATE TABLE sqlite_sequence(name,seq)
--- table geometry_columns geometry_columns
CREATE TABLE geometry_columns (
f_table_name TEXT NOT NULL,
f_geometry_column TEXT NOT NULL,
geometry_type INTEGER NOT NULL,
coord_dimension INTEGER NOT NULL,
srid INTEGER NOT NULL,
spatial_index_enabled INTEGER NOT NULL,
CONSTRAINT pk_geom_cols PRIMARY KEY (f_table_name, f_geometry_column),
CONSTRAINT fk_gc_srs FOREIGN KEY (srid) REFERENCES spatial_ref_sys (srid),
CONSTRAINT ck_gc_rtree CHECK (spatial_index_enabled IN (0,1,2)))
--- index idx_srid_geocols geometry_columns
CREATE INDEX idx_srid_geocols ON geometry_columns
(srid) 
--- trigger geometry_columns_f_table_name_insert geometry_columns
CREATE TRIGGER geometry_columns_f_table_name_insert
BEFORE INSERT ON 'geometry_columns'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on geometry_columns violates constraint: f_table_name value must not contain a single quote')
WHERE NEW.f_table_name LIKE ('%''%');
SELECT RAISE(ABORT,'insert on geometry_columns violates constraint: f_table_name value must not contain a double quote')
WHERE NEW.f_table_name LIKE ('%"%');
SELECT RAISE(ABORT,'insert on geometry_columns violates constraint: 
f_table_name value must be lower case')
WHERE NEW.f_table_name <> lower(NEW.f_table_name);
END
--- trigger geometry_columns_f_table_name_update geometry_columns
CREATE TRIGGER geometry_columns_f_table_name_update
BEFORE UPDATE OF 'f_table_name' ON 'geometry_columns'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'update on geometry_columns violates constraint: f_table_name value must not contain a single quote')
WHERE NEW.f_table_name LIKE ('%''%');
SELECT RAISE(ABORT,'update on geometry_columns violates constraint: f_table_name value must not contain a double quote')
WHERE NEW.f_table_name LIKE ('%"%');
SELECT RAISE(ABORT,'update on geometry_columns violates constraint: f_table_name value must be lower case')
WHERE NEW.f_table_name <> lower(NEW.f_table_name);
END
--- trigger geometry_columns_f_geometry_column_insert geometry_columns
CREATE TRIGGER geometry_columns_f_geometry_column_insert
BEFORE INSERT ON 'geometry_columns'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on geometry_columns violates constraint: f_geometry_column value must not contain a single quote')
WHERE NEW.f_geometry_column LIKE ('%''%');
SELECT RAISE(ABORT,'insert on geometry_columns violates constraint: 
f_geometry_column value must not contain a double quote')
WHERE NEW.f_geometry_column LIKE ('%"%');
SELECT RAISE(ABORT,'insert on geometry_columns violates constraint: f_geometry_column value must be lower case')
WHERE NEW.f_geometry_column <> lower(NEW.f_geometry_column);
END
--- trigger geometry_columns_f_geometry_column_update geometry_columns
CREATE TRIGGER geometry_columns_f_geometry_column_update
BEFORE UPDATE OF 'f_geometry_column' ON 'geometry_columns'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'update on geometry_columns violates constraint: f_geometry_column value must not contain a single quote')
WHERE NEW.f_geometry_column LIKE ('%''%');
SELECT RAISE(ABORT,'update on geometry_columns violates constraint: f_geometry_column value must not contain a double quote')
WHERE NEW.f_geometry_column LIKE ('%"%');
SELECT RAISE(ABORT,'update on geometry_columns violates constraint: f_geometry_column value must be lower case')
WHERE NEW.f_geometry_column <> lower(NEW.f_geometry_column);
END
--- trigger geometry_columns_geometry_type_insert geometry_columns
CREATE TRIGGER geometry_columns_geometry_type_insert
BEFORE INSERT ON 'geometry_columns'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'geometry_type must be one of 0,1,2,3,4,5,6,7,1000,1001,1002,1003,1004,1005,1006,1007,2000,2001,2002,2003,2004,2005,2006,2007,3000,3001,3002,3003,3004,3005,3006,3007')
WHERE NOT(NEW.geometry_type IN (0,1,2,3,4,5,6,7,1000,1001,1002,1003,1004,1005,1006,1007,2000,2001,2002,2003,2004,2005,2006,2007,3000,3001,3002,3003,3004,3005,3006,3007));
END
--- trigger geometry_columns_geometry_type_update geometry_columns
CREATE TRIGGER geometry_columns_geometry_type_update
BEFORE UPDATE OF 'geometry_type' ON 'geometry_columns'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'geometry_type must be one of 0,1,2,3,4,5,6,7,1000,1001,1002,1003,1004,1005,1006,1007,2000,2001,2002,2003,2004,2005,2006,2007,3000,3001,3002,3003,3004,3005,3006,3007')
WHERE NOT(NEW.geometry_type IN (0,1,2,3,4,5,6,7,1000,1001,1002,1003,1004,1005,1006,1007,2000,2001,2002,2003,2004,2005,2006,2007,3000,3001,3002,3003,3004,3005,3006,3007));
END
--- trigger geometry_columns_coord_dimension_insert geometry_columns
CREATE TRIGGER geometry_columns_coord_dimension_insert
BEFORE INSERT ON 'geometry_columns'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'coord_dimension must be one of 2,3,4')
WHERE NOT(NEW.coord_dimension IN (2,3,4));
END
--- trigger geometry_columns_coord_dimension_update geometry_columns
CREATE TRIGGER geometry_columns_coord_dimension_update
BEFORE UPDATE OF 'coord_dimension' ON 'geometry_columns'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'coord_dimension must be one of 2,3,4')
WHERE NOT(NEW.coord_dimension IN (2,3,4));
END
--- view geom_cols_ref_sys geom_cols_ref_sys
CREATE VIEW geom_cols_ref_sys AS
SELECT f_table_name, f_geometry_column, geometry_type,
coord_dimension, spatial_ref_sys.srid AS srid,
auth_name, auth_srid, ref_sys_name, proj4text, srtext
FROM geometry_columns, spatial_ref_sys
WHERE geometry_columns.srid = spatial_ref_sys.srid
--- table spatial_ref_sys_aux spatial_ref_sys_aux
CREATE TABLE spatial_ref_sys_aux (
	srid INTEGER NOT NULL PRIMARY KEY,
	is_geographic INTEGER,
	has_flipped_axes INTEGER,
	spheroid TEXT,
	prime_meridian TEXT,
	datum TEXT,
	projection TEXT,
	unit TEXT,
	axis_1_name TEXT,
	axis_1_orientation TEXT,
	axis_2_name TEXT,
	axis_2_orientation TEXT,
	CONSTRAINT fk_sprefsys FOREIGN KEY (srid) 	REFERENCES spatial_ref_sys (srid))
--- view spatial_ref_sys_all spatial_ref_sys_all
CREATE VIEW spatial_ref_sys_all AS
SELECT a.srid AS srid, a.auth_name AS auth_name, a.auth_srid AS auth_srid, a.ref_sys_name AS ref_sys_name,
b.is_geographic AS is_geographic, b.has_flipped_axes AS has_flipped_axes, b.spheroid AS spheroid, b.prime_meridian AS prime_meridian, b.datum AS datum, b.projection AS projection, b.unit AS unit,
b.axis_1_name AS axis_1_name, b.axis_1_orientation AS axis_1_orientation,
b.axis_2_name AS axis_2_name, b.axis_2_orientation AS axis_2_orientation,
a.proj4text AS proj4text, a.srtext AS srtext
FROM spatial_ref_sys AS a
LEFT JOIN spatial_ref_sys_aux AS b ON (a.srid = b.srid)
--- table views_geometry_columns views_geometry_columns
CREATE TABLE views_geometry_columns (
view_name TEXT NOT NULL,
view_geometry TEXT NOT NULL,
view_rowid TEXT NOT NULL,
f_table_name TEXT NOT NULL,
f_geometry_column TEXT NOT NULL,
read_only INTEGER NOT NULL,
CONSTRAINT pk_geom_cols_views PRIMARY KEY (view_name, view_geometry),
CONSTRAINT fk_views_geom_cols FOREIGN KEY (f_table_name, f_geometry_column) REFERENCES geometry_columns (f_table_name, f_geometry_column) ON DELETE CASCADE,
CONSTRAINT ck_vw_rdonly CHECK (read_only IN (0,1)))
--- index idx_viewsjoin views_geometry_columns
CREATE INDEX idx_viewsjoin ON views_geometry_columns
(f_table_name, f_geometry_column)
--- trigger vwgc_view_name_insert views_geometry_columns
CREATE TRIGGER vwgc_view_name_insert
BEFORE INSERT ON 'views_geometry_columns'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on views_geometry_columns violates constraint: view_name value must not contain a single quote')
WHERE NEW.view_name LIKE ('%''%');
SELECT RAISE(ABORT,'insert on views_geometry_columns violates constraint: view_name value must not contain a double quote')
WHERE NEW.view_name LIKE ('%"%');
SELECT RAISE(ABORT,'insert on views_geometry_columns violates constraint: 
view_name value must be lower case')
WHERE NEW.view_name <> lower(NEW.view_name);
END
--- trigger vwgc_view_name_update views_geometry_columns
CREATE TRIGGER vwgc_view_name_update
BEFORE UPDATE OF 'view_name' ON 'views_geometry_columns'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'update on views_geometry_columns violates constraint: view_name value must not contain a single quote')
WHERE NEW.view_name LIKE ('%''%');
SELECT RAISE(ABORT,'update on views_geometry_columns violates constraint: view_name value must not contain a double quote')
WHERE NEW.view_name LIKE ('%"%');
SELECT RAISE(ABORT,'update on views_geometry_columns violates constraint: view_name value must be lower case')
WHERE NEW.view_name <> lower(NEW.view_name);
END
--- trigger vwgc_view_geometry_insert views_geometry_columns
CREATE TRIGGER vwgc_view_geometry_insert
BEFORE INSERT ON 'views_geometry_columns'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on views_geometry_columns violates constraint: view_geometry value must not contain a single quote')
WHERE NEW.view_geometry LIKE ('%''%');
SELECT RAISE(ABORT,'insert on views_geometry_columns violates constraint: 
view_geometry value must not contain a double quote')
WHERE NEW.view_geometry LIKE ('%"%');
SELECT RAISE(ABORT,'insert on views_geometry_columns violates constraint: view_geometry value must be lower case')
WHERE NEW.view_geometry <> lower(NEW.view_geometry);
END
--- trigger vwgc_view_geometry_update views_geometry_columns
CREATE TRIGGER vwgc_view_geometry_update
BEFORE UPDATE OF 'view_geometry' ON 'views_geometry_columns'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'update on views_geometry_columns violates constraint: view_geometry value must not contain a single quote')
WHERE NEW.view_geometry LIKE ('%''%');
SELECT RAISE(ABORT,'update on views_geometry_columns violates constraint: 
view_geometry value must not contain a double quote')
WHERE NEW.view_geometry LIKE ('%"%');
SELECT RAISE(ABORT,'update on views_geometry_columns violates constraint: view_geometry value must be lower case')
WHERE NEW.view_geometry <> lower(NEW.view_geometry);
END
--- trigger vwgc_view_rowid_update views_geometry_columns
CREATE TRIGGER vwgc_view_rowid_update
BEFORE UPDATE OF 'view_rowid' ON 'views_geometry_columns'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'update on views_geometry_columns violates constraint: view_rowid value must not contain a single quote')
WHERE NEW.f_geometry_column LIKE ('%''%');
SELECT RAISE(ABORT,'update on views_geometry_columns violates constraint: view_rowid value must not contain a double quote')
WHERE NEW.view_rowid LIKE ('%"%');
SELECT RAISE(ABORT,'update on views_geometry_columns violates constraint: view_rowid value must be lower case')
WHERE NEW.view_rowid <> lower(NEW.view_rowid);
END
--- trigger vwgc_view_rowid_insert views_geometry_columns
CREATE TRIGGER vwgc_view_rowid_insert
BEFORE INSERT ON 'views_geometry_columns'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on views_geometry_columns violates constraint: view_rowid value must not contain a single quote')
WHERE NEW.view_rowid LIKE ('%''%');
SELECT RAISE(ABORT,'insert on views_geometry_columns violates constraint: 
view_rowid value must not contain a double quote')
WHERE NEW.view_rowid LIKE ('%"%');
SELECT RAISE(ABORT,'insert on views_geometry_columns violates constraint: view_rowid value must be lower case')
WHERE NEW.view_rowid <> lower(NEW.view_rowid);
END
--- trigger vwgc_f_table_name_insert views_geometry_columns
CREATE TRIGGER vwgc_f_table_name_insert
BEFORE INSERT ON 'views_geometry_columns'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on views_geometry_columns violates constraint: f_table_name value must not contain a single quote')
WHERE NEW.f_table_name LIKE ('%''%');
SELECT RAISE(ABORT,'insert on views_geometry_columns violates constraint: f_table_name value must not contain a double quote')
WHERE NEW.f_table_name LIKE ('%"%');
SELECT RAISE(ABORT,'insert on views_geometry_columns violates constraint: 
f_table_name value must be lower case')
WHERE NEW.f_table_name <> lower(NEW.f_table_name);
END
--- trigger vwgc_f_table_name_update views_geometry_columns
CREATE TRIGGER vwgc_f_table_name_update
BEFORE UPDATE OF 'f_table_name' ON 'views_geometry_columns'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'update on views_geometry_columns violates constraint: f_table_name value must not contain a single quote')
WHERE NEW.f_table_name LIKE ('%''%');
SELECT RAISE(ABORT,'update on views_geometry_columns violates constraint: f_table_name value must not contain a double quote')
WHERE NEW.f_table_name LIKE ('%"%');
SELECT RAISE(ABORT,'update on views_geometry_columns violates constraint: f_table_name value must be lower case')
WHERE NEW.f_table_name <> lower(NEW.f_table_name);
END
--- trigger vwgc_f_geometry_column_insert views_geometry_columns
CREATE TRIGGER vwgc_f_geometry_column_insert
BEFORE INSERT ON 'views_geometry_columns'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on views_geometry_columns violates constraint: f_geometry_column value must not contain a single quote')
WHERE NEW.f_geometry_column LIKE ('%''%');
SELECT RAISE(ABORT,'insert on views_geometry_columns violates constraint: 
f_geometry_column value must not contain a double quote')
WHERE NEW.f_geometry_column LIKE ('%"%');
SELECT RAISE(ABORT,'insert on views_geometry_columns violates constraint: f_geometry_column value must be lower case')
WHERE NEW.f_geometry_column <> lower(NEW.f_geometry_column);
END
--- trigger vwgc_f_geometry_column_update views_geometry_columns
CREATE TRIGGER vwgc_f_geometry_column_update
BEFORE UPDATE OF 'f_geometry_column' ON 'views_geometry_columns'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'update on views_geometry_columns violates constraint: f_geometry_column value must not contain a single quote')
WHERE NEW.f_geometry_column LIKE ('%''%');
SELECT RAISE(ABORT,'update on views_geometry_columns violates constraint: f_geometry_column value must not contain a double quote')
WHERE NEW.f_geometry_column LIKE ('%"%');
SELECT RAISE(ABORT,'update on views_geometry_columns violates constraint: f_geometry_column value must be lower case')
WHERE NEW.f_geometry_column <> lower(NEW.f_geometry_column);
END
--- table virts_geometry_columns virts_geometry_columns
CREATE TABLE virts_geometry_columns (
virt_name TEXT NOT NULL,
virt_geometry TEXT NOT NULL,
geometry_type INTEGER NOT NULL,
coord_dimension INTEGER NOT NULL,
srid INTEGER NOT NULL,
CONSTRAINT pk_geom_cols_virts PRIMARY KEY (virt_name, virt_geometry),
CONSTRAINT fk_vgc_srid FOREIGN KEY (srid) REFERENCES spatial_ref_sys (srid))
--- index idx_virtssrid virts_geometry_columns
CREATE INDEX idx_virtssrid ON virts_geometry_columns
(srid)
--- trigger vtgc_virt_name_insert virts_geometry_columns
CREATE TRIGGER vtgc_virt_name_insert
BEFORE INSERT ON 'virts_geometry_columns'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on virts_geometry_columns violates constraint: virt_name value must not contain a single quote')
WHERE NEW.virt_name LIKE ('%''%');
SELECT RAISE(ABORT,'insert on virts_geometry_columns violates constraint: virt_name value must not contain a double quote')
WHERE NEW.virt_name LIKE ('%"%');
SELECT RAISE(ABORT,'insert on virts_geometry_columns violates constraint: 
virt_name value must be lower case')
WHERE NEW.virt_name <> lower(NEW.virt_name);
END
--- trigger vtgc_virt_name_update virts_geometry_columns
CREATE TRIGGER vtgc_virt_name_update
BEFORE UPDATE OF 'virt_name' ON 'virts_geometry_columns'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'update on virts_geometry_columns violates constraint: virt_name value must not contain a single quote')
WHERE NEW.virt_name LIKE ('%''%');
SELECT RAISE(ABORT,'update on virts_geometry_columns violates constraint: virt_name value must not contain a double quote')
WHERE NEW.virt_name LIKE ('%"%');
SELECT RAISE(ABORT,'update on virts_geometry_columns violates constraint: virt_name value must be lower case')
WHERE NEW.virt_name <> lower(NEW.virt_name);
END
--- trigger vtgc_virt_geometry_insert virts_geometry_columns
CREATE TRIGGER vtgc_virt_geometry_insert
BEFORE INSERT ON 'virts_geometry_columns'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on virts_geometry_columns violates constraint: virt_geometry value must not contain a single quote')
WHERE NEW.virt_geometry LIKE ('%''%');
SELECT RAISE(ABORT,'insert on virts_geometry_columns violates constraint: 
virt_geometry value must not contain a double quote')
WHERE NEW.virt_geometry LIKE ('%"%');
SELECT RAISE(ABORT,'insert on virts_geometry_columns violates constraint: virt_geometry value must be lower case')
WHERE NEW.virt_geometry <> lower(NEW.virt_geometry);
END
--- trigger vtgc_virt_geometry_update virts_geometry_columns
CREATE TRIGGER vtgc_virt_geometry_update
BEFORE UPDATE OF 'virt_geometry' ON 'virts_geometry_columns'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'update on virts_geometry_columns violates constraint: virt_geometry value must not contain a single quote')
WHERE NEW.virt_geometry LIKE ('%''%');
SELECT RAISE(ABORT,'update on virts_geometry_columns violates constraint: 
virt_geometry value must not contain a double quote')
WHERE NEW.virt_geometry LIKE ('%"%');
SELECT RAISE(ABORT,'update on virts_geometry_columns violates constraint: virt_geometry value must be lower case')
WHERE NEW.virt_geometry <> lower(NEW.virt_geometry);
END
--- trigger vtgc_geometry_type_insert virts_geometry_columns
CREATE TRIGGER vtgc_geometry_type_insert
BEFORE INSERT ON 'virts_geometry_columns'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'geometry_type must be one of 0,1,2,3,4,5,6,7,1000,1001,1002,1003,1004,1005,1006,1007,2000,2001,2002,2003,2004,2005,2006,2007,3000,3001,3002,3003,3004,3005,3006,3007')
WHERE NOT(NEW.geometry_type IN (0,1,2,3,4,5,6,7,1000,1001,1002,1003,1004,1005,1006,1007,2000,2001,2002,2003,2004,2005,2006,2007,3000,3001,3002,3003,3004,3005,3006,3007));
END
--- trigger vtgc_geometry_type_update virts_geometry_columns
CREATE TRIGGER vtgc_geometry_type_update
BEFORE UPDATE OF 'geometry_type' ON 'virts_geometry_columns'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'geometry_type must be one of 0,1,2,3,4,5,6,7,1000,1001,1002,1003,1004,1005,1006,1007,2000,2001,2002,2003,2004,2005,2006,2007,3000,3001,3002,3003,3004,3005,3006,3007')
WHERE NOT(NEW.geometry_type IN (0,1,2,3,4,5,6,7,1000,1001,1002,1003,1004,1005,1006,1007,2000,2001,2002,2003,2004,2005,2006,2007,3000,3001,3002,3003,3004,3005,3006,3007));
END
--- trigger vtgc_coord_dimension_insert virts_geometry_columns
CREATE TRIGGER vtgc_coord_dimension_insert
BEFORE INSERT ON 'virts_geometry_columns'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'coord_dimension must be one of 2,3,4')
WHERE NOT(NEW.coord_dimension IN (2,3,4));
END
--- trigger vtgc_coord_dimension_update virts_geometry_columns
CREATE TRIGGER vtgc_coord_dimension_update
BEFORE UPDATE OF 'coord_dimension' ON 'virts_geometry_columns'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'coord_dimension must be one of 2,3,4')
WHERE NOT(NEW.coord_dimension IN (2,3,4));
END
--- table geometry_columns_statistics geometry_columns_statistics
CREATE TABLE geometry_columns_statistics (
f_table_name TEXT NOT NULL,
f_geometry_column TEXT NOT NULL,
last_verified TIMESTAMP,
row_count INTEGER,
extent_min_x DOUBLE,
extent_min_y DOUBLE,
extent_max_x DOUBLE,
extent_max_y DOUBLE,
CONSTRAINT pk_gc_statistics PRIMARY KEY (f_table_name, f_geometry_column),
CONSTRAINT fk_gc_statistics FOREIGN KEY (f_table_name, f_geometry_column) REFERENCES geometry_columns (f_table_name, f_geometry_column) ON DELETE CASCADE)
--- trigger gcs_f_table_name_insert geometry_columns_statistics
CREATE TRIGGER gcs_f_table_name_insert
BEFORE INSERT ON 'geometry_columns_statistics'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on geometry_columns_statistics violates constraint: f_table_name value must not contain a single quote')
WHERE NEW.f_table_name LIKE ('%''%');
SELECT RAISE(ABORT,'insert on geometry_columns_statistics violates constraint: f_table_name value must not contain a double quote')
WHERE NEW.f_table_name LIKE ('%"%');
SELECT RAISE(ABORT,'insert on geometry_columns_statistics violates constraint: 
f_table_name value must be lower case')
WHERE NEW.f_table_name <> lower(NEW.f_table_name);
END
--- trigger gcs_f_table_name_update geometry_columns_statistics
CREATE TRIGGER gcs_f_table_name_update
BEFORE UPDATE OF 'f_table_name' ON 'geometry_columns_statistics'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'update on geometry_columns_statistics violates constraint: f_table_name value must not contain a single quote')
WHERE NEW.f_table_name LIKE ('%''%');
SELECT RAISE(ABORT,'update on geometry_columns_statistics violates constraint: f_table_name value must not contain a double quote')
WHERE NEW.f_table_name LIKE ('%"%');
SELECT RAISE(ABORT,'update on geometry_columns_statistics violates constraint: f_table_name value must be lower case')
WHERE NEW.f_table_name <> lower(NEW.f_table_name);
END
--- trigger gcs_f_geometry_column_insert geometry_columns_statistics
CREATE TRIGGER gcs_f_geometry_column_insert
BEFORE INSERT ON 'geometry_columns_statistics'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on geometry_columns_statistics violates constraint: f_geometry_column value must not contain a single quote')
WHERE NEW.f_geometry_column LIKE ('%''%');
SELECT RAISE(ABORT,'insert on geometry_columns_statistics violates constraint: 
f_geometry_column value must not contain a double quote')
WHERE NEW.f_geometry_column LIKE ('%"%');
SELECT RAISE(ABORT,'insert on geometry_columns_statistics violates constraint: f_geometry_column value must be lower case')
WHERE NEW.f_geometry_column <> lower(NEW.f_geometry_column);
END
--- trigger gcs_f_geometry_column_update geometry_columns_statistics
CREATE TRIGGER gcs_f_geometry_column_update
BEFORE UPDATE OF 'f_geometry_column' ON 'geometry_columns_statistics'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'update on geometry_columns_statistics violates constraint: f_geometry_column value must not contain a single quote')
WHERE NEW.f_geometry_column LIKE ('%''%');
SELECT RAISE(ABORT,'update on geometry_columns_statistics violates constraint: f_geometry_column value must not contain a double quote')
WHERE NEW.f_geometry_column LIKE ('%"%');
SELECT RAISE(ABORT,'update on geometry_columns_statistics violates constraint: f_geometry_column value must be lower case')
WHERE NEW.f_geometry_column <> lower(NEW.f_geometry_column);
END
--- table views_geometry_columns_statistics views_geometry_columns_statistics
CREATE TABLE views_geometry_columns_statistics (
view_name TEXT NOT NULL,
view_geometry TEXT NOT NULL,
last_verified TIMESTAMP,
row_count INTEGER,
extent_min_x DOUBLE,
extent_min_y DOUBLE,
extent_max_x DOUBLE,
extent_max_y DOUBLE,
CONSTRAINT pk_vwgc_statistics PRIMARY KEY (view_name, view_geometry),
CONSTRAINT fk_vwgc_statistics FOREIGN KEY (view_name, view_geometry) REFERENCES views_geometry_columns (view_name, view_geometry) ON DELETE CASCADE)
--- trigger vwgcs_view_name_insert views_geometry_columns_statistics
CREATE TRIGGER vwgcs_view_name_insert
BEFORE INSERT ON 'views_geometry_columns_statistics'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on views_geometry_columns_statistics violates constraint: view_name value must not contain a single quote')
WHERE NEW.view_name LIKE ('%''%');
SELECT RAISE(ABORT,'insert on views_geometry_columns_statistics violates constraint: view_name value must not contain a double quote')
WHERE NEW.view_name LIKE ('%"%');
SELECT RAISE(ABORT,'insert on views_geometry_columns_statistics violates constraint: 
view_name value must be lower case')
WHERE NEW.view_name <> lower(NEW.view_name);
END
--- trigger vwgcs_view_name_update views_geometry_columns_statistics
CREATE TRIGGER vwgcs_view_name_update
BEFORE UPDATE OF 'view_name' ON 'views_geometry_columns_statistics'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'update on views_geometry_columns_statistics violates constraint: view_name value must not contain a single quote')
WHERE NEW.view_name LIKE ('%''%');
SELECT RAISE(ABORT,'update on views_geometry_columns_statistics violates constraint: view_name value must not contain a double quote')
WHERE NEW.view_name LIKE ('%"%');
SELECT RAISE(ABORT,'update on views_geometry_columns_statistics violates constraint: view_name value must be lower case')
WHERE NEW.view_name <> lower(NEW.view_name);
END
--- trigger vwgcs_view_geometry_insert views_geometry_columns_statistics
CREATE TRIGGER vwgcs_view_geometry_insert
BEFORE INSERT ON 'views_geometry_columns_statistics'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on views_geometry_columns_statistics violates constraint: view_geometry value must not contain a single quote')
WHERE NEW.view_geometry LIKE ('%''%');
SELECT RAISE(ABORT,'insert on views_geometry_columns_statistics violates constraint: 
view_geometry value must not contain a double quote')
WHERE NEW.view_geometry LIKE ('%"%');
SELECT RAISE(ABORT,'insert on views_geometry_columns_statistics violates constraint: view_geometry value must be lower case')
WHERE NEW.view_geometry <> lower(NEW.view_geometry);
END
--- trigger vwgcs_view_geometry_update views_geometry_columns_statistics
CREATE TRIGGER vwgcs_view_geometry_update
BEFORE UPDATE OF 'view_geometry' ON 'views_geometry_columns_statistics'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'update on views_geometry_columns_statistics violates constraint: view_geometry value must not contain a single quote')
WHERE NEW.view_geometry LIKE ('%''%');
SELECT RAISE(ABORT,'update on views_geometry_columns_statistics violates constraint: 
view_geometry value must not contain a double quote')
WHERE NEW.view_geometry LIKE ('%"%');
SELECT RAISE(ABORT,'update on views_geometry_columns_statistics violates constraint: view_geometry value must be lower case')
WHERE NEW.view_geometry <> lower(NEW.view_geometry);
END
--- table virts_geometry_columns_statistics virts_geometry_columns_statistics
CREATE TABLE virts_geometry_columns_statistics (
virt_name TEXT NOT NULL,
virt_geometry TEXT NOT NULL,
last_verified TIMESTAMP,
row_count INTEGER,
extent_min_x DOUBLE,
extent_min_y DOUBLE,
extent_max_x DOUBLE,
extent_max_y DOUBLE,
CONSTRAINT pk_vrtgc_statistics PRIMARY KEY (virt_name, virt_geometry),
CONSTRAINT fk_vrtgc_statistics FOREIGN KEY (virt_name, virt_geometry) REFERENCES virts_geometry_columns (virt_name, virt_geometry) ON DELETE CASCADE)
--- trigger vtgcs_virt_name_insert virts_geometry_columns_statistics
CREATE TRIGGER vtgcs_virt_name_insert
BEFORE INSERT ON 'virts_geometry_columns_statistics'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on virts_geometry_columns_statistics violates constraint: virt_name value must not contain a single quote')
WHERE NEW.virt_name LIKE ('%''%');
SELECT RAISE(ABORT,'insert on virts_geometry_columns_statistics violates constraint: virt_name value must not contain a double quote')
WHERE NEW.virt_name LIKE ('%"%');
SELECT RAISE(ABORT,'insert on virts_geometry_columns_statistics violates constraint: 
virt_name value must be lower case')
WHERE NEW.virt_name <> lower(NEW.virt_name);
END
--- trigger vtgcs_virt_name_update virts_geometry_columns_statistics
CREATE TRIGGER vtgcs_virt_name_update
BEFORE UPDATE OF 'virt_name' ON 'virts_geometry_columns_statistics'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'update on virts_geometry_columns_statistics violates constraint: virt_name value must not contain a single quote')
WHERE NEW.virt_name LIKE ('%''%');
SELECT RAISE(ABORT,'update on virts_geometry_columns_statistics violates constraint: virt_name value must not contain a double quote')
WHERE NEW.virt_name LIKE ('%"%');
SELECT RAISE(ABORT,'update on virts_geometry_columns_statistics violates constraint: virt_name value must be lower case')
WHERE NEW.virt_name <> lower(NEW.virt_name);
END
--- trigger vtgcs_virt_geometry_insert virts_geometry_columns_statistics
CREATE TRIGGER vtgcs_virt_geometry_insert
BEFORE INSERT ON 'virts_geometry_columns_statistics'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on virts_geometry_columns_statistics violates constraint: virt_geometry value must not contain a single quote')
WHERE NEW.virt_geometry LIKE ('%''%');
SELECT RAISE(ABORT,'insert on virts_geometry_columns_statistics violates constraint: 
virt_geometry value must not contain a double quote')
WHERE NEW.virt_geometry LIKE ('%"%');
SELECT RAISE(ABORT,'insert on virts_geometry_columns_statistics violates constraint: virt_geometry value must be lower case')
WHERE NEW.virt_geometry <> lower(NEW.virt_geometry);
END
--- trigger vtgcs_virt_geometry_update virts_geometry_columns_statistics
CREATE TRIGGER vtgcs_virt_geometry_update
BEFORE UPDATE OF 'virt_geometry' ON 'virts_geometry_columns_statistics'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'update on virts_geometry_columns_statistics violates constraint: virt_geometry value must not contain a single quote')
WHERE NEW.virt_geometry LIKE ('%''%');
SELECT RAISE(ABORT,'update on virts_geometry_columns_statistics violates constraint: 
virt_geometry value must not contain a double quote')
WHERE NEW.virt_geometry LIKE ('%"%');
SELECT RAISE(ABORT,'update on virts_geometry_columns_statistics violates constraint: virt_geometry value must be lower case')
WHERE NEW.virt_geometry <> lower(NEW.virt_geometry);
END
--- table geometry_columns_field_infos geometry_columns_field_infos
CREATE TABLE geometry_columns_field_infos (
f_table_name TEXT NOT NULL,
f_geometry_column TEXT NOT NULL,
ordinal INTEGER NOT NULL,
column_name TEXT NOT NULL,
null_values INTEGER NOT NULL,
integer_values INTEGER NOT NULL,
double_values INTEGER NOT NULL,
text_values INTEGER NOT NULL,
blob_values INTEGER NOT NULL,
max_size INTEGER,
integer_min INTEGER,
integer_max INTEGER,
double_min DOUBLE,
double_max DOUBLE,
CONSTRAINT pk_gcfld_infos PRIMARY KEY (f_table_name, f_geometry_column, ordinal, column_name),
CONSTRAINT fk_gcfld_infos FOREIGN KEY (f_table_name, f_geometry_column) REFERENCES geometry_columns (f_table_name, f_geometry_column) ON DELETE CASCADE)
--- trigger gcfi_f_table_name_insert geometry_columns_field_infos
CREATE TRIGGER gcfi_f_table_name_insert
BEFORE INSERT ON 'geometry_columns_field_infos'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on geometry_columns_field_infos violates constraint: f_table_name value must not contain a single quote')
WHERE NEW.f_table_name LIKE ('%''%');
SELECT RAISE(ABORT,'insert on geometry_columns_field_infos violates constraint: f_table_name value must not contain a double quote')
WHERE NEW.f_table_name LIKE ('%"%');
SELECT RAISE(ABORT,'insert on geometry_columns_field_infos violates constraint: 
f_table_name value must be lower case')
WHERE NEW.f_table_name <> lower(NEW.f_table_name);
END
--- trigger gcfi_f_table_name_update geometry_columns_field_infos
CREATE TRIGGER gcfi_f_table_name_update
BEFORE UPDATE OF 'f_table_name' ON 'geometry_columns_field_infos'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'update on geometry_columns_field_infos violates constraint: f_table_name value must not contain a single quote')
WHERE NEW.f_table_name LIKE ('%''%');
SELECT RAISE(ABORT,'update on geometry_columns_field_infos violates constraint: f_table_name value must not contain a double quote')
WHERE NEW.f_table_name LIKE ('%"%');
SELECT RAISE(ABORT,'update on geometry_columns_field_infos violates constraint: f_table_name value must be lower case')
WHERE NEW.f_table_name <> lower(NEW.f_table_name);
END
--- trigger gcfi_f_geometry_column_insert geometry_columns_field_infos
CREATE TRIGGER gcfi_f_geometry_column_insert
BEFORE INSERT ON 'geometry_columns_field_infos'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on geometry_columns_field_infos violates constraint: f_geometry_column value must not contain a single quote')
WHERE NEW.f_geometry_column LIKE ('%''%');
SELECT RAISE(ABORT,'insert on geometry_columns_field_infos violates constraint: 
f_geometry_column value must not contain a double quote')
WHERE NEW.f_geometry_column LIKE ('%"%');
SELECT RAISE(ABORT,'insert on geometry_columns_field_infos violates constraint: f_geometry_column value must be lower case')
WHERE NEW.f_geometry_column <> lower(NEW.f_geometry_column);
END
--- trigger gcfi_f_geometry_column_update geometry_columns_field_infos
CREATE TRIGGER gcfi_f_geometry_column_update
BEFORE UPDATE OF 'f_geometry_column' ON 'geometry_columns_field_infos'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'update on geometry_columns_field_infos violates constraint: f_geometry_column value must not contain a single quote')
WHERE NEW.f_geometry_column LIKE ('%''%');
SELECT RAISE(ABORT,'update on geometry_columns_field_infos violates constraint: f_geometry_column value must not contain a double quote')
WHERE NEW.f_geometry_column LIKE ('%"%');
SELECT RAISE(ABORT,'update on geometry_columns_field_infos violates constraint: f_geometry_column value must be lower case')
WHERE NEW.f_geometry_column <> lower(NEW.f_geometry_column);
END
--- table views_geometry_columns_field_infos views_geometry_columns_field_infos
CREATE TABLE views_geometry_columns_field_infos (
view_name TEXT NOT NULL,
view_geometry TEXT NOT NULL,
ordinal INTEGER NOT NULL,
column_name TEXT NOT NULL,
null_values INTEGER NOT NULL,
integer_values INTEGER NOT NULL,
double_values INTEGER NOT NULL,
text_values INTEGER NOT NULL,
blob_values INTEGER NOT NULL,
max_size INTEGER,
integer_min INTEGER,
integer_max INTEGER,
double_min DOUBLE,
double_max DOUBLE,
CONSTRAINT pk_vwgcfld_infos PRIMARY KEY (view_name, view_geometry, ordinal, column_name),
CONSTRAINT fk_vwgcfld_infos FOREIGN KEY (view_name, view_geometry) REFERENCES views_geometry_columns (view_name, view_geometry) ON DELETE CASCADE)
--- trigger vwgcfi_view_name_insert views_geometry_columns_field_infos
CREATE TRIGGER vwgcfi_view_name_insert
BEFORE INSERT ON 'views_geometry_columns_field_infos'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on views_geometry_columns_field_infos violates constraint: view_name value must not contain a single quote')
WHERE NEW.view_name LIKE ('%''%');
SELECT RAISE(ABORT,'insert on views_geometry_columns_field_infos violates constraint: view_name value must not contain a double quote')
WHERE NEW.view_name LIKE ('%"%');
SELECT RAISE(ABORT,'insert on views_geometry_columns_field_infos violates constraint: 
view_name value must be lower case')
WHERE NEW.view_name <> lower(NEW.view_name);
END
--- trigger vwgcfi_view_name_update views_geometry_columns_field_infos
CREATE TRIGGER vwgcfi_view_name_update
BEFORE UPDATE OF 'view_name' ON 'views_geometry_columns_field_infos'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'update on views_geometry_columns_field_infos violates constraint: view_name value must not contain a single quote')
WHERE NEW.view_name LIKE ('%''%');
SELECT RAISE(ABORT,'update on views_geometry_columns_field_infos violates constraint: view_name value must not contain a double quote')
WHERE NEW.view_name LIKE ('%"%');
SELECT RAISE(ABORT,'update on views_geometry_columns_field_infos violates constraint: view_name value must be lower case')
WHERE NEW.view_name <> lower(NEW.view_name);
END
--- trigger vwgcfi_view_geometry_insert views_geometry_columns_field_infos
CREATE TRIGGER vwgcfi_view_geometry_insert
BEFORE INSERT ON 'views_geometry_columns_field_infos'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on views_geometry_columns_field_infos violates constraint: view_geometry value must not contain a single quote')
WHERE NEW.view_geometry LIKE ('%''%');
SELECT RAISE(ABORT,'insert on views_geometry_columns_field_infos violates constraint: 
view_geometry value must not contain a double quote')
WHERE NEW.view_geometry LIKE ('%"%');
SELECT RAISE(ABORT,'insert on views_geometry_columns_field_infos violates constraint: view_geometry value must be lower case')
WHERE NEW.view_geometry <> lower(NEW.view_geometry);
END
--- trigger vwgcfi_view_geometry_update views_geometry_columns_field_infos
CREATE TRIGGER vwgcfi_view_geometry_update
BEFORE UPDATE OF 'view_geometry' ON 'views_geometry_columns_field_infos'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'update on views_geometry_columns_field_infos violates constraint: view_geometry value must not contain a single quote')
WHERE NEW.view_geometry LIKE ('%''%');
SELECT RAISE(ABORT,'update on views_geometry_columns_field_infos violates constraint: 
view_geometry value must not contain a double quote')
WHERE NEW.view_geometry LIKE ('%"%');
SELECT RAISE(ABORT,'update on views_geometry_columns_field_infos violates constraint: view_geometry value must be lower case')
WHERE NEW.view_geometry <> lower(NEW.view_geometry);
END
--- table virts_geometry_columns_field_infos virts_geometry_columns_field_infos
CREATE TABLE virts_geometry_columns_field_infos (
virt_name TEXT NOT NULL,
virt_geometry TEXT NOT NULL,
ordinal INTEGER NOT NULL,
column_name TEXT NOT NULL,
null_values INTEGER NOT NULL,
integer_values INTEGER NOT NULL,
double_values INTEGER NOT NULL,
text_values INTEGER NOT NULL,
blob_values INTEGER NOT NULL,
max_size INTEGER,
integer_min INTEGER,
integer_max INTEGER,
double_min DOUBLE,
double_max DOUBLE,
CONSTRAINT pk_vrtgcfld_infos PRIMARY KEY (virt_name, virt_geometry, ordinal, column_name),
CONSTRAINT fk_vrtgcfld_infos FOREIGN KEY (virt_name, virt_geometry) REFERENCES virts_geometry_columns (virt_name, virt_geometry) ON DELETE CASCADE)
--- trigger vtgcfi_virt_name_insert virts_geometry_columns_field_infos
CREATE TRIGGER vtgcfi_virt_name_insert
BEFORE INSERT ON 'virts_geometry_columns_field_infos'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on virts_geometry_columns_field_infos violates constraint: virt_name value must not contain a single quote')
WHERE NEW.virt_name LIKE ('%''%');
SELECT RAISE(ABORT,'insert on virts_geometry_columns_field_infos violates constraint: virt_name value must not contain a double quote')
WHERE NEW.virt_name LIKE ('%"%');
SELECT RAISE(ABORT,'insert on virts_geometry_columns_field_infos violates constraint: 
virt_name value must be lower case')
WHERE NEW.virt_name <> lower(NEW.virt_name);
END
--- trigger vtgcfi_virt_name_update virts_geometry_columns_field_infos
CREATE TRIGGER vtgcfi_virt_name_update
BEFORE UPDATE OF 'virt_name' ON 'virts_geometry_columns_field_infos'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'update on virts_geometry_columns_field_infos violates constraint: virt_name value must not contain a single quote')
WHERE NEW.virt_name LIKE ('%''%');
SELECT RAISE(ABORT,'update on virts_geometry_columns_field_infos violates constraint: virt_name value must not contain a double quote')
WHERE NEW.virt_name LIKE ('%"%');
SELECT RAISE(ABORT,'update on virts_geometry_columns_field_infos violates constraint: virt_name value must be lower case')
WHERE NEW.virt_name <> lower(NEW.virt_name);
END
--- trigger vtgcfi_virt_geometry_insert virts_geometry_columns_field_infos
CREATE TRIGGER vtgcfi_virt_geometry_insert
BEFORE INSERT ON 'virts_geometry_columns_field_infos'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on virts_geometry_columns_field_infos violates constraint: virt_geometry value must not contain a single quote')
WHERE NEW.virt_geometry LIKE ('%''%');
SELECT RAISE(ABORT,'insert on virts_geometry_columns_field_infos violates constraint: 
virt_geometry value must not contain a double quote')
WHERE NEW.virt_geometry LIKE ('%"%');
SELECT RAISE(ABORT,'insert on virts_geometry_columns_field_infos violates constraint: virt_geometry value must be lower case')
WHERE NEW.virt_geometry <> lower(NEW.virt_geometry);
END
--- trigger vtgcfi_virt_geometry_update virts_geometry_columns_field_infos
CREATE TRIGGER vtgcfi_virt_geometry_update
BEFORE UPDATE OF 'virt_geometry' ON 'virts_geometry_columns_field_infos'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'update on virts_geometry_columns_field_infos violates constraint: virt_geometry value must not contain a single quote')
WHERE NEW.virt_geometry LIKE ('%''%');
SELECT RAISE(ABORT,'update on virts_geometry_columns_field_infos violates constraint: 
virt_geometry value must not contain a double quote')
WHERE NEW.virt_geometry LIKE ('%"%');
SELECT RAISE(ABORT,'update on virts_geometry_columns_field_infos violates constraint: virt_geometry value must be lower case')
WHERE NEW.virt_geometry <> lower(NEW.virt_geometry);
END
--- table geometry_columns_time geometry_columns_time
CREATE TABLE geometry_columns_time (
f_table_name TEXT NOT NULL,
f_geometry_column TEXT NOT NULL,
last_insert TIMESTAMP NOT NULL DEFAULT '0000-01-01T00:00:00.000Z',
last_update TIMESTAMP NOT NULL DEFAULT '0000-01-01T00:00:00.000Z',
last_delete TIMESTAMP NOT NULL DEFAULT '0000-01-01T00:00:00.000Z',
CONSTRAINT pk_gc_time PRIMARY KEY (f_table_name, f_geometry_column),
CONSTRAINT fk_gc_time FOREIGN KEY (f_table_name, f_geometry_column) REFERENCES geometry_columns (f_table_name, f_geometry_column) ON DELETE CASCADE)
--- trigger gctm_f_table_name_insert geometry_columns_time
CREATE TRIGGER gctm_f_table_name_insert
BEFORE INSERT ON 'geometry_columns_time'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on geometry_columns_time violates constraint: f_table_name value must not contain a single quote')
WHERE NEW.f_table_name LIKE ('%''%');
SELECT RAISE(ABORT,'insert on geometry_columns_time violates constraint: f_table_name value must not contain a double quote')
WHERE NEW.f_table_name LIKE ('%"%');
SELECT RAISE(ABORT,'insert on geometry_columns_time violates constraint: 
f_table_name value must be lower case')
WHERE NEW.f_table_name <> lower(NEW.f_table_name);
END
--- trigger gctm_f_table_name_update geometry_columns_time
CREATE TRIGGER gctm_f_table_name_update
BEFORE UPDATE OF 'f_table_name' ON 'geometry_columns_time'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'update on geometry_columns_time violates constraint: f_table_name value must not contain a single quote')
WHERE NEW.f_table_name LIKE ('%''%');
SELECT RAISE(ABORT,'update on geometry_columns_time violates constraint: f_table_name value must not contain a double quote')
WHERE NEW.f_table_name LIKE ('%"%');
SELECT RAISE(ABORT,'update on geometry_columns_time violates constraint: f_table_name value must be lower case')
WHERE NEW.f_table_name <> lower(NEW.f_table_name);
END
--- trigger gctm_f_geometry_column_insert geometry_columns_time
CREATE TRIGGER gctm_f_geometry_column_insert
BEFORE INSERT ON 'geometry_columns_time'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on geometry_columns_time violates constraint: f_geometry_column value must not contain a single quote')
WHERE NEW.f_geometry_column LIKE ('%''%');
SELECT RAISE(ABORT,'insert on geometry_columns_time violates constraint: 
f_geometry_column value must not contain a double quote')
WHERE NEW.f_geometry_column LIKE ('%"%');
SELECT RAISE(ABORT,'insert on geometry_columns_time violates constraint: f_geometry_column value must be lower case')
WHERE NEW.f_geometry_column <> lower(NEW.f_geometry_column);
END
--- trigger gctm_f_geometry_column_update geometry_columns_time
CREATE TRIGGER gctm_f_geometry_column_update
BEFORE UPDATE OF 'f_geometry_column' ON 'geometry_columns_time'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'update on geometry_columns_time violates constraint: f_geometry_column value must not contain a single quote')
WHERE NEW.f_geometry_column LIKE ('%''%');
SELECT RAISE(ABORT,'update on geometry_columns_time violates constraint: f_geometry_column value must not contain a double quote')
WHERE NEW.f_geometry_column LIKE ('%"%');
SELECT RAISE(ABORT,'update on geometry_columns_time violates constraint: f_geometry_column value must be lower case')
WHERE NEW.f_geometry_column <> lower(NEW.f_geometry_column);
END
--- table geometry_columns_auth geometry_columns_auth
CREATE TABLE geometry_columns_auth (
f_table_name TEXT NOT NULL,
f_geometry_column TEXT NOT NULL,
read_only INTEGER NOT NULL,
hidden INTEGER NOT NULL,
CONSTRAINT pk_gc_auth PRIMARY KEY (f_table_name, f_geometry_column),
CONSTRAINT fk_gc_auth FOREIGN KEY (f_table_name, f_geometry_column) REFERENCES geometry_columns (f_table_name, f_geometry_column) ON DELETE CASCADE,
CONSTRAINT ck_gc_ronly CHECK (read_only IN (0,1)),
CONSTRAINT ck_gc_hidden CHECK (hidden IN (0,1)))
--- trigger gcau_f_table_name_insert geometry_columns_auth
CREATE TRIGGER gcau_f_table_name_insert
BEFORE INSERT ON 'geometry_columns_auth'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on geometry_columns_auth violates constraint: f_table_name value must not contain a single quote')
WHERE NEW.f_table_name LIKE ('%''%');
SELECT RAISE(ABORT,'insert on geometry_columns_auth violates constraint: f_table_name value must not contain a double quote')
WHERE NEW.f_table_name LIKE ('%"%');
SELECT RAISE(ABORT,'insert on geometry_columns_auth violates constraint: 
f_table_name value must be lower case')
WHERE NEW.f_table_name <> lower(NEW.f_table_name);
END
--- trigger gcau_f_table_name_update geometry_columns_auth
CREATE TRIGGER gcau_f_table_name_update
BEFORE UPDATE OF 'f_table_name' ON 'geometry_columns_auth'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'update on geometry_columns_auth violates constraint: f_table_name value must not contain a single quote')
WHERE NEW.f_table_name LIKE ('%''%');
SELECT RAISE(ABORT,'update on geometry_columns_auth violates constraint: f_table_name value must not contain a double quote')
WHERE NEW.f_table_name LIKE ('%"%');
SELECT RAISE(ABORT,'update on geometry_columns_auth violates constraint: f_table_name value must be lower case')
WHERE NEW.f_table_name <> lower(NEW.f_table_name);
END
--- trigger gcau_f_geometry_column_insert geometry_columns_auth
CREATE TRIGGER gcau_f_geometry_column_insert
BEFORE INSERT ON 'geometry_columns_auth'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on geometry_columns_auth violates constraint: f_geometry_column value must not contain a single quote')
WHERE NEW.f_geometry_column LIKE ('%''%');
SELECT RAISE(ABORT,'insert on geometry_columns_auth violates constraint: 
f_geometry_column value must not contain a double quote')
WHERE NEW.f_geometry_column LIKE ('%"%');
SELECT RAISE(ABORT,'insert on geometry_columns_auth violates constraint: f_geometry_column value must be lower case')
WHERE NEW.f_geometry_column <> lower(NEW.f_geometry_column);
END
--- trigger gcau_f_geometry_column_update geometry_columns_auth
CREATE TRIGGER gcau_f_geometry_column_update
BEFORE UPDATE OF 'f_geometry_column' ON 'geometry_columns_auth'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'update on geometry_columns_auth violates constraint: f_geometry_column value must not contain a single quote')
WHERE NEW.f_geometry_column LIKE ('%''%');
SELECT RAISE(ABORT,'update on geometry_columns_auth violates constraint: f_geometry_column value must not contain a double quote')
WHERE NEW.f_geometry_column LIKE ('%"%');
SELECT RAISE(ABORT,'update on geometry_columns_auth violates constraint: f_geometry_column value must be lower case')
WHERE NEW.f_geometry_column <> lower(NEW.f_geometry_column);
END
--- table views_geometry_columns_auth views_geometry_columns_auth
CREATE TABLE views_geometry_columns_auth (
view_name TEXT NOT NULL,
view_geometry TEXT NOT NULL,
hidden INTEGER NOT NULL,
CONSTRAINT pk_vwgc_auth PRIMARY KEY (view_name, view_geometry),
CONSTRAINT fk_vwgc_auth FOREIGN KEY (view_name, view_geometry) REFERENCES views_geometry_columns (view_name, view_geometry) ON DELETE CASCADE,
CONSTRAINT ck_vwgc_hidden CHECK (hidden IN (0,1)))
--- trigger vwgcau_view_name_insert views_geometry_columns_auth
CREATE TRIGGER vwgcau_view_name_insert
BEFORE INSERT ON 'views_geometry_columns_auth'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on views_geometry_columns_auth violates constraint: view_name value must not contain a single quote')
WHERE NEW.view_name LIKE ('%''%');
SELECT RAISE(ABORT,'insert on views_geometry_columns_auth violates constraint: view_name value must not contain a double quote')
WHERE NEW.view_name LIKE ('%"%');
SELECT RAISE(ABORT,'insert on views_geometry_columns_auth violates constraint: 
view_name value must be lower case')
WHERE NEW.view_name <> lower(NEW.view_name);
END
--- trigger vwgcau_view_name_update views_geometry_columns_auth
CREATE TRIGGER vwgcau_view_name_update
BEFORE UPDATE OF 'view_name' ON 'views_geometry_columns_auth'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'update on views_geometry_columns_auth violates constraint: view_name value must not contain a single quote')
WHERE NEW.view_name LIKE ('%''%');
SELECT RAISE(ABORT,'update on views_geometry_columns_auth violates constraint: view_name value must not contain a double quote')
WHERE NEW.view_name LIKE ('%"%');
SELECT RAISE(ABORT,'update on views_geometry_columns_auth violates constraint: view_name value must be lower case')
WHERE NEW.view_name <> lower(NEW.view_name);
END
--- trigger vwgcau_view_geometry_insert views_geometry_columns_auth
CREATE TRIGGER vwgcau_view_geometry_insert
BEFORE INSERT ON 'views_geometry_columns_auth'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on views_geometry_columns_auth violates constraint: view_geometry value must not contain a single quote')
WHERE NEW.view_geometry LIKE ('%''%');
SELECT RAISE(ABORT,'insert on views_geometry_columns_auth violates constraint: 
view_geometry value must not contain a double quote')
WHERE NEW.view_geometry LIKE ('%"%');
SELECT RAISE(ABORT,'insert on views_geometry_columns_auth violates constraint: view_geometry value must be lower case')
WHERE NEW.view_geometry <> lower(NEW.view_geometry);
END
--- trigger vwgcau_view_geometry_update views_geometry_columns_auth
CREATE TRIGGER vwgcau_view_geometry_update
BEFORE UPDATE OF 'view_geometry'  ON 'views_geometry_columns_auth'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'update on views_geometry_columns_auth violates constraint: view_geometry value must not contain a single quote')
WHERE NEW.view_geometry LIKE ('%''%');
SELECT RAISE(ABORT,'update on views_geometry_columns_auth violates constraint: 
view_geometry value must not contain a double quote')
WHERE NEW.view_geometry LIKE ('%"%');
SELECT RAISE(ABORT,'update on views_geometry_columns_auth violates constraint: view_geometry value must be lower case')
WHERE NEW.view_geometry <> lower(NEW.view_geometry);
END
--- table virts_geometry_columns_auth virts_geometry_columns_auth
CREATE TABLE virts_geometry_columns_auth (
virt_name TEXT NOT NULL,
virt_geometry TEXT NOT NULL,
hidden INTEGER NOT NULL,
CONSTRAINT pk_vrtgc_auth PRIMARY KEY (virt_name, virt_geometry),
CONSTRAINT fk_vrtgc_auth FOREIGN KEY (virt_name, virt_geometry) REFERENCES virts_geometry_columns (virt_name, virt_geometry) ON DELETE CASCADE,
CONSTRAINT ck_vrtgc_hidden CHECK (hidden IN (0,1)))
--- trigger vtgcau_virt_name_insert virts_geometry_columns_auth
CREATE TRIGGER vtgcau_virt_name_insert
BEFORE INSERT ON 'virts_geometry_columns_auth'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on virts_geometry_columns_auth violates constraint: virt_name value must not contain a single quote')
WHERE NEW.virt_name LIKE ('%''%');
SELECT RAISE(ABORT,'insert on virts_geometry_columns_auth violates constraint: virt_name value must not contain a double quote')
WHERE NEW.virt_name LIKE ('%"%');
SELECT RAISE(ABORT,'insert on virts_geometry_columns_auth violates constraint: 
virt_name value must be lower case')
WHERE NEW.virt_name <> lower(NEW.virt_name);
END
--- trigger vtgcau_virt_name_update virts_geometry_columns_auth
CREATE TRIGGER vtgcau_virt_name_update
BEFORE UPDATE OF 'virt_name' ON 'virts_geometry_columns_auth'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'update on virts_geometry_columns_auth violates constraint: virt_name value must not contain a single quote')
WHERE NEW.virt_name LIKE ('%''%');
SELECT RAISE(ABORT,'update on virts_geometry_columns_auth violates constraint: virt_name value must not contain a double quote')
WHERE NEW.virt_name LIKE ('%"%');
SELECT RAISE(ABORT,'update on virts_geometry_columns_auth violates constraint: virt_name value must be lower case')
WHERE NEW.virt_name <> lower(NEW.virt_name);
END
--- trigger vtgcau_virt_geometry_insert virts_geometry_columns_auth
CREATE TRIGGER vtgcau_virt_geometry_insert
BEFORE INSERT ON 'virts_geometry_columns_auth'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'insert on virts_geometry_columns_auth violates constraint: virt_geometry value must not contain a single quote')
WHERE NEW.virt_geometry LIKE ('%''%');
SELECT RAISE(ABORT,'insert on virts_geometry_columns_auth violates constraint: 
virt_geometry value must not contain a double quote')
WHERE NEW.virt_geometry LIKE ('%"%');
SELECT RAISE(ABORT,'insert on virts_geometry_columns_auth violates constraint: virt_geometry value must be lower case')
WHERE NEW.virt_geometry <> lower(NEW.virt_geometry);
END
--- trigger vtgcau_virt_geometry_update virts_geometry_columns_auth
CREATE TRIGGER vtgcau_virt_geometry_update
BEFORE UPDATE OF 'virt_geometry' ON 'virts_geometry_columns_auth'
FOR EACH ROW BEGIN
SELECT RAISE(ABORT,'update on virts_geometry_columns_auth violates constraint: virt_geometry value must not contain a single quote')
WHERE NEW.virt_geometry LIKE ('%''%');
SELECT RAISE(ABORT,'update on virts_geometry_columns_auth violates constraint: 
virt_geometry value must not contain a double quote')
WHERE NEW.virt_geometry LIKE ('%"%');
SELECT RAISE(ABORT,'update on virts_geometry_columns_auth violates constraint: virt_geometry value must be lower case')
WHERE NEW.virt_geometry <> lower(NEW.virt_geometry);
END
--- view vector_layers vector_layers
CREATE VIEW vector_layers AS
SELECT 'SpatialTable' AS layer_type, f_table_name AS table_name, f_geometry_column AS geometry_column, geometry_type AS geometry_type, coord_dimension AS coord_dimension, srid AS srid, spatial_index_enabled AS spatial_index_enabled
FROM geometry_columns
UNION
SELECT 'SpatialView' AS layer_type, a.view_name AS table_name, a.view_geometry AS geometry_column, b.geometry_type AS geometry_type, b.coord_dimension AS coord_dimension, b.srid AS srid, b.spatial_index_enabled AS spatial_index_enabled
FROM views_geometry_columns AS a
LEFT JOIN geometry_columns AS b ON (Upper(a.f_table_name) = Upper(b.f_table_name) AND Upper(a.f_geometry_column) = Upper(b.f_geometry_column))
UNION
SELECT 'VirtualShape' AS layer_type, virt_name AS table_name, virt_geometry AS geometry_column, geometry_type AS geometry_type, coord_dimension AS coord_dimension, srid AS srid, 0 AS spatial_index_enabled
FROM virts_geometry_columns
--- view vector_layers_auth vector_layers_auth
CREATE VIEW vector_layers_auth AS
SELECT 'SpatialTable' AS layer_type, f_table_name AS table_name, f_geometry_column AS geometry_column, read_only AS read_only, hidden AS hidden
FROM geometry_columns_auth
UNION
SELECT 'SpatialView' AS layer_type, a.view_name AS table_name, a.view_geometry AS geometry_column, b.read_only AS read_only, a.hidden AS hidden
FROM views_geometry_columns_auth AS a
JOIN views_geometry_columns AS b ON (Upper(a.view_name) = Upper(b.view_name) AND Upper(a.view_geometry) = Upper(b.view_geometry))
UNION
SELECT 'VirtualShape' AS layer_type, virt_name AS table_name, virt_geometry AS geometry_column, 1 AS read_only, hidden AS hidden
FROM virts_geometry_columns_auth
--- view vector_layers_statistics vector_layers_statistics
CREATE VIEW vector_layers_statistics AS
SELECT 'SpatialTable' AS layer_type, f_table_name AS table_name, f_geometry_column AS geometry_column, last_verified AS last_verified, row_count AS row_count, extent_min_x AS extent_min_x, extent_min_y AS extent_min_y, extent_max_x AS extent_max_x, extent_max_y AS extent_max_y
FROM geometry_columns_statistics
UNION
SELECT 'SpatialView' AS layer_type, view_name AS table_name, view_geometry AS geometry_column, last_verified AS last_verified, row_count AS row_count, extent_min_x AS extent_min_x, extent_min_y AS extent_min_y, extent_max_x AS extent_max_x, extent_max_y AS extent_max_y
FROM views_geometry_columns_statistics
UNION
SELECT 'VirtualShape' AS layer_type, virt_name AS table_name, virt_geometry AS geometry_column, last_verified AS last_verified, row_count AS row_count, extent_min_x AS extent_min_x, extent_min_y AS extent_min_y, extent_max_x AS extent_max_x, extent_max_y AS extent_max_y
FROM virts_geometry_columns_statistics
--- view vector_layers_field_infos vector_layers_field_infos
CREATE VIEW vector_layers_field_infos AS
SELECT 'SpatialTable' AS layer_type, f_table_name AS table_name, f_geometry_column AS geometry_column, ordinal AS ordinal, column_name AS column_name, null_values AS null_values, integer_values AS integer_values, double_values AS double_values, text_values AS text_values, blob_values AS blob_values, max_size AS max_size, integer_min AS integer_min, integer_max AS integer_max, double_min AS double_min, double_max double_max
FROM geometry_columns_field_infos
UNION
SELECT 'SpatialView' AS layer_type, view_name AS table_name, view_geometry AS geometry_column, ordinal AS ordinal, column_name AS column_name, null_values AS null_values, integer_values AS integer_values, double_values AS double_values, text_values AS text_values, blob_values AS blob_values, max_size AS max_size, integer_min AS integer_min, integer_max AS integer_max, double_min AS double_min, double_max double_max
FROM views_geometry_columns_field_infos
UNION
SELECT 'VirtualShape' AS layer_type, virt_name AS table_name, virt_geometry AS geometry_column, ordinal AS ordinal, column_name AS column_name, null_values AS null_values, integer_values AS integer_values, double_values AS double_values, text_values AS text_values, blob_values AS blob_values, max_size AS max_size, integer_min AS integer_min, integer_max AS integer_max, double_min AS double_min, double_max double_max
FROM virts_geometry_columns_field_infos
--- table data_licenses data_licenses
CREATE TABLE data_licenses (
	id INTEGER PRIMARY KEY AUTOINCREMENT,
	name TEXT NOT NULL UNIQUE,
	url TEXT)
--- table sql_statements_log sql_statements_log
CREATE TABLE sql_statements_log (
id INTEGER PRIMARY KEY AUTOINCREMENT,
time_start TIMESTAMP NOT NULL DEFAULT '0000-01-01T00:00:00.000Z',
time_end TIMESTAMP NOT NULL DEFAULT '0000-01-01T00:00:00.000Z',
user_agent TEXT NOT NULL,
sql_statement TEXT NOT NULL,
success INTEGER NOT NULL DEFAULT 0,
error_cause TEXT NOT NULL DEFAULT 'ABORTED',
CONSTRAINT sqllog_success CHECK (success IN (0,1)))
--- table SpatialIndex SpatialIndex
CREATE VIRTUAL TABLE SpatialIndex USING VirtualSpatialIndex()
--- table ElementaryGeometries ElementaryGeometries
CREATE VIRTUAL TABLE ElementaryGeometries USING VirtualElementary()
--- table KNN KNN
CREATE VIRTUAL TABLE KNN USING VirtualKNN()
--- table ediciones ediciones
CREATE TABLE ediciones (
    codigo      TEXT NOT NULL PRIMARY KEY,
    titulo      TEXT NOT NULL DEFAULT '',
    fuente      TEXT NOT NULL DEFAULT '',
    fecha_datos TEXT NOT NULL DEFAULT '',
    esquematica INTEGER NOT NULL DEFAULT 0 CHECK (esquematica IN (0, 1)),
    vigente     INTEGER NOT NULL DEFAULT 0 CHECK (vigente IN (0, 1)),
    orden       INTEGER NOT NULL
)
--- index ediciones_vigente ediciones
CREATE UNIQUE INDEX ediciones_vigente ON ediciones (vigente) WHERE vigente = 1
--- table capas capas
CREATE TABLE capas (
    capa        TEXT NOT NULL PRIMARY KEY,
    revision    INTEGER NOT NULL DEFAULT 0,
    simulada    INTEGER NOT NULL DEFAULT 0 CHECK (simulada IN (0, 1)),
    fuente      TEXT NOT NULL DEFAULT '',
    fecha_datos TEXT NOT NULL DEFAULT ''
, marca INTEGER NOT NULL DEFAULT 0)
--- table municipios municipios
CREATE TABLE municipios (
    id           INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    edicion      TEXT NOT NULL REFERENCES ediciones (codigo) ON DELETE CASCADE,
    codigo       TEXT NOT NULL CHECK (length(codigo) = 6),
    nombre       TEXT NOT NULL,
    provincia    TEXT,
    departamento TEXT,
    uo           TEXT, "geom" MULTIPOLYGON,
    UNIQUE (edicion, codigo)
)
--- trigger ggi_municipios_geom municipios
CREATE TRIGGER "ggi_municipios_geom" BEFORE INSERT ON "municipios"
FOR EACH ROW BEGIN
SELECT RAISE(ROLLBACK, 'municipios.geom violates Geometry constraint [geom-type or SRID not allowed]')
WHERE (SELECT geometry_type FROM geometry_columns
WHERE Lower(f_table_name) = Lower('municipios') AND Lower(f_geometry_column) = Lower('geom')
AND GeometryConstraints(NEW."geom", geometry_type, srid) = 1) IS NULL;
END
--- trigger ggu_municipios_geom municipios
CREATE TRIGGER "ggu_municipios_geom" BEFORE UPDATE OF "geom" ON "municipios"
FOR EACH ROW BEGIN
SELECT RAISE(ROLLBACK, 'municipios.geom violates Geometry constraint [geom-type or SRID not allowed]')
WHERE (SELECT geometry_type FROM geometry_columns
WHERE Lower(f_table_name) = Lower('municipios') AND Lower(f_geometry_column) = Lower('geom')
AND GeometryConstraints(NEW."geom", geometry_type, srid) = 1) IS NULL;
END
--- trigger tmu_municipios_geom municipios
CREATE TRIGGER "tmu_municipios_geom" AFTER UPDATE ON "municipios"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_update = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('municipios') AND Lower(f_geometry_column) = Lower('geom');
END
--- trigger tmi_municipios_geom municipios
CREATE TRIGGER "tmi_municipios_geom" AFTER INSERT ON "municipios"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_insert = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('municipios') AND Lower(f_geometry_column) = Lower('geom');
END
--- trigger tmd_municipios_geom municipios
CREATE TRIGGER "tmd_municipios_geom" AFTER DELETE ON "municipios"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_delete = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('municipios') AND Lower(f_geometry_column) = Lower('geom');
END
--- trigger gii_municipios_geom municipios
CREATE TRIGGER "gii_municipios_geom" AFTER INSERT ON "municipios"
FOR EACH ROW BEGIN
DELETE FROM "idx_municipios_geom" WHERE pkid=NEW.ROWID;
SELECT RTreeAlign('idx_municipios_geom', NEW.ROWID, NEW."geom");
END
--- trigger giu_municipios_geom municipios
CREATE TRIGGER "giu_municipios_geom" AFTER UPDATE OF "geom" ON "municipios"
FOR EACH ROW BEGIN
DELETE FROM "idx_municipios_geom" WHERE pkid=NEW.ROWID;
SELECT RTreeAlign('idx_municipios_geom', NEW.ROWID, NEW."geom");
END
--- trigger gid_municipios_geom municipios
CREATE TRIGGER "gid_municipios_geom" AFTER DELETE ON "municipios"
FOR EACH ROW BEGIN
DELETE FROM "idx_municipios_geom" WHERE pkid=OLD.ROWID;
END
--- table idx_municipios_geom idx_municipios_geom
CREATE VIRTUAL TABLE "idx_municipios_geom" USING rtree(pkid, xmin, xmax, ymin, ymax)
--- table idx_municipios_geom_rowid idx_municipios_geom_rowid
CREATE TABLE "idx_municipios_geom_rowid"(rowid INTEGER PRIMARY KEY,nodeno)
--- table idx_municipios_geom_node idx_municipios_geom_node
CREATE TABLE "idx_municipios_geom_node"(nodeno INTEGER PRIMARY KEY,data)
--- table idx_municipios_geom_parent idx_municipios_geom_parent
CREATE TABLE "idx_municipios_geom_parent"(nodeno INTEGER PRIMARY KEY,parentnode)
--- table alias_municipio alias_municipio
CREATE TABLE alias_municipio (
    alias  TEXT NOT NULL,
    codigo TEXT NOT NULL,
    PRIMARY KEY (alias, codigo)
) WITHOUT ROWID
--- table hechos_municipio hechos_municipio
CREATE TABLE hechos_municipio (
    id     INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    codigo TEXT NOT NULL,
    hecho  TEXT NOT NULL,
    valor  REAL NOT NULL,
    UNIQUE (codigo, hecho)
)
--- table cuerpos_agua cuerpos_agua
CREATE TABLE cuerpos_agua (
    id           INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    codigo       TEXT,
    nombre       TEXT NOT NULL,
    departamento TEXT
, "geom" MULTIPOLYGON)
--- trigger ggi_cuerpos_agua_geom cuerpos_agua
CREATE TRIGGER "ggi_cuerpos_agua_geom" BEFORE INSERT ON "cuerpos_agua"
FOR EACH ROW BEGIN
SELECT RAISE(ROLLBACK, 'cuerpos_agua.geom violates Geometry constraint [geom-type or SRID not allowed]')
WHERE (SELECT geometry_type FROM geometry_columns
WHERE Lower(f_table_name) = Lower('cuerpos_agua') AND Lower(f_geometry_column) = Lower('geom')
AND GeometryConstraints(NEW."geom", geometry_type, srid) = 1) IS NULL;
END
--- trigger ggu_cuerpos_agua_geom cuerpos_agua
CREATE TRIGGER "ggu_cuerpos_agua_geom" BEFORE UPDATE OF "geom" ON "cuerpos_agua"
FOR EACH ROW BEGIN
SELECT RAISE(ROLLBACK, 'cuerpos_agua.geom violates Geometry constraint [geom-type or SRID not allowed]')
WHERE (SELECT geometry_type FROM geometry_columns
WHERE Lower(f_table_name) = Lower('cuerpos_agua') AND Lower(f_geometry_column) = Lower('geom')
AND GeometryConstraints(NEW."geom", geometry_type, srid) = 1) IS NULL;
END
--- trigger tmu_cuerpos_agua_geom cuerpos_agua
CREATE TRIGGER "tmu_cuerpos_agua_geom" AFTER UPDATE ON "cuerpos_agua"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_update = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('cuerpos_agua') AND Lower(f_geometry_column) = Lower('geom');
END
--- trigger tmi_cuerpos_agua_geom cuerpos_agua
CREATE TRIGGER "tmi_cuerpos_agua_geom" AFTER INSERT ON "cuerpos_agua"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_insert = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('cuerpos_agua') AND Lower(f_geometry_column) = Lower('geom');
END
--- trigger tmd_cuerpos_agua_geom cuerpos_agua
CREATE TRIGGER "tmd_cuerpos_agua_geom" AFTER DELETE ON "cuerpos_agua"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_delete = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('cuerpos_agua') AND Lower(f_geometry_column) = Lower('geom');
END
--- trigger gii_cuerpos_agua_geom cuerpos_agua
CREATE TRIGGER "gii_cuerpos_agua_geom" AFTER INSERT ON "cuerpos_agua"
FOR EACH ROW BEGIN
DELETE FROM "idx_cuerpos_agua_geom" WHERE pkid=NEW.ROWID;
SELECT RTreeAlign('idx_cuerpos_agua_geom', NEW.ROWID, NEW."geom");
END
--- trigger giu_cuerpos_agua_geom cuerpos_agua
CREATE TRIGGER "giu_cuerpos_agua_geom" AFTER UPDATE OF "geom" ON "cuerpos_agua"
FOR EACH ROW BEGIN
DELETE FROM "idx_cuerpos_agua_geom" WHERE pkid=NEW.ROWID;
SELECT RTreeAlign('idx_cuerpos_agua_geom', NEW.ROWID, NEW."geom");
END
--- trigger gid_cuerpos_agua_geom cuerpos_agua
CREATE TRIGGER "gid_cuerpos_agua_geom" AFTER DELETE ON "cuerpos_agua"
FOR EACH ROW BEGIN
DELETE FROM "idx_cuerpos_agua_geom" WHERE pkid=OLD.ROWID;
END
--- table idx_cuerpos_agua_geom idx_cuerpos_agua_geom
CREATE VIRTUAL TABLE "idx_cuerpos_agua_geom" USING rtree(pkid, xmin, xmax, ymin, ymax)
--- table idx_cuerpos_agua_geom_rowid idx_cuerpos_agua_geom_rowid
CREATE TABLE "idx_cuerpos_agua_geom_rowid"(rowid INTEGER PRIMARY KEY,nodeno)
--- table idx_cuerpos_agua_geom_node idx_cuerpos_agua_geom_node
CREATE TABLE "idx_cuerpos_agua_geom_node"(nodeno INTEGER PRIMARY KEY,data)
--- table idx_cuerpos_agua_geom_parent idx_cuerpos_agua_geom_parent
CREATE TABLE "idx_cuerpos_agua_geom_parent"(nodeno INTEGER PRIMARY KEY,parentnode)
--- table zonas_urbanas zonas_urbanas
CREATE TABLE zonas_urbanas (
    id     INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    codigo TEXT,
    nombre TEXT NOT NULL
, "geom" MULTIPOLYGON)
--- trigger ggi_zonas_urbanas_geom zonas_urbanas
CREATE TRIGGER "ggi_zonas_urbanas_geom" BEFORE INSERT ON "zonas_urbanas"
FOR EACH ROW BEGIN
SELECT RAISE(ROLLBACK, 'zonas_urbanas.geom violates Geometry constraint [geom-type or SRID not allowed]')
WHERE (SELECT geometry_type FROM geometry_columns
WHERE Lower(f_table_name) = Lower('zonas_urbanas') AND Lower(f_geometry_column) = Lower('geom')
AND GeometryConstraints(NEW."geom", geometry_type, srid) = 1) IS NULL;
END
--- trigger ggu_zonas_urbanas_geom zonas_urbanas
CREATE TRIGGER "ggu_zonas_urbanas_geom" BEFORE UPDATE OF "geom" ON "zonas_urbanas"
FOR EACH ROW BEGIN
SELECT RAISE(ROLLBACK, 'zonas_urbanas.geom violates Geometry constraint [geom-type or SRID not allowed]')
WHERE (SELECT geometry_type FROM geometry_columns
WHERE Lower(f_table_name) = Lower('zonas_urbanas') AND Lower(f_geometry_column) = Lower('geom')
AND GeometryConstraints(NEW."geom", geometry_type, srid) = 1) IS NULL;
END
--- trigger tmu_zonas_urbanas_geom zonas_urbanas
CREATE TRIGGER "tmu_zonas_urbanas_geom" AFTER UPDATE ON "zonas_urbanas"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_update = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('zonas_urbanas') AND Lower(f_geometry_column) = Lower('geom');
END
--- trigger tmi_zonas_urbanas_geom zonas_urbanas
CREATE TRIGGER "tmi_zonas_urbanas_geom" AFTER INSERT ON "zonas_urbanas"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_insert = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('zonas_urbanas') AND Lower(f_geometry_column) = Lower('geom');
END
--- trigger tmd_zonas_urbanas_geom zonas_urbanas
CREATE TRIGGER "tmd_zonas_urbanas_geom" AFTER DELETE ON "zonas_urbanas"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_delete = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('zonas_urbanas') AND Lower(f_geometry_column) = Lower('geom');
END
--- trigger gii_zonas_urbanas_geom zonas_urbanas
CREATE TRIGGER "gii_zonas_urbanas_geom" AFTER INSERT ON "zonas_urbanas"
FOR EACH ROW BEGIN
DELETE FROM "idx_zonas_urbanas_geom" WHERE pkid=NEW.ROWID;
SELECT RTreeAlign('idx_zonas_urbanas_geom', NEW.ROWID, NEW."geom");
END
--- trigger giu_zonas_urbanas_geom zonas_urbanas
CREATE TRIGGER "giu_zonas_urbanas_geom" AFTER UPDATE OF "geom" ON "zonas_urbanas"
FOR EACH ROW BEGIN
DELETE FROM "idx_zonas_urbanas_geom" WHERE pkid=NEW.ROWID;
SELECT RTreeAlign('idx_zonas_urbanas_geom', NEW.ROWID, NEW."geom");
END
--- trigger gid_zonas_urbanas_geom zonas_urbanas
CREATE TRIGGER "gid_zonas_urbanas_geom" AFTER DELETE ON "zonas_urbanas"
FOR EACH ROW BEGIN
DELETE FROM "idx_zonas_urbanas_geom" WHERE pkid=OLD.ROWID;
END
--- table idx_zonas_urbanas_geom idx_zonas_urbanas_geom
CREATE VIRTUAL TABLE "idx_zonas_urbanas_geom" USING rtree(pkid, xmin, xmax, ymin, ymax)
--- table idx_zonas_urbanas_geom_rowid idx_zonas_urbanas_geom_rowid
CREATE TABLE "idx_zonas_urbanas_geom_rowid"(rowid INTEGER PRIMARY KEY,nodeno)
--- table idx_zonas_urbanas_geom_node idx_zonas_urbanas_geom_node
CREATE TABLE "idx_zonas_urbanas_geom_node"(nodeno INTEGER PRIMARY KEY,data)
--- table idx_zonas_urbanas_geom_parent idx_zonas_urbanas_geom_parent
CREATE TABLE "idx_zonas_urbanas_geom_parent"(nodeno INTEGER PRIMARY KEY,parentnode)
--- table comunidades comunidades
CREATE TABLE comunidades (
    id                     INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    codigo                 TEXT NOT NULL UNIQUE,
    nombre                 TEXT NOT NULL,
    personas               INTEGER CHECK (personas >= 0),
    viviendas              INTEGER CHECK (viviendas >= 0),
    municipio_codigo       TEXT,
    municipio_nombre       TEXT,
    municipio_departamento TEXT,
    crs_origen             TEXT,
    rescate                TEXT,
    coordenada_original    TEXT,
    datum_incierto         INTEGER
, "geom" POINT)
--- trigger ggi_comunidades_geom comunidades
CREATE TRIGGER "ggi_comunidades_geom" BEFORE INSERT ON "comunidades"
FOR EACH ROW BEGIN
SELECT RAISE(ROLLBACK, 'comunidades.geom violates Geometry constraint [geom-type or SRID not allowed]')
WHERE (SELECT geometry_type FROM geometry_columns
WHERE Lower(f_table_name) = Lower('comunidades') AND Lower(f_geometry_column) = Lower('geom')
AND GeometryConstraints(NEW."geom", geometry_type, srid) = 1) IS NULL;
END
--- trigger ggu_comunidades_geom comunidades
CREATE TRIGGER "ggu_comunidades_geom" BEFORE UPDATE OF "geom" ON "comunidades"
FOR EACH ROW BEGIN
SELECT RAISE(ROLLBACK, 'comunidades.geom violates Geometry constraint [geom-type or SRID not allowed]')
WHERE (SELECT geometry_type FROM geometry_columns
WHERE Lower(f_table_name) = Lower('comunidades') AND Lower(f_geometry_column) = Lower('geom')
AND GeometryConstraints(NEW."geom", geometry_type, srid) = 1) IS NULL;
END
--- trigger tmu_comunidades_geom comunidades
CREATE TRIGGER "tmu_comunidades_geom" AFTER UPDATE ON "comunidades"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_update = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('comunidades') AND Lower(f_geometry_column) = Lower('geom');
END
--- trigger tmi_comunidades_geom comunidades
CREATE TRIGGER "tmi_comunidades_geom" AFTER INSERT ON "comunidades"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_insert = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('comunidades') AND Lower(f_geometry_column) = Lower('geom');
END
--- trigger tmd_comunidades_geom comunidades
CREATE TRIGGER "tmd_comunidades_geom" AFTER DELETE ON "comunidades"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_delete = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('comunidades') AND Lower(f_geometry_column) = Lower('geom');
END
--- trigger gii_comunidades_geom comunidades
CREATE TRIGGER "gii_comunidades_geom" AFTER INSERT ON "comunidades"
FOR EACH ROW BEGIN
DELETE FROM "idx_comunidades_geom" WHERE pkid=NEW.ROWID;
SELECT RTreeAlign('idx_comunidades_geom', NEW.ROWID, NEW."geom");
END
--- trigger giu_comunidades_geom comunidades
CREATE TRIGGER "giu_comunidades_geom" AFTER UPDATE OF "geom" ON "comunidades"
FOR EACH ROW BEGIN
DELETE FROM "idx_comunidades_geom" WHERE pkid=NEW.ROWID;
SELECT RTreeAlign('idx_comunidades_geom', NEW.ROWID, NEW."geom");
END
--- trigger gid_comunidades_geom comunidades
CREATE TRIGGER "gid_comunidades_geom" AFTER DELETE ON "comunidades"
FOR EACH ROW BEGIN
DELETE FROM "idx_comunidades_geom" WHERE pkid=OLD.ROWID;
END
--- table idx_comunidades_geom idx_comunidades_geom
CREATE VIRTUAL TABLE "idx_comunidades_geom" USING rtree(pkid, xmin, xmax, ymin, ymax)
--- table idx_comunidades_geom_rowid idx_comunidades_geom_rowid
CREATE TABLE "idx_comunidades_geom_rowid"(rowid INTEGER PRIMARY KEY,nodeno)
--- table idx_comunidades_geom_node idx_comunidades_geom_node
CREATE TABLE "idx_comunidades_geom_node"(nodeno INTEGER PRIMARY KEY,data)
--- table idx_comunidades_geom_parent idx_comunidades_geom_parent
CREATE TABLE "idx_comunidades_geom_parent"(nodeno INTEGER PRIMARY KEY,parentnode)
--- table alianzas alianzas
CREATE TABLE alianzas (
    id                     INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    codigo                 TEXT NOT NULL UNIQUE,
    nombre                 TEXT NOT NULL,
    opp                    TEXT,
    comprador              TEXT,
    modelo                 INTEGER CHECK (modelo BETWEEN 1 AND 3),
    rubro                  TEXT,
    etapa                  TEXT,
    financiamiento         TEXT,
    familias               INTEGER CHECK (familias >= 0),
    mujeres                INTEGER CHECK (mujeres >= 0),
    comprometido_cts       INTEGER CHECK (comprometido_cts >= 0),
    solicitado_cts         INTEGER CHECK (solicitado_cts >= 0),
    transferido_cts        INTEGER CHECK (transferido_cts >= 0),
    descargado_cts         INTEGER CHECK (descargado_cts >= 0),
    fecha_solicitud        TEXT,
    fecha_evaluacion       TEXT,
    fecha_plan             TEXT,
    fecha_viable           TEXT,
    fecha_convenio         TEXT,
    fecha_conclusion       TEXT,
    municipio_codigo       TEXT,
    municipio_nombre       TEXT,
    municipio_departamento TEXT,
    crs_origen             TEXT,
    rescate                TEXT,
    coordenada_original    TEXT,
    datum_incierto         INTEGER
, "geom" POINT, fecha_conclusion_prevista TEXT)
--- trigger ggi_alianzas_geom alianzas
CREATE TRIGGER "ggi_alianzas_geom" BEFORE INSERT ON "alianzas"
FOR EACH ROW BEGIN
SELECT RAISE(ROLLBACK, 'alianzas.geom violates Geometry constraint [geom-type or SRID not allowed]')
WHERE (SELECT geometry_type FROM geometry_columns
WHERE Lower(f_table_name) = Lower('alianzas') AND Lower(f_geometry_column) = Lower('geom')
AND GeometryConstraints(NEW."geom", geometry_type, srid) = 1) IS NULL;
END
--- trigger ggu_alianzas_geom alianzas
CREATE TRIGGER "ggu_alianzas_geom" BEFORE UPDATE OF "geom" ON "alianzas"
FOR EACH ROW BEGIN
SELECT RAISE(ROLLBACK, 'alianzas.geom violates Geometry constraint [geom-type or SRID not allowed]')
WHERE (SELECT geometry_type FROM geometry_columns
WHERE Lower(f_table_name) = Lower('alianzas') AND Lower(f_geometry_column) = Lower('geom')
AND GeometryConstraints(NEW."geom", geometry_type, srid) = 1) IS NULL;
END
--- trigger tmu_alianzas_geom alianzas
CREATE TRIGGER "tmu_alianzas_geom" AFTER UPDATE ON "alianzas"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_update = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('alianzas') AND Lower(f_geometry_column) = Lower('geom');
END
--- trigger tmi_alianzas_geom alianzas
CREATE TRIGGER "tmi_alianzas_geom" AFTER INSERT ON "alianzas"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_insert = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('alianzas') AND Lower(f_geometry_column) = Lower('geom');
END
--- trigger tmd_alianzas_geom alianzas
CREATE TRIGGER "tmd_alianzas_geom" AFTER DELETE ON "alianzas"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_delete = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('alianzas') AND Lower(f_geometry_column) = Lower('geom');
END
--- trigger gii_alianzas_geom alianzas
CREATE TRIGGER "gii_alianzas_geom" AFTER INSERT ON "alianzas"
FOR EACH ROW BEGIN
DELETE FROM "idx_alianzas_geom" WHERE pkid=NEW.ROWID;
SELECT RTreeAlign('idx_alianzas_geom', NEW.ROWID, NEW."geom");
END
--- trigger giu_alianzas_geom alianzas
CREATE TRIGGER "giu_alianzas_geom" AFTER UPDATE OF "geom" ON "alianzas"
FOR EACH ROW BEGIN
DELETE FROM "idx_alianzas_geom" WHERE pkid=NEW.ROWID;
SELECT RTreeAlign('idx_alianzas_geom', NEW.ROWID, NEW."geom");
END
--- trigger gid_alianzas_geom alianzas
CREATE TRIGGER "gid_alianzas_geom" AFTER DELETE ON "alianzas"
FOR EACH ROW BEGIN
DELETE FROM "idx_alianzas_geom" WHERE pkid=OLD.ROWID;
END
--- table idx_alianzas_geom idx_alianzas_geom
CREATE VIRTUAL TABLE "idx_alianzas_geom" USING rtree(pkid, xmin, xmax, ymin, ymax)
--- table idx_alianzas_geom_rowid idx_alianzas_geom_rowid
CREATE TABLE "idx_alianzas_geom_rowid"(rowid INTEGER PRIMARY KEY,nodeno)
--- table idx_alianzas_geom_node idx_alianzas_geom_node
CREATE TABLE "idx_alianzas_geom_node"(nodeno INTEGER PRIMARY KEY,data)
--- table idx_alianzas_geom_parent idx_alianzas_geom_parent
CREATE TABLE "idx_alianzas_geom_parent"(nodeno INTEGER PRIMARY KEY,parentnode)
--- table areas_riego areas_riego
CREATE TABLE areas_riego (
    id                     INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    codigo                 TEXT NOT NULL UNIQUE,
    nombre                 TEXT,
    alianza_codigo         TEXT REFERENCES alianzas (codigo) DEFERRABLE INITIALLY DEFERRED,
    declarado_ha           REAL CHECK (declarado_ha >= 0),
    fecha_operacion        TEXT,
    municipio_codigo       TEXT,
    municipio_nombre       TEXT,
    municipio_departamento TEXT
, "geom" MULTIPOLYGON)
--- trigger ggi_areas_riego_geom areas_riego
CREATE TRIGGER "ggi_areas_riego_geom" BEFORE INSERT ON "areas_riego"
FOR EACH ROW BEGIN
SELECT RAISE(ROLLBACK, 'areas_riego.geom violates Geometry constraint [geom-type or SRID not allowed]')
WHERE (SELECT geometry_type FROM geometry_columns
WHERE Lower(f_table_name) = Lower('areas_riego') AND Lower(f_geometry_column) = Lower('geom')
AND GeometryConstraints(NEW."geom", geometry_type, srid) = 1) IS NULL;
END
--- trigger ggu_areas_riego_geom areas_riego
CREATE TRIGGER "ggu_areas_riego_geom" BEFORE UPDATE OF "geom" ON "areas_riego"
FOR EACH ROW BEGIN
SELECT RAISE(ROLLBACK, 'areas_riego.geom violates Geometry constraint [geom-type or SRID not allowed]')
WHERE (SELECT geometry_type FROM geometry_columns
WHERE Lower(f_table_name) = Lower('areas_riego') AND Lower(f_geometry_column) = Lower('geom')
AND GeometryConstraints(NEW."geom", geometry_type, srid) = 1) IS NULL;
END
--- trigger tmu_areas_riego_geom areas_riego
CREATE TRIGGER "tmu_areas_riego_geom" AFTER UPDATE ON "areas_riego"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_update = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('areas_riego') AND Lower(f_geometry_column) = Lower('geom');
END
--- trigger tmi_areas_riego_geom areas_riego
CREATE TRIGGER "tmi_areas_riego_geom" AFTER INSERT ON "areas_riego"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_insert = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('areas_riego') AND Lower(f_geometry_column) = Lower('geom');
END
--- trigger tmd_areas_riego_geom areas_riego
CREATE TRIGGER "tmd_areas_riego_geom" AFTER DELETE ON "areas_riego"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_delete = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('areas_riego') AND Lower(f_geometry_column) = Lower('geom');
END
--- trigger gii_areas_riego_geom areas_riego
CREATE TRIGGER "gii_areas_riego_geom" AFTER INSERT ON "areas_riego"
FOR EACH ROW BEGIN
DELETE FROM "idx_areas_riego_geom" WHERE pkid=NEW.ROWID;
SELECT RTreeAlign('idx_areas_riego_geom', NEW.ROWID, NEW."geom");
END
--- trigger giu_areas_riego_geom areas_riego
CREATE TRIGGER "giu_areas_riego_geom" AFTER UPDATE OF "geom" ON "areas_riego"
FOR EACH ROW BEGIN
DELETE FROM "idx_areas_riego_geom" WHERE pkid=NEW.ROWID;
SELECT RTreeAlign('idx_areas_riego_geom', NEW.ROWID, NEW."geom");
END
--- trigger gid_areas_riego_geom areas_riego
CREATE TRIGGER "gid_areas_riego_geom" AFTER DELETE ON "areas_riego"
FOR EACH ROW BEGIN
DELETE FROM "idx_areas_riego_geom" WHERE pkid=OLD.ROWID;
END
--- table idx_areas_riego_geom idx_areas_riego_geom
CREATE VIRTUAL TABLE "idx_areas_riego_geom" USING rtree(pkid, xmin, xmax, ymin, ymax)
--- table idx_areas_riego_geom_rowid idx_areas_riego_geom_rowid
CREATE TABLE "idx_areas_riego_geom_rowid"(rowid INTEGER PRIMARY KEY,nodeno)
--- table idx_areas_riego_geom_node idx_areas_riego_geom_node
CREATE TABLE "idx_areas_riego_geom_node"(nodeno INTEGER PRIMARY KEY,data)
--- table idx_areas_riego_geom_parent idx_areas_riego_geom_parent
CREATE TABLE "idx_areas_riego_geom_parent"(nodeno INTEGER PRIMARY KEY,parentnode)
--- index areas_riego_alianza areas_riego
CREATE INDEX areas_riego_alianza ON areas_riego (alianza_codigo)
--- table subproyectos subproyectos
CREATE TABLE subproyectos (
    id                         INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    codigo                     TEXT NOT NULL UNIQUE,
    nombre                     TEXT NOT NULL,
    tipo                       TEXT,
    estado                     TEXT NOT NULL,
    familias                   INTEGER CHECK (familias >= 0),
    comprometido_empoderar_cts INTEGER CHECK (comprometido_empoderar_cts >= 0),
    comprometido_cp_cts        INTEGER CHECK (comprometido_cp_cts >= 0),
    ejecutado_empoderar_cts    INTEGER CHECK (ejecutado_empoderar_cts >= 0),
    ejecutado_cp_cts           INTEGER CHECK (ejecutado_cp_cts >= 0),
    fecha_inicio               TEXT,
    fecha_recepcion            TEXT,
    municipio_codigo           TEXT,
    municipio_nombre           TEXT,
    municipio_departamento     TEXT,
    crs_origen                 TEXT,
    rescate                    TEXT,
    coordenada_original        TEXT,
    datum_incierto             INTEGER
, "geom" GEOMETRY)
--- trigger ggi_subproyectos_geom subproyectos
CREATE TRIGGER "ggi_subproyectos_geom" BEFORE INSERT ON "subproyectos"
FOR EACH ROW BEGIN
SELECT RAISE(ROLLBACK, 'subproyectos.geom violates Geometry constraint [geom-type or SRID not allowed]')
WHERE (SELECT geometry_type FROM geometry_columns
WHERE Lower(f_table_name) = Lower('subproyectos') AND Lower(f_geometry_column) = Lower('geom')
AND GeometryConstraints(NEW."geom", geometry_type, srid) = 1) IS NULL;
END
--- trigger ggu_subproyectos_geom subproyectos
CREATE TRIGGER "ggu_subproyectos_geom" BEFORE UPDATE OF "geom" ON "subproyectos"
FOR EACH ROW BEGIN
SELECT RAISE(ROLLBACK, 'subproyectos.geom violates Geometry constraint [geom-type or SRID not allowed]')
WHERE (SELECT geometry_type FROM geometry_columns
WHERE Lower(f_table_name) = Lower('subproyectos') AND Lower(f_geometry_column) = Lower('geom')
AND GeometryConstraints(NEW."geom", geometry_type, srid) = 1) IS NULL;
END
--- trigger tmu_subproyectos_geom subproyectos
CREATE TRIGGER "tmu_subproyectos_geom" AFTER UPDATE ON "subproyectos"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_update = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('subproyectos') AND Lower(f_geometry_column) = Lower('geom');
END
--- trigger tmi_subproyectos_geom subproyectos
CREATE TRIGGER "tmi_subproyectos_geom" AFTER INSERT ON "subproyectos"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_insert = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('subproyectos') AND Lower(f_geometry_column) = Lower('geom');
END
--- trigger tmd_subproyectos_geom subproyectos
CREATE TRIGGER "tmd_subproyectos_geom" AFTER DELETE ON "subproyectos"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_delete = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('subproyectos') AND Lower(f_geometry_column) = Lower('geom');
END
--- trigger gii_subproyectos_geom subproyectos
CREATE TRIGGER "gii_subproyectos_geom" AFTER INSERT ON "subproyectos"
FOR EACH ROW BEGIN
DELETE FROM "idx_subproyectos_geom" WHERE pkid=NEW.ROWID;
SELECT RTreeAlign('idx_subproyectos_geom', NEW.ROWID, NEW."geom");
END
--- trigger giu_subproyectos_geom subproyectos
CREATE TRIGGER "giu_subproyectos_geom" AFTER UPDATE OF "geom" ON "subproyectos"
FOR EACH ROW BEGIN
DELETE FROM "idx_subproyectos_geom" WHERE pkid=NEW.ROWID;
SELECT RTreeAlign('idx_subproyectos_geom', NEW.ROWID, NEW."geom");
END
--- trigger gid_subproyectos_geom subproyectos
CREATE TRIGGER "gid_subproyectos_geom" AFTER DELETE ON "subproyectos"
FOR EACH ROW BEGIN
DELETE FROM "idx_subproyectos_geom" WHERE pkid=OLD.ROWID;
END
--- table idx_subproyectos_geom idx_subproyectos_geom
CREATE VIRTUAL TABLE "idx_subproyectos_geom" USING rtree(pkid, xmin, xmax, ymin, ymax)
--- table idx_subproyectos_geom_rowid idx_subproyectos_geom_rowid
CREATE TABLE "idx_subproyectos_geom_rowid"(rowid INTEGER PRIMARY KEY,nodeno)
--- table idx_subproyectos_geom_node idx_subproyectos_geom_node
CREATE TABLE "idx_subproyectos_geom_node"(nodeno INTEGER PRIMARY KEY,data)
--- table idx_subproyectos_geom_parent idx_subproyectos_geom_parent
CREATE TABLE "idx_subproyectos_geom_parent"(nodeno INTEGER PRIMARY KEY,parentnode)
--- table formas_puntos formas_puntos
CREATE TABLE formas_puntos (
    id INTEGER NOT NULL PRIMARY KEY REFERENCES subproyectos (id) ON DELETE CASCADE
, "geom" MULTIPOINT)
--- trigger ggi_formas_puntos_geom formas_puntos
CREATE TRIGGER "ggi_formas_puntos_geom" BEFORE INSERT ON "formas_puntos"
FOR EACH ROW BEGIN
SELECT RAISE(ROLLBACK, 'formas_puntos.geom violates Geometry constraint [geom-type or SRID not allowed]')
WHERE (SELECT geometry_type FROM geometry_columns
WHERE Lower(f_table_name) = Lower('formas_puntos') AND Lower(f_geometry_column) = Lower('geom')
AND GeometryConstraints(NEW."geom", geometry_type, srid) = 1) IS NULL;
END
--- trigger ggu_formas_puntos_geom formas_puntos
CREATE TRIGGER "ggu_formas_puntos_geom" BEFORE UPDATE OF "geom" ON "formas_puntos"
FOR EACH ROW BEGIN
SELECT RAISE(ROLLBACK, 'formas_puntos.geom violates Geometry constraint [geom-type or SRID not allowed]')
WHERE (SELECT geometry_type FROM geometry_columns
WHERE Lower(f_table_name) = Lower('formas_puntos') AND Lower(f_geometry_column) = Lower('geom')
AND GeometryConstraints(NEW."geom", geometry_type, srid) = 1) IS NULL;
END
--- trigger tmu_formas_puntos_geom formas_puntos
CREATE TRIGGER "tmu_formas_puntos_geom" AFTER UPDATE ON "formas_puntos"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_update = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('formas_puntos') AND Lower(f_geometry_column) = Lower('geom');
END
--- trigger tmi_formas_puntos_geom formas_puntos
CREATE TRIGGER "tmi_formas_puntos_geom" AFTER INSERT ON "formas_puntos"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_insert = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('formas_puntos') AND Lower(f_geometry_column) = Lower('geom');
END
--- trigger tmd_formas_puntos_geom formas_puntos
CREATE TRIGGER "tmd_formas_puntos_geom" AFTER DELETE ON "formas_puntos"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_delete = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('formas_puntos') AND Lower(f_geometry_column) = Lower('geom');
END
--- trigger gii_formas_puntos_geom formas_puntos
CREATE TRIGGER "gii_formas_puntos_geom" AFTER INSERT ON "formas_puntos"
FOR EACH ROW BEGIN
DELETE FROM "idx_formas_puntos_geom" WHERE pkid=NEW.ROWID;
SELECT RTreeAlign('idx_formas_puntos_geom', NEW.ROWID, NEW."geom");
END
--- trigger giu_formas_puntos_geom formas_puntos
CREATE TRIGGER "giu_formas_puntos_geom" AFTER UPDATE OF "geom" ON "formas_puntos"
FOR EACH ROW BEGIN
DELETE FROM "idx_formas_puntos_geom" WHERE pkid=NEW.ROWID;
SELECT RTreeAlign('idx_formas_puntos_geom', NEW.ROWID, NEW."geom");
END
--- trigger gid_formas_puntos_geom formas_puntos
CREATE TRIGGER "gid_formas_puntos_geom" AFTER DELETE ON "formas_puntos"
FOR EACH ROW BEGIN
DELETE FROM "idx_formas_puntos_geom" WHERE pkid=OLD.ROWID;
END
--- table idx_formas_puntos_geom idx_formas_puntos_geom
CREATE VIRTUAL TABLE "idx_formas_puntos_geom" USING rtree(pkid, xmin, xmax, ymin, ymax)
--- table idx_formas_puntos_geom_rowid idx_formas_puntos_geom_rowid
CREATE TABLE "idx_formas_puntos_geom_rowid"(rowid INTEGER PRIMARY KEY,nodeno)
--- table idx_formas_puntos_geom_node idx_formas_puntos_geom_node
CREATE TABLE "idx_formas_puntos_geom_node"(nodeno INTEGER PRIMARY KEY,data)
--- table idx_formas_puntos_geom_parent idx_formas_puntos_geom_parent
CREATE TABLE "idx_formas_puntos_geom_parent"(nodeno INTEGER PRIMARY KEY,parentnode)
--- table formas_lineas formas_lineas
CREATE TABLE formas_lineas (
    id INTEGER NOT NULL PRIMARY KEY REFERENCES subproyectos (id) ON DELETE CASCADE
, "geom" MULTILINESTRING)
--- trigger ggi_formas_lineas_geom formas_lineas
CREATE TRIGGER "ggi_formas_lineas_geom" BEFORE INSERT ON "formas_lineas"
FOR EACH ROW BEGIN
SELECT RAISE(ROLLBACK, 'formas_lineas.geom violates Geometry constraint [geom-type or SRID not allowed]')
WHERE (SELECT geometry_type FROM geometry_columns
WHERE Lower(f_table_name) = Lower('formas_lineas') AND Lower(f_geometry_column) = Lower('geom')
AND GeometryConstraints(NEW."geom", geometry_type, srid) = 1) IS NULL;
END
--- trigger ggu_formas_lineas_geom formas_lineas
CREATE TRIGGER "ggu_formas_lineas_geom" BEFORE UPDATE OF "geom" ON "formas_lineas"
FOR EACH ROW BEGIN
SELECT RAISE(ROLLBACK, 'formas_lineas.geom violates Geometry constraint [geom-type or SRID not allowed]')
WHERE (SELECT geometry_type FROM geometry_columns
WHERE Lower(f_table_name) = Lower('formas_lineas') AND Lower(f_geometry_column) = Lower('geom')
AND GeometryConstraints(NEW."geom", geometry_type, srid) = 1) IS NULL;
END
--- trigger tmu_formas_lineas_geom formas_lineas
CREATE TRIGGER "tmu_formas_lineas_geom" AFTER UPDATE ON "formas_lineas"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_update = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('formas_lineas') AND Lower(f_geometry_column) = Lower('geom');
END
--- trigger tmi_formas_lineas_geom formas_lineas
CREATE TRIGGER "tmi_formas_lineas_geom" AFTER INSERT ON "formas_lineas"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_insert = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('formas_lineas') AND Lower(f_geometry_column) = Lower('geom');
END
--- trigger tmd_formas_lineas_geom formas_lineas
CREATE TRIGGER "tmd_formas_lineas_geom" AFTER DELETE ON "formas_lineas"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_delete = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('formas_lineas') AND Lower(f_geometry_column) = Lower('geom');
END
--- trigger gii_formas_lineas_geom formas_lineas
CREATE TRIGGER "gii_formas_lineas_geom" AFTER INSERT ON "formas_lineas"
FOR EACH ROW BEGIN
DELETE FROM "idx_formas_lineas_geom" WHERE pkid=NEW.ROWID;
SELECT RTreeAlign('idx_formas_lineas_geom', NEW.ROWID, NEW."geom");
END
--- trigger giu_formas_lineas_geom formas_lineas
CREATE TRIGGER "giu_formas_lineas_geom" AFTER UPDATE OF "geom" ON "formas_lineas"
FOR EACH ROW BEGIN
DELETE FROM "idx_formas_lineas_geom" WHERE pkid=NEW.ROWID;
SELECT RTreeAlign('idx_formas_lineas_geom', NEW.ROWID, NEW."geom");
END
--- trigger gid_formas_lineas_geom formas_lineas
CREATE TRIGGER "gid_formas_lineas_geom" AFTER DELETE ON "formas_lineas"
FOR EACH ROW BEGIN
DELETE FROM "idx_formas_lineas_geom" WHERE pkid=OLD.ROWID;
END
--- table idx_formas_lineas_geom idx_formas_lineas_geom
CREATE VIRTUAL TABLE "idx_formas_lineas_geom" USING rtree(pkid, xmin, xmax, ymin, ymax)
--- table idx_formas_lineas_geom_rowid idx_formas_lineas_geom_rowid
CREATE TABLE "idx_formas_lineas_geom_rowid"(rowid INTEGER PRIMARY KEY,nodeno)
--- table idx_formas_lineas_geom_node idx_formas_lineas_geom_node
CREATE TABLE "idx_formas_lineas_geom_node"(nodeno INTEGER PRIMARY KEY,data)
--- table idx_formas_lineas_geom_parent idx_formas_lineas_geom_parent
CREATE TABLE "idx_formas_lineas_geom_parent"(nodeno INTEGER PRIMARY KEY,parentnode)
--- table formas_poligonos formas_poligonos
CREATE TABLE formas_poligonos (
    id INTEGER NOT NULL PRIMARY KEY REFERENCES subproyectos (id) ON DELETE CASCADE
, "geom" MULTIPOLYGON)
--- trigger ggi_formas_poligonos_geom formas_poligonos
CREATE TRIGGER "ggi_formas_poligonos_geom" BEFORE INSERT ON "formas_poligonos"
FOR EACH ROW BEGIN
SELECT RAISE(ROLLBACK, 'formas_poligonos.geom violates Geometry constraint [geom-type or SRID not allowed]')
WHERE (SELECT geometry_type FROM geometry_columns
WHERE Lower(f_table_name) = Lower('formas_poligonos') AND Lower(f_geometry_column) = Lower('geom')
AND GeometryConstraints(NEW."geom", geometry_type, srid) = 1) IS NULL;
END
--- trigger ggu_formas_poligonos_geom formas_poligonos
CREATE TRIGGER "ggu_formas_poligonos_geom" BEFORE UPDATE OF "geom" ON "formas_poligonos"
FOR EACH ROW BEGIN
SELECT RAISE(ROLLBACK, 'formas_poligonos.geom violates Geometry constraint [geom-type or SRID not allowed]')
WHERE (SELECT geometry_type FROM geometry_columns
WHERE Lower(f_table_name) = Lower('formas_poligonos') AND Lower(f_geometry_column) = Lower('geom')
AND GeometryConstraints(NEW."geom", geometry_type, srid) = 1) IS NULL;
END
--- trigger tmu_formas_poligonos_geom formas_poligonos
CREATE TRIGGER "tmu_formas_poligonos_geom" AFTER UPDATE ON "formas_poligonos"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_update = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('formas_poligonos') AND Lower(f_geometry_column) = Lower('geom');
END
--- trigger tmi_formas_poligonos_geom formas_poligonos
CREATE TRIGGER "tmi_formas_poligonos_geom" AFTER INSERT ON "formas_poligonos"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_insert = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('formas_poligonos') AND Lower(f_geometry_column) = Lower('geom');
END
--- trigger tmd_formas_poligonos_geom formas_poligonos
CREATE TRIGGER "tmd_formas_poligonos_geom" AFTER DELETE ON "formas_poligonos"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_delete = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('formas_poligonos') AND Lower(f_geometry_column) = Lower('geom');
END
--- trigger gii_formas_poligonos_geom formas_poligonos
CREATE TRIGGER "gii_formas_poligonos_geom" AFTER INSERT ON "formas_poligonos"
FOR EACH ROW BEGIN
DELETE FROM "idx_formas_poligonos_geom" WHERE pkid=NEW.ROWID;
SELECT RTreeAlign('idx_formas_poligonos_geom', NEW.ROWID, NEW."geom");
END
--- trigger giu_formas_poligonos_geom formas_poligonos
CREATE TRIGGER "giu_formas_poligonos_geom" AFTER UPDATE OF "geom" ON "formas_poligonos"
FOR EACH ROW BEGIN
DELETE FROM "idx_formas_poligonos_geom" WHERE pkid=NEW.ROWID;
SELECT RTreeAlign('idx_formas_poligonos_geom', NEW.ROWID, NEW."geom");
END
--- trigger gid_formas_poligonos_geom formas_poligonos
CREATE TRIGGER "gid_formas_poligonos_geom" AFTER DELETE ON "formas_poligonos"
FOR EACH ROW BEGIN
DELETE FROM "idx_formas_poligonos_geom" WHERE pkid=OLD.ROWID;
END
--- table idx_formas_poligonos_geom idx_formas_poligonos_geom
CREATE VIRTUAL TABLE "idx_formas_poligonos_geom" USING rtree(pkid, xmin, xmax, ymin, ymax)
--- table idx_formas_poligonos_geom_rowid idx_formas_poligonos_geom_rowid
CREATE TABLE "idx_formas_poligonos_geom_rowid"(rowid INTEGER PRIMARY KEY,nodeno)
--- table idx_formas_poligonos_geom_node idx_formas_poligonos_geom_node
CREATE TABLE "idx_formas_poligonos_geom_node"(nodeno INTEGER PRIMARY KEY,data)
--- table idx_formas_poligonos_geom_parent idx_formas_poligonos_geom_parent
CREATE TABLE "idx_formas_poligonos_geom_parent"(nodeno INTEGER PRIMARY KEY,parentnode)
--- table vinculos vinculos
CREATE TABLE vinculos (
    capa        TEXT NOT NULL,
    registro    INTEGER NOT NULL,
    edicion     TEXT NOT NULL REFERENCES ediciones (codigo) ON DELETE CASCADE,
    orden       INTEGER NOT NULL,
    municipio   TEXT,
    metodo      TEXT NOT NULL,
    estado      TEXT NOT NULL,
    distancia_m REAL,
    parte       REAL NOT NULL,
    zona_urbana INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (capa, registro, edicion, orden),
    FOREIGN KEY (edicion, municipio) REFERENCES municipios (edicion, codigo)
        DEFERRABLE INITIALLY DEFERRED
) WITHOUT ROWID
--- index vinculos_municipio vinculos
CREATE INDEX vinculos_municipio ON vinculos (edicion, municipio, capa)
--- table riego_municipal riego_municipal
CREATE TABLE riego_municipal (
    edicion      TEXT NOT NULL REFERENCES ediciones (codigo) ON DELETE CASCADE,
    municipio    TEXT NOT NULL,
    areas        INTEGER NOT NULL,
    bruto_m2     REAL NOT NULL,
    neto_m2      REAL NOT NULL,
    declarado_ha REAL NOT NULL,
    PRIMARY KEY (edicion, municipio)
) WITHOUT ROWID
--- table cobertura cobertura
CREATE TABLE cobertura (
    edicion                       TEXT NOT NULL REFERENCES ediciones (codigo) ON DELETE CASCADE,
    codigo                        TEXT NOT NULL,
    alianzas                      INTEGER NOT NULL,
    familias                      INTEGER NOT NULL,
    mujeres                       INTEGER NOT NULL,
    comprometido_cts              INTEGER NOT NULL,
    solicitado_cts                INTEGER NOT NULL,
    transferido_cts               INTEGER NOT NULL,
    descargado_cts                INTEGER NOT NULL,
    riego_bruto_m2                REAL NOT NULL,
    riego_neto_m2                 REAL NOT NULL,
    riego_declarado_ha            REAL NOT NULL,
    subproyectos                  INTEGER NOT NULL,
    subproyectos_familias         INTEGER NOT NULL,
    subproyectos_comprometido_cts INTEGER NOT NULL,
    subproyectos_ejecutado_cts    INTEGER NOT NULL,
    poblacion_rural               REAL,
    viviendas_rurales             REAL,
    cobertura_familias_pct        REAL, areas_riego INTEGER NOT NULL DEFAULT 0, alianzas_modelo1 INTEGER, alianzas_modelo2 INTEGER, alianzas_modelo3 INTEGER, alianzas_riego_tecnificado INTEGER, alianzas_agua_ganaderia INTEGER, alianzas_apicultura INTEGER, alianzas_piscicultura INTEGER, alianzas_otro INTEGER, alianzas_etapa_solicitud INTEGER, alianzas_etapa_evaluacion INTEGER, alianzas_etapa_plan INTEGER, alianzas_etapa_viable INTEGER, alianzas_etapa_convenio INTEGER, alianzas_etapa_inversion INTEGER, alianzas_etapa_operacion INTEGER, alianzas_etapa_concluida INTEGER, alianzas_etapa_rechazada INTEGER, alianzas_etapa_abandonada INTEGER, subproyectos_evaluacion_fps INTEGER, subproyectos_licitacion INTEGER, subproyectos_ejecucion INTEGER, subproyectos_recepcion_provisional INTEGER, subproyectos_recepcion_definitiva INTEGER,
    PRIMARY KEY (edicion, codigo)
) WITHOUT ROWID
--- table importaciones importaciones
CREATE TABLE importaciones (
    id       INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    fecha    TEXT NOT NULL,
    capa     TEXT NOT NULL,
    fuente   TEXT NOT NULL,
    resumen  TEXT NOT NULL,
    cambios  BLOB,
    deshecha TEXT
)
--- view municipios_vigentes municipios_vigentes
CREATE VIEW municipios_vigentes AS
SELECT m.id AS id, m.codigo AS codigo, m.nombre AS nombre, m.provincia AS provincia,
       m.departamento AS departamento, m.uo AS uo, m.edicion AS edicion,
       e.esquematica AS esquematica, m.geom AS geom
FROM municipios AS m JOIN ediciones AS e ON e.codigo = m.edicion AND e.vigente = 1
--- view cobertura_municipal cobertura_municipal
CREATE VIEW cobertura_municipal AS
SELECT m.id AS id, m.codigo AS codigo, m.nombre AS nombre, m.departamento AS departamento,
       m.uo AS uo, c.alianzas AS alianzas, c.familias AS familias, c.mujeres AS mujeres,
       c.comprometido_cts / 100.0 AS comprometido_bs, c.solicitado_cts / 100.0 AS solicitado_bs,
       c.transferido_cts / 100.0 AS transferido_bs, c.descargado_cts / 100.0 AS descargado_bs,
       c.riego_bruto_m2 / 10000.0 AS riego_bruto_ha, c.riego_neto_m2 / 10000.0 AS riego_neto_ha,
       c.subproyectos AS subproyectos, c.subproyectos_familias AS subproyectos_familias,
       c.subproyectos_ejecutado_cts / 100.0 AS subproyectos_ejecutado_bs,
       c.poblacion_rural AS poblacion_rural, c.viviendas_rurales AS viviendas_rurales,
       c.cobertura_familias_pct AS cobertura_familias_pct, m.edicion AS edicion,
       e.esquematica AS esquematica, m.geom AS geom
FROM municipios AS m
JOIN ediciones AS e ON e.codigo = m.edicion AND e.vigente = 1
LEFT JOIN cobertura AS c ON c.edicion = m.edicion AND c.codigo = m.codigo
--- view alianzas_vinculadas alianzas_vinculadas
CREATE VIEW alianzas_vinculadas AS
SELECT a.id AS id, a.codigo AS codigo, a.nombre AS nombre, a.modelo AS modelo, a.rubro AS rubro,
       a.etapa AS etapa, a.familias AS familias, a.mujeres AS mujeres,
       a.comprometido_cts / 100.0 AS comprometido_bs, a.fecha_convenio AS fecha_convenio,
       v.municipio AS municipio, m.nombre AS municipio_nombre, m.departamento AS departamento,
       m.uo AS uo, v.metodo AS metodo, v.estado AS estado_vinculo, v.distancia_m AS distancia_m,
       a.municipio_codigo AS declarado_codigo, a.municipio_nombre AS declarado_nombre,
       a.geom AS geom
FROM alianzas AS a
JOIN ediciones AS e ON e.vigente = 1
LEFT JOIN vinculos AS v
    ON v.capa = 'alianzas' AND v.registro = a.id AND v.edicion = e.codigo AND v.orden = 0
LEFT JOIN municipios AS m ON m.edicion = e.codigo AND m.codigo = v.municipio
--- view areas_riego_vinculadas areas_riego_vinculadas
CREATE VIEW areas_riego_vinculadas AS
SELECT a.id AS id, a.codigo AS codigo, a.nombre AS nombre, a.alianza_codigo AS alianza_codigo,
       a.declarado_ha AS declarado_ha, a.fecha_operacion AS fecha_operacion,
       v.municipio AS municipio, m.nombre AS municipio_nombre, m.departamento AS departamento,
       m.uo AS uo, v.metodo AS metodo, v.estado AS estado_vinculo, v.parte AS parte,
       a.geom AS geom
FROM areas_riego AS a
JOIN ediciones AS e ON e.vigente = 1
LEFT JOIN vinculos AS v
    ON v.capa = 'areas_riego' AND v.registro = a.id AND v.edicion = e.codigo AND v.orden = 0
LEFT JOIN municipios AS m ON m.edicion = e.codigo AND m.codigo = v.municipio
--- view subproyectos_puntos subproyectos_puntos
CREATE VIEW subproyectos_puntos AS
SELECT a.id AS id, a.codigo AS codigo, a.nombre AS nombre, a.tipo AS tipo, a.estado AS estado,
       a.familias AS familias,
       (a.comprometido_empoderar_cts + a.comprometido_cp_cts) / 100.0 AS comprometido_bs,
       (a.ejecutado_empoderar_cts + a.ejecutado_cp_cts) / 100.0 AS ejecutado_bs,
       v.municipio AS municipio, m.nombre AS municipio_nombre, m.departamento AS departamento,
       m.uo AS uo, v.metodo AS metodo, v.estado AS estado_vinculo, v.distancia_m AS distancia_m,
       f.geom AS geom
FROM formas_puntos AS f
JOIN subproyectos AS a ON a.id = f.id
JOIN ediciones AS e ON e.vigente = 1
LEFT JOIN vinculos AS v
    ON v.capa = 'subproyectos' AND v.registro = a.id AND v.edicion = e.codigo AND v.orden = 0
LEFT JOIN municipios AS m ON m.edicion = e.codigo AND m.codigo = v.municipio
--- view subproyectos_lineas subproyectos_lineas
CREATE VIEW subproyectos_lineas AS
SELECT a.id AS id, a.codigo AS codigo, a.nombre AS nombre, a.tipo AS tipo, a.estado AS estado,
       a.familias AS familias,
       (a.comprometido_empoderar_cts + a.comprometido_cp_cts) / 100.0 AS comprometido_bs,
       (a.ejecutado_empoderar_cts + a.ejecutado_cp_cts) / 100.0 AS ejecutado_bs,
       v.municipio AS municipio, m.nombre AS municipio_nombre, m.departamento AS departamento,
       m.uo AS uo, v.metodo AS metodo, v.estado AS estado_vinculo, v.distancia_m AS distancia_m,
       f.geom AS geom
FROM formas_lineas AS f
JOIN subproyectos AS a ON a.id = f.id
JOIN ediciones AS e ON e.vigente = 1
LEFT JOIN vinculos AS v
    ON v.capa = 'subproyectos' AND v.registro = a.id AND v.edicion = e.codigo AND v.orden = 0
LEFT JOIN municipios AS m ON m.edicion = e.codigo AND m.codigo = v.municipio
--- view subproyectos_poligonos subproyectos_poligonos
CREATE VIEW subproyectos_poligonos AS
SELECT a.id AS id, a.codigo AS codigo, a.nombre AS nombre, a.tipo AS tipo, a.estado AS estado,
       a.familias AS familias,
       (a.comprometido_empoderar_cts + a.comprometido_cp_cts) / 100.0 AS comprometido_bs,
       (a.ejecutado_empoderar_cts + a.ejecutado_cp_cts) / 100.0 AS ejecutado_bs,
       v.municipio AS municipio, m.nombre AS municipio_nombre, m.departamento AS departamento,
       m.uo AS uo, v.metodo AS metodo, v.estado AS estado_vinculo, v.distancia_m AS distancia_m,
       f.geom AS geom
FROM formas_poligonos AS f
JOIN subproyectos AS a ON a.id = f.id
JOIN ediciones AS e ON e.vigente = 1
LEFT JOIN vinculos AS v
    ON v.capa = 'subproyectos' AND v.registro = a.id AND v.edicion = e.codigo AND v.orden = 0
LEFT JOIN municipios AS m ON m.edicion = e.codigo AND m.codigo = v.municipio
--- table vinculos_perdidos vinculos_perdidos
CREATE TABLE vinculos_perdidos (
    edicion   TEXT NOT NULL REFERENCES ediciones (codigo) ON DELETE CASCADE,
    capa      TEXT NOT NULL,
    municipio TEXT NOT NULL,
    PRIMARY KEY (edicion, capa, municipio)
) WITHOUT ROWID
--- table eventos eventos
CREATE TABLE eventos (
    id                     INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    codigo                 TEXT NOT NULL UNIQUE,
    fecha                  TEXT NOT NULL,
    tipo                   TEXT NOT NULL,
    financiamiento         TEXT,
    participantes          INTEGER CHECK (participantes >= 0),
    mujeres                INTEGER CHECK (mujeres >= 0),
    municipio_codigo       TEXT,
    municipio_nombre       TEXT,
    municipio_departamento TEXT
)
--- table resultados_alianza resultados_alianza
CREATE TABLE resultados_alianza (
    id                  INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    alianza_codigo      TEXT NOT NULL REFERENCES alianzas (codigo) DEFERRABLE INITIALLY DEFERRED,
    anio                INTEGER NOT NULL,
    fecha               TEXT,
    volumen_sin_t       REAL CHECK (volumen_sin_t >= 0),
    volumen_con_t       REAL CHECK (volumen_con_t >= 0),
    ingreso_sin_cts     INTEGER,
    ingreso_con_cts     INTEGER,
    ciclos_relacion     INTEGER CHECK (ciclos_relacion >= 0),
    cumple_metas        INTEGER CHECK (cumple_metas IN (0, 1)),
    aplica_medidas      INTEGER CHECK (aplica_medidas IN (0, 1)),
    capacitada          INTEGER CHECK (capacitada IN (0, 1)),
    apoyo_formalizacion INTEGER CHECK (apoyo_formalizacion IN (0, 1)),
    UNIQUE (alianza_codigo, anio)
)
--- table practicas practicas
CREATE TABLE practicas (
    id             INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    codigo         TEXT NOT NULL UNIQUE,
    muestra        TEXT NOT NULL,
    alianza_codigo TEXT NOT NULL REFERENCES alianzas (codigo) DEFERRABLE INITIALLY DEFERRED,
    miembro        INTEGER NOT NULL CHECK (miembro >= 1),
    fecha          TEXT NOT NULL,
    practicas      INTEGER NOT NULL CHECK (practicas >= 0),
    UNIQUE (muestra, alianza_codigo, miembro)
)
--- index practicas_alianza practicas
CREATE INDEX practicas_alianza ON practicas (alianza_codigo)
--- table reclamos reclamos
CREATE TABLE reclamos (
    id                     INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    codigo                 TEXT NOT NULL UNIQUE,
    fecha                  TEXT NOT NULL,
    fecha_respuesta        TEXT CHECK (fecha_respuesta >= fecha),
    asunto                 TEXT,
    municipio_codigo       TEXT,
    municipio_nombre       TEXT,
    municipio_departamento TEXT
)
--- table valores_indicador valores_indicador
CREATE TABLE valores_indicador (
    id          INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    indicador   TEXT NOT NULL,
    fecha       TEXT NOT NULL,
    ambito      TEXT,
    unidad      TEXT,
    valor       REAL NOT NULL,
    numerador   REAL,
    denominador REAL CHECK (denominador >= 0),
    fuente      TEXT NOT NULL
)
--- index valores_indicador_clave valores_indicador
CREATE UNIQUE INDEX valores_indicador_clave
    ON valores_indicador (indicador, fecha, coalesce(ambito, ''), coalesce(unidad, ''))
--- table veredictos veredictos
CREATE TABLE veredictos (
    id               INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    capa             TEXT NOT NULL,
    codigo           TEXT NOT NULL,
    veredicto        TEXT NOT NULL CHECK
        (veredicto IN ('aceptar_ubicacion', 'aceptar_declaracion', 'corregir_coordenadas')),
    persona          TEXT NOT NULL CHECK (persona <> ''),
    fecha            TEXT NOT NULL,
    nota             TEXT NOT NULL DEFAULT '',
    declarado        TEXT NOT NULL,
    huella           TEXT NOT NULL,
    -- Of corregir_coordenadas: the new point, and what it took the place of.
    lon              REAL,
    lat              REAL,
    lon_antes        REAL,
    lat_antes        REAL,
    crs_antes        TEXT,
    rescate_antes    TEXT,
    coordenada_antes TEXT,
    datum_antes      INTEGER,
    -- How it ended.
    fin              TEXT,
    fin_motivo       TEXT CHECK (fin_motivo IN ('retirado', 'reemplazado')),
    fin_persona      TEXT,
    fin_nota         TEXT
)
--- index veredictos_en_vigor veredictos
CREATE UNIQUE INDEX veredictos_en_vigor ON veredictos (capa, codigo) WHERE fin IS NULL
--- table conflictos conflictos
CREATE TABLE conflictos (
    id               INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    edicion          TEXT NOT NULL REFERENCES ediciones (codigo) ON DELETE CASCADE,
    capa             TEXT NOT NULL,
    registro         INTEGER NOT NULL,
    codigo           TEXT NOT NULL,
    nombre           TEXT,
    estado           TEXT NOT NULL,
    resolucion       TEXT NOT NULL CHECK (resolucion IN ('abierto', 'decidido', 'caduco')),
    veredicto        TEXT,
    distancia_m      REAL,
    ubicado_codigo   TEXT,
    ubicado_nombre   TEXT,
    declarado_codigo TEXT,
    declarado_nombre TEXT,
    uo               TEXT, "geom" LINESTRING,
    UNIQUE (edicion, capa, registro)
)
--- trigger ggi_conflictos_geom conflictos
CREATE TRIGGER "ggi_conflictos_geom" BEFORE INSERT ON "conflictos"
FOR EACH ROW BEGIN
SELECT RAISE(ROLLBACK, 'conflictos.geom violates Geometry constraint [geom-type or SRID not allowed]')
WHERE (SELECT geometry_type FROM geometry_columns
WHERE Lower(f_table_name) = Lower('conflictos') AND Lower(f_geometry_column) = Lower('geom')
AND GeometryConstraints(NEW."geom", geometry_type, srid) = 1) IS NULL;
END
--- trigger ggu_conflictos_geom conflictos
CREATE TRIGGER "ggu_conflictos_geom" BEFORE UPDATE OF "geom" ON "conflictos"
FOR EACH ROW BEGIN
SELECT RAISE(ROLLBACK, 'conflictos.geom violates Geometry constraint [geom-type or SRID not allowed]')
WHERE (SELECT geometry_type FROM geometry_columns
WHERE Lower(f_table_name) = Lower('conflictos') AND Lower(f_geometry_column) = Lower('geom')
AND GeometryConstraints(NEW."geom", geometry_type, srid) = 1) IS NULL;
END
--- trigger tmu_conflictos_geom conflictos
CREATE TRIGGER "tmu_conflictos_geom" AFTER UPDATE ON "conflictos"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_update = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('conflictos') AND Lower(f_geometry_column) = Lower('geom');
END
--- trigger tmi_conflictos_geom conflictos
CREATE TRIGGER "tmi_conflictos_geom" AFTER INSERT ON "conflictos"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_insert = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('conflictos') AND Lower(f_geometry_column) = Lower('geom');
END
--- trigger tmd_conflictos_geom conflictos
CREATE TRIGGER "tmd_conflictos_geom" AFTER DELETE ON "conflictos"
FOR EACH ROW BEGIN
UPDATE geometry_columns_time SET last_delete = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
WHERE Lower(f_table_name) = Lower('conflictos') AND Lower(f_geometry_column) = Lower('geom');
END
--- trigger gii_conflictos_geom conflictos
CREATE TRIGGER "gii_conflictos_geom" AFTER INSERT ON "conflictos"
FOR EACH ROW BEGIN
DELETE FROM "idx_conflictos_geom" WHERE pkid=NEW.ROWID;
SELECT RTreeAlign('idx_conflictos_geom', NEW.ROWID, NEW."geom");
END
--- trigger giu_conflictos_geom conflictos
CREATE TRIGGER "giu_conflictos_geom" AFTER UPDATE OF "geom" ON "conflictos"
FOR EACH ROW BEGIN
DELETE FROM "idx_conflictos_geom" WHERE pkid=NEW.ROWID;
SELECT RTreeAlign('idx_conflictos_geom', NEW.ROWID, NEW."geom");
END
--- trigger gid_conflictos_geom conflictos
CREATE TRIGGER "gid_conflictos_geom" AFTER DELETE ON "conflictos"
FOR EACH ROW BEGIN
DELETE FROM "idx_conflictos_geom" WHERE pkid=OLD.ROWID;
END
--- table idx_conflictos_geom idx_conflictos_geom
CREATE VIRTUAL TABLE "idx_conflictos_geom" USING rtree(pkid, xmin, xmax, ymin, ymax)
--- table idx_conflictos_geom_rowid idx_conflictos_geom_rowid
CREATE TABLE "idx_conflictos_geom_rowid"(rowid INTEGER PRIMARY KEY,nodeno)
--- table idx_conflictos_geom_node idx_conflictos_geom_node
CREATE TABLE "idx_conflictos_geom_node"(nodeno INTEGER PRIMARY KEY,data)
--- table idx_conflictos_geom_parent idx_conflictos_geom_parent
CREATE TABLE "idx_conflictos_geom_parent"(nodeno INTEGER PRIMARY KEY,parentnode)
--- index cuerpos_agua_clave cuerpos_agua
CREATE INDEX cuerpos_agua_clave ON cuerpos_agua (codigo, nombre)
--- index zonas_urbanas_clave zonas_urbanas
CREATE INDEX zonas_urbanas_clave ON zonas_urbanas (codigo, nombre)
--- table cambios cambios
CREATE TABLE cambios (
    capa     TEXT NOT NULL,
    revision INTEGER NOT NULL,
    registro INTEGER
)
--- index cambios_capa cambios
CREATE INDEX cambios_capa ON cambios (capa, revision)
--- table contornos contornos
CREATE TABLE contornos (
    edicion TEXT NOT NULL PRIMARY KEY REFERENCES ediciones (codigo) ON DELETE CASCADE,
    datos   BLOB NOT NULL
)
--- table marca_archivo marca_archivo
CREATE TABLE marca_archivo (
    id    INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    marca BLOB NOT NULL CHECK (length(marca) = 24)
)
--- index conflictos_registro conflictos
CREATE INDEX conflictos_registro ON conflictos (capa, registro)
--- table importaciones_partes importaciones_partes
CREATE TABLE importaciones_partes (
    importacion INTEGER NOT NULL REFERENCES importaciones (id),
    parte       INTEGER NOT NULL,
    cambios     BLOB NOT NULL,
    PRIMARY KEY (importacion, parte)
)
--- table fuentes_conocidas fuentes_conocidas
CREATE TABLE fuentes_conocidas (
    huella   BLOB NOT NULL PRIMARY KEY,
    revision INTEGER NOT NULL,
    marca    INTEGER NOT NULL,
    fecha    TEXT NOT NULL,
    resumen  TEXT NOT NULL
)
