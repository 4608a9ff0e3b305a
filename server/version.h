/* version.h - of the program, as /health, the Server header and the API say it. */
#ifndef SERVER_VERSION_H
#define SERVER_VERSION_H

#define SIGG_VERSION "0.1.0"

#endif
