/*
** Any bytes given to the sniffer: it decides or says why it cannot, and what it decided can be
** read. The
** columns it names are as many as its reader then expects.
*/
#include <stdlib.h>

#include "csv/sniff_core.h"

static void require(bool condition) {
    if (!condition) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size) {
    SitoText text = {.data = (const char *)data, .size = size};
    SitoSniffGiven given = sito_sniff_nothing();
    SitoSource *source;
    SitoSniff sniff;
    char *error = NULL;
    require(sito_source_text(text, &source) == SITO_OK);
    given.accept_binary = size > 0 && data[size - 1] == 'b';
    int rc = sito_sniff(source, &given, &sniff, &error);
    require((rc == SITO_OK) == (error == NULL) && rc != SITO_NOMEM);
    if (rc == SITO_OK) {
        SitoCsvReader *reader;
        const SitoCsvRecord *record;
        require(sniff.headings.count > 0 && sniff.confidence >= 0 && sniff.confidence <= 1);
        sito_source_free(source);
        require(sito_source_text(text, &source) == SITO_OK);
        require(sito_reader_new(source, sniff.dialect, given.max_field, &reader) == SITO_OK);
        require(sito_reader_start(reader, sniff.headings.count, false, NULL) == SITO_OK);
        do {
            require(sito_reader_next(reader, &record, NULL) == SITO_OK);
        } while (record != NULL);
        sito_reader_free(reader);
    } else {
        sito_source_free(source);
    }
    sito_free(error);
    sito_sniff_free(&sniff);
    return 0;
}
