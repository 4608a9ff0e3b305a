/* source_unread.c - says what a file is that is not read, and how to get at its data. */
#include "geo/files/source_unread.h"

#include <string.h>

#include "geo/base/text.h"

#define SAVE_AS_XLSX "ábralo en Excel o LibreOffice y guárdelo como .xlsx (Libro de Excel)"
#define UNPACK "descomprímalo e importe el archivo de datos, o vuelva a comprimirlo como .zip"
#define EXPORT_LAYER "exporte la capa como GeoPackage"
#define ASK_DATA "pida los datos en .xlsx o .csv"

static const char *const by_content[CONTENTS] = {
    [CONTENT_PDF] = "es un PDF, del que no se pueden leer datos: " ASK_DATA,
    [CONTENT_RAR] = "es un archivo RAR: " UNPACK,
    [CONTENT_7Z] = "es un archivo 7z: " UNPACK,
    [CONTENT_PACKED] = "es un archivo comprimido de un tipo que no se lee: " UNPACK,
    [CONTENT_ACCESS] = "es una base de Access: exporte su tabla desde Access como .xlsx o .csv",
    [CONTENT_RTF] = "es un documento de texto (RTF), no una tabla: copie su tabla a una hoja y "
                    "guárdela como .xlsx",
    [CONTENT_IMAGE] = "es una imagen, de la que no se pueden leer datos: " ASK_DATA,
    [CONTENT_DWG] = "es un plano de AutoCAD: expórtelo como Shapefile o GeoPackage, con su sistema "
                    "de coordenadas",
    [CONTENT_HTML] =
        "es una página web (HTML), aunque se llame de otro modo: si tiene una tabla, " SAVE_AS_XLSX
        "; si es un aviso de error o de ingreso, descárguelo de nuevo",
    [CONTENT_EXCEL_XML] = "es una hoja de Excel 2003 en XML: " SAVE_AS_XLSX,
    [CONTENT_FLAT_ODS] = "es un documento de LibreOffice en un solo XML: si es una hoja, ábrala en "
                         "LibreOffice y guárdela como .ods o .xlsx",
};

/* Names of parts in an Office file, in UTF-16. */
static const struct {
    const char *part;
    const char *advice;
} office_parts[] = {
    {"EncryptedPackage",
     "es un libro con contraseña: ábralo con ella en Excel o LibreOffice, quítesela "
     "y guárdelo como .xlsx"},
    {"Workbook", "es un libro de Excel de antes de 2007 (.xls): " SAVE_AS_XLSX},
    {"Book", "es un libro de Excel de antes de 1997 (.xls): " SAVE_AS_XLSX},
    {"WordDocument", "es un documento de Word, no una tabla: copie su tabla a una hoja y guárdela "
                     "como .xlsx"},
    {"PowerPoint Document", "es una presentación, no una tabla: " ASK_DATA},
    {"__substg1.0", "es un correo de Outlook: guarde su archivo adjunto e importe ese"},
};

static bool has_part(const char *bytes, size_t len, const char *part)
{
    char wide[64];
    size_t n = 2 * strlen(part);
    for (size_t i = 0; i < n; i++)
        wide[i] = i % 2 ? '\0' : part[i / 2];
    return bytes && memmem(bytes, len, wide, n);
}

static const char *office_advice(const char *name, const char *head, size_t len,
                                 const char *directory, size_t directory_len)
{
    for (size_t i = 0; i < sizeof office_parts / sizeof *office_parts; i++)
        if (has_part(directory, directory_len, office_parts[i].part) ||
            has_part(head, len, office_parts[i].part))
            return office_parts[i].advice;
    if (source_has_extension(name, ".xlsx") || source_has_extension(name, ".xlsm"))
        return "es un libro con contraseña, o de Excel de antes de 2007 con otro nombre: ábralo en "
               "Excel o LibreOffice y guárdelo como .xlsx, sin contraseña";
    if (source_has_extension(name, ".doc"))
        return "es un documento de Word, no una tabla: copie su tabla a una hoja y guárdela como "
               ".xlsx";
    const char *program = source_unread_by_name(name);
    return program ? program : "es un documento de Office de antes de 2007: " SAVE_AS_XLSX;
}

static size_t number(const unsigned char *bytes, int n)
{
    size_t value = 0;
    while (n-- > 0)
        value = value << 8 | bytes[n];
    return value;
}

/* Sectors of 2^shift bytes follow a header of the same length. (MS-CFB, 2.2.) */
size_t source_unread_office_directory(const void *head, size_t len)
{
    const unsigned char *bytes = head;
    if (len < 76)
        return 0;
    size_t shift = number(bytes + 30, 2), sector = number(bytes + 48, 4);
    return shift == 9 || shift == 12 ? (sector + 1) << shift : 0;
}

