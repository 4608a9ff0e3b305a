/* targeting_options.h - parses the words of targeting, for the command line and HTTP.
 *
 * Errors: ERR_USAGE with the option as the error's field, its value and what is accepted. NULL
 * texts leave the query as it is.
 */
#ifndef SERVER_TARGETING_OPTIONS_H
#define SERVER_TARGETING_OPTIONS_H

#include "geo/analysis/targeting.h"

/* by: "all", "departamento"; form: "multiplicativa", "aditiva"; scale: "rango",
 * "percentil". */
bool targeting_options_words(const char *by, const char *form, const char *scale,
                             struct geo_target_query *query, struct err *err);
/* 1 to 1,000,000; ERR_INPUT, with the field. */
bool targeting_options_concentration(const char *text, struct geo_target_query *query,
                                     struct err *err);

#endif
