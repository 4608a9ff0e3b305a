/* replay.c - runs a fuzzer's target over the files of the given folders, without libFuzzer.
 * Prints one TAP line a folder; a crash is a failure. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int run_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return -1;
    static uint8_t bytes[1 << 20];
    size_t size = fread(bytes, 1, sizeof bytes, file);
    fclose(file);
    /* An exact copy, so that sanitizers see a read past its end. */
    uint8_t *exact = malloc(size ? size : 1);
    if (!exact)
        return -1;
    for (size_t i = 0; i < size; i++)
        exact[i] = bytes[i];
    LLVMFuzzerTestOneInput(exact, size);
    free(exact);
    return 0;
}

int main(int argc, char **argv)
{
    int files = 0;
    for (int i = 1; i < argc; i++) {
        DIR *folder = opendir(argv[i]);
        int here = 0;
        for (struct dirent *entry; folder && (entry = readdir(folder));) {
            char path[4096];
            if (entry->d_name[0] == '.')
                continue;
            snprintf(path, sizeof path, "%s/%s", argv[i], entry->d_name);
            if (run_file(path) == 0)
                here++;
        }
        if (folder)
            closedir(folder);
        if (here)
            printf("ok %d - %d files of %s\n", i, here, argv[i]);
        files += here;
    }
    if (!files)
        printf("not ok 1 - no corpus found\n");
    return files ? 0 : 1;
}
