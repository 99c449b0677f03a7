/*
** sito verify: whether a published folder holds exactly what the catalogue says. Exit status 1 where it
** does not; every file that is extra, missing or changed is named.
*/
#include "dataset.h"
#include "publish/publish.h"

static int put_result(SitoBuffer *out, const SitoArguments *a, const SitoVerified *v) {
    int rc =
        v->flaws == 0
            ? sito_buffer_print(out,
                                sito_say(a->language,
                                         "Folder %s: wszystko tak, jak opublikowano (zbiory: %lld, "
                                         "pliki: %lld).\n",
                                         "Folder %s: everything as it was published (data sets: "
                                         "%lld, files: %lld).\n"),
                                a->paths[0], (long long)v->sets, (long long)v->files)
            : sito_buffer_print(out,
                                sito_say(a->language,
                                         "Folder %s: niezgodności z tym, co opublikowano: %lld\n",
                                         "Folder %s: differences from what was published: %lld\n"),
                                a->paths[0], (long long)v->flaws);
    return rc == SITO_OK && v->lines.size > 0 ? sito_buffer_add(out, v->lines.data, v->lines.size)
                                              : rc;
}

int sito_command_verify(const SitoArguments *a) {
    SitoCatalogue *catalogue = NULL;
    SitoVerified verified = {0};
    SitoBuffer out = {0};
    char *error = NULL;
    int rc = sito_catalogue_open(&catalogue, sito_catalogue_path(a), false, a->language, &error);
    rc = rc == SITO_OK ? sito_verify(catalogue, a->paths[0], a->language, &verified, &error) : rc;
    rc = rc == SITO_OK ? put_result(&out, a, &verified) : rc;
    int status =
        rc == SITO_OK ? sito_write_result(a, (SitoText){out.data, out.size}) : sito_fail(rc, error);
    if (status == SITO_EXIT_OK && verified.flaws > 0) {
        status = SITO_EXIT_FINDINGS;
    }
    sito_buffer_free(&verified.lines);
    sito_buffer_free(&out);
    sito_catalogue_close(catalogue);
    return status;
}
