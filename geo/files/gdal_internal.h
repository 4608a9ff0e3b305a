/* gdal_internal.h - GDAL, loaded when something is first read or written. Private to the
 * sources and the export in geo/import.
 *
 * Loading GDAL and the fifty or so libraries it depends on takes as long as all the rest
 * of the program's start, and most commands need none of them. So it is not linked: its
 * functions are called through a table with GDAL's own names and types,
 * `gdal->OGR_L_GetName(layer)`. A new function has to be added to the list below: without
 * that the call does not compile, and without `gdal->` it does not link.
 *
 * Owns:    the library, until the program ends.
 * Threads: any; whoever calls through the table has called gdal_load() before.
 * Errors:  ERR_SETUP: the library is missing, or lacks one of the functions.
 */
#ifndef GEO_GDAL_INTERNAL_H
#define GEO_GDAL_INTERNAL_H

#include <cpl_conv.h>
#include <cpl_error.h>
#include <cpl_string.h>
#include <cpl_vsi.h>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>
#include <stdbool.h>

#include "geo/base/err.h"

/* clang-format off */
#define GDAL_FUNCTIONS(_) \
    _(CPLErrorReset) _(CPLGetLastErrorMsg) _(CPLGetLastErrorNo) _(CPLGetLastErrorType) \
    _(CPLGetErrorHandlerUserData) _(CPLPopErrorHandler) _(CPLPushErrorHandler) _(CPLPushErrorHandlerEx) _(CPLRecode) _(CPLSetThreadLocalConfigOption) \
    _(CSLDestroy) _(CSLSetNameValue) _(CSLTokenizeString) \
    _(VSIFCloseL) _(VSIFOpenL) _(VSIFReadL) _(VSIFSeekL) _(VSIFTellL) _(VSIFileFromMemBuffer) _(VSIFree) _(VSIIngestFile) _(VSIMalloc) \
    _(VSIStatL) _(VSIUnlink) \
    _(GDALAllRegister) _(GDALClose) _(GDALCreate) _(GDALDatasetCreateLayer) \
    _(GDALDatasetGetFieldDomain) _(OGR_FldDomain_GetDomainType) _(OGR_CodedFldDomain_GetEnumeration) \
    _(OGR_Fld_GetDomainName) _(OGR_Fld_GetAlternativeNameRef) _(GDALDatasetExecuteSQL) _(GDALDatasetReleaseResultSet) \
    _(GDALDatasetGetLayer) _(GDALDatasetGetLayerCount) _(GDALDatasetIsLayerPrivate) _(GDALGetDatasetDriver) \
    _(GDALGetDriverByName) _(GDALGetDriverShortName) _(GDALOpenEx) \
    _(OGR_L_CommitTransaction) _(OGR_L_CreateFeature) _(OGR_L_CreateField) \
    _(OGR_L_GetFeatureCount) _(OGR_L_GetGeomType) _(OGR_L_GetLayerDefn) _(OGR_L_GetName) \
    _(OGR_L_GetFIDColumn) _(OGR_L_GetGeometryColumn) _(OGR_L_GetNextFeature) _(OGR_L_GetSpatialRef) _(OGR_L_SetAttributeFilter) _(OGR_L_ResetReading) \
    _(OGR_L_StartTransaction) _(OGR_L_TestCapability) \
    _(OGR_FD_GetGeomFieldCount) _(OGR_FD_GetGeomFieldDefn) _(OGR_GFld_GetNameRef) \
    _(OGR_FD_GetFieldCount) _(OGR_FD_GetFieldDefn) _(OGR_FD_GetFieldIndex) \
    _(OGR_Fld_Create) _(OGR_Fld_Destroy) _(OGR_Fld_GetNameRef) _(OGR_Fld_GetType) \
    _(OGR_Fld_GetSubType) \
    _(OGR_Fld_SetPrecision) _(OGR_Fld_SetSubType) _(OGR_Fld_SetWidth) \
    _(OGR_F_Create) _(OGR_F_Destroy) _(OGR_F_GetFID) _(OGR_F_GetFieldAsInteger64) _(OGR_F_GetFieldAsString) _(OGR_F_GetFieldAsStringList) \
    _(OGR_F_GetFieldAsDoubleList) _(OGR_F_GetFieldAsInteger64List) _(OGR_F_GetFieldAsIntegerList) _(OGR_F_GetGeometryRef) _(OGR_F_GetNativeData) \
    _(OGR_F_IsFieldSetAndNotNull) _(OGR_F_SetFieldDouble) _(OGR_F_SetFieldInteger64) \
    _(OGR_F_SetFieldString) _(OGR_F_SetGeometryDirectly) _(OGR_F_StealGeometry) \
    _(OGR_G_AddGeometry) _(OGR_G_AddGeometryDirectly) _(OGR_G_Clone) _(OGR_G_CreateGeometry) _(OGR_G_CreateFromWkb) _(OGR_G_CreateFromWkt) _(OGR_G_CreateGeometryFromJson) _(OGR_G_DestroyGeometry) _(OGR_G_ExportToIsoWkb) \
    _(OGR_G_FlattenTo2D) _(OGR_G_ForceToMultiPolygon) _(OGR_G_GetEnvelope) \
    _(OGR_G_GetGeometryCount) _(OGR_G_GetGeometryRef) _(OGR_G_GetGeometryType) \
    _(OGR_G_GetLinearGeometry) _(OGR_G_GetPointCount) _(OGR_G_GetPoints) _(OGR_G_GetX) \
    _(OGR_G_GetY) _(OGR_G_GetZ) _(OGR_G_HasCurveGeometry) _(OGR_G_Is3D) _(OGR_G_IsEmpty) _(OGR_G_SetPoint_2D) _(OGR_G_SetPoints) \
    _(OGR_G_Transform) _(OGR_G_WkbSizeEx) \
    _(OGR_GT_Flatten) \
    _(OSRAutoIdentifyEPSG) _(OSRClone) _(OSRGetAuthorityCode) _(OSRGetAuthorityName) \
    _(OSRGetName) _(OSRImportFromEPSG) _(OSRIsGeographic) _(OSRIsSameEx) \
    _(OSRNewSpatialReference) _(OSRRelease) _(OSRSetAxisMappingStrategy) _(OSRSetFromUserInput) \
    _(OSRDemoteTo2D) _(OSRGetAttrValue) _(OSRGetAngularUnits) _(OSRGetPrimeMeridian) _(OSRGetSemiMajor) _(OSRGetTOWGS84) _(OSRGetUTMZone) \
    _(OCTCoordinateTransformationOptionsSetBallparkAllowed) \
    _(OCTDestroyCoordinateTransformation) _(OCTDestroyCoordinateTransformationOptions) \
    _(OCTNewCoordinateTransformation) _(OCTNewCoordinateTransformationEx) \
    _(OCTNewCoordinateTransformationOptions) _(OCTTransform)
/* clang-format on */

struct gdal {
#define GDAL_POINTER(name) __typeof__(name) *name;
    GDAL_FUNCTIONS(GDAL_POINTER)
#undef GDAL_POINTER
};

extern const struct gdal *gdal; /* NULL until gdal_load() */

/* Loads the library and registers its drivers; later calls do nothing. */
bool gdal_load(struct err *err);

/* True if GDAL's last error was lack of memory. */
bool gdal_ran_out_of_memory(void);

#endif
