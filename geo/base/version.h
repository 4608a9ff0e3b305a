/* version.h - the program's version, for /health, the Server header and the API. */
#ifndef GEO_BASE_VERSION_H
#define GEO_BASE_VERSION_H

#define SIGG_VERSION "0.2.0"

#endif
