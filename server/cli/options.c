/* options.c - parses the options of a subcommand. */
#include "server/cli/options.h"

#include <string.h>

static const struct option_spec *find(const struct option_spec *specs, size_t n_specs,
                                      const char *word, size_t len)
{
    for (size_t i = 0; i < n_specs; i++)
        if (strlen(specs[i].name) == len && memcmp(specs[i].name, word, len) == 0)
            return &specs[i];
    return NULL;
}

static bool keep(const struct option_spec *spec, const char *value, struct err *err)
{
    if (!spec->list) {
        *spec->value = value;
        return true;
    }
    size_t n = 0;
    while (spec->list[n])
        n++;
    if (n + 1 >= spec->list_size)
        return err_set(err, ERR_USAGE, "%s: demasiadas veces", spec->name);
    spec->list[n] = value;
    spec->list[n + 1] = NULL;
    return true;
}

bool options_parse(int argc, char **argv, const struct option_spec *specs, size_t n_specs,
                   const char **positional, size_t min_positional, size_t max_positional,
                   size_t *n_positional, struct err *err)
{
    size_t n = 0;
    bool only_positional = false;
    for (int i = 1; i < argc; i++) {
        const char *word = argv[i];
        if (only_positional || word[0] != '-' || !word[1]) {
            if (n == max_positional)
                return err_set(err, ERR_USAGE, "sobra el argumento «%s»", word);
            positional[n++] = word;
            continue;
        }
        if (strcmp(word, "--") == 0) {
            only_positional = true;
            continue;
        }
        size_t len = strcspn(word, "=");
        const struct option_spec *spec = find(specs, n_specs, word, len);
        if (!spec)
            return err_set(err, ERR_USAGE, "opción desconocida «%s»", word);
        const char *value = word[len] ? word + len + 1 : NULL;
        if (!spec->takes_value) {
            if (value)
                return err_set(err, ERR_USAGE, "%s no lleva valor", spec->name);
            *spec->flag = true;
            continue;
        }
        if (!value && i + 1 < argc)
            value = argv[++i];
        if (!value)
            return err_set(err, ERR_USAGE, "%s necesita un valor", spec->name);
        if (!keep(spec, value, err))
            return false;
    }
    if (n < min_positional)
        return err_set(err, ERR_USAGE, "faltan argumentos");
    if (n_positional)
        *n_positional = n;
    return true;
}