bool source_unread_check(const char *name, enum source_content content, const void *head,
                         size_t len, const void *directory, size_t directory_len, struct err *err)
{
    const char *slash = strrchr(name, '/'), *base = slash ? slash + 1 : name;
    const char *advice = content == CONTENT_OFFICE
                             ? office_advice(name, head, len, directory, directory_len)
                             : by_content[content];
    return !advice || err_set(err, ERR_INPUT, "«%.*s» %s", text_cut(base, 200), base, advice);
}

/* Files of one program, which can write others. */
static const struct {
    const char *extension, *advice;
} programs[] = {
    {".numbers", "es una hoja de Numbers: expórtela como Excel (.xlsx) o CSV"},
    {".sav", "es una base de SPSS: guárdela desde SPSS como .xlsx o .csv"},
    {".zsav", "es una base de SPSS: guárdela desde SPSS como .xlsx o .csv"},
    {".dta", "es una base de Stata: expórtela desde Stata como .xlsx o .csv"},
    {".sas7bdat", "es una base de SAS: expórtela desde SAS como .xlsx o .csv"},
    {".rds", "es un objeto de R: escríbalo desde R como .csv o .gpkg"},
    {".rdata", "son objetos de R: escríbalos desde R como .csv o .gpkg"},
    {".parquet", "es un archivo Parquet, que no se lee: conviértalo a .csv o .gpkg"},
    {".lyr", "es el estilo de una capa de ArcGIS, sin los datos: " EXPORT_LAYER},
    {".lyrx", "es el estilo de una capa de ArcGIS, sin los datos: " EXPORT_LAYER},
    {".mxd", "es un proyecto de ArcGIS, sin los datos: " EXPORT_LAYER},
    {".aprx", "es un proyecto de ArcGIS, sin los datos: " EXPORT_LAYER},
    {".osm", "son datos de OpenStreetMap, que no se leen: ábralos en QGIS y " EXPORT_LAYER},
    {".pbf", "son datos de OpenStreetMap, que no se leen: ábralos en QGIS y " EXPORT_LAYER},
    {".wpt", "son puntos de OziExplorer: guárdelos como GPX"},
    {".plt", "es un recorrido de OziExplorer: guárdelo como GPX"},
    {".loc", "son puntos de un programa de GPS, que no se leen: guárdelos como GPX"},
    {".sql", "es un programa de SQL, no una tabla: ejecútelo en su base y exporte la tabla como "
             ".csv o .gpkg"},
    {".prn", "es un texto para imprimir, con columnas de ancho fijo: guarde la hoja como .xlsx o "
             ".csv"},
    {".qgs", "es un proyecto de QGIS, sin los datos: exporte la capa como GeoPackage"},
    {".qgz", "es un proyecto de QGIS, sin los datos: exporte la capa como GeoPackage"},
};

const char *source_unread_by_name(const char *name)
{
    static const struct {
        const char *extension;
        enum source_content content;
    } known[] = {
        {".pdf", CONTENT_PDF},    {".rar", CONTENT_RAR},      {".7z", CONTENT_7Z},
        {".bz2", CONTENT_PACKED}, {".xz", CONTENT_PACKED},    {".zst", CONTENT_PACKED},
        {".mdb", CONTENT_ACCESS}, {".accdb", CONTENT_ACCESS}, {".rtf", CONTENT_RTF},
        {".jpg", CONTENT_IMAGE},  {".jpeg", CONTENT_IMAGE},   {".png", CONTENT_IMAGE},
        {".tif", CONTENT_IMAGE},  {".tiff", CONTENT_IMAGE},   {".dwg", CONTENT_DWG},
        {".html", CONTENT_HTML},  {".htm", CONTENT_HTML},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (source_has_extension(name, known[i].extension))
            return by_content[known[i].content];
    if (source_has_extension(name, ".doc") || source_has_extension(name, ".docx") ||
        source_has_extension(name, ".odt"))
        return "es un documento de texto, no una tabla: copie su tabla a una hoja y guárdela como "
               ".xlsx";
    if (source_has_extension(name, ".xlsb"))
        return "es un libro binario de Excel (.xlsb): " SAVE_AS_XLSX;
    static const char *const sheets[] = {".sxc", ".dif", ".slk", ".et", ".wk1", ".wks", ".123"};
    for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++)
        if (source_has_extension(name, sheets[i]))
            return "es una hoja de cálculo de un formato que no se lee: " SAVE_AS_XLSX;
    for (size_t i = 0; i < sizeof programs / sizeof *programs; i++)
        if (source_has_extension(name, programs[i].extension))
            return programs[i].advice;
    if (source_has_extension(name, ".dxf"))
        return by_content[CONTENT_DWG];
    return source_has_extension(name, ".ppt") || source_has_extension(name, ".pptx")
               ? "es una presentación, no una tabla: " ASK_DATA
               : NULL;
}
