/*
** fetch-one: one fetch by a process of its own, for tests that kill it and benchmarks that measure it.
**
**   fetch-one URL CACHE [MAX_AGE]
**
** Prints the digest, the number of bytes and where they came from. Addresses of this machine are
** allowed. Exit status 0, or 1 with the message on standard error.
*/
#include <stdio.h>
#include <stdlib.h>

#include "remote/fetch.h"

int main(int argc, char **argv) {
    SitoEntry entry;
    char *error = NULL;
    if (argc < 3) {
        fputs("usage: fetch-one URL CACHE [MAX_AGE]\n", stderr);
        return 2;
    }
    SitoRequest request = {.url = argv[1],
                           .cache = argv[2],
                           .max_age = argc > 3 ? strtol(argv[3], NULL, 10) : 0,
                           .allow_private = true,
                           .attempts = 1};
    if (sito_fetch(&request, &entry, &error) != SITO_OK) {
        fprintf(stderr, "%s\n", error != NULL ? error : "out of memory");
        sito_free(error);
        return 1;
    }
    printf("%s %lld %s\n", entry.sha256, (long long)entry.bytes,
           entry.from_cache ? "cache" : "network");
    sito_entry_close(&entry);
    if (fflush(stdout) != 0) {
        fputs("remote: the result cannot be written\n", stderr);
        return 1;
    }
    return 0;
}
