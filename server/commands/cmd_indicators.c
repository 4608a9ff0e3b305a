#include "server/command.h"
const struct command cmd_indicators = {.name = "indicators", .summary = "x", .help = "x"};
