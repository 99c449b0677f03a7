/*
** Publishing a checked data set into a folder, and taking it back.
**
**   checked bytes ─▶ staged, read back ─▶ intent ─▶ state + the folder takes its place ─▶ index
**
** R1  Published are exactly the bytes of the verdict: each file is hashed while it is copied, compared with
**     the list behind the checked digest, and read back from the disk.
** R2  Whether the data set may be published, and by whom, the triggers of the catalogue decide.
** R3  FOLDER/NAME/ holds the data files under their own paths, datapackage.json, dcat.jsonld,
**     dane-gov-pl.xml with .md5, index.html (the note) and publication.json; the folder itself the same over
**     all sets: index.html, index.json, dcat.jsonld, dane-gov-pl.xml with .md5.
** R4  A program stopped at any point leaves the old state or the new one of a data set. The next command
**     in that folder settles what is pending: it compares the files with the intent.
** R5  A withdrawn data set is a tombstone: index.html and withdrawn.json under its name, for good.
** R6  What was published before and is published again unchanged stays as it is: no event, no write.
*/
#ifndef SITO_PUBLISH_H
#define SITO_PUBLISH_H

#include "catalogue/publication.h"
#include "runner/check.h"

/* Of the XML for dane.gov.pl, separated by blanks, the default first. */
extern const char *const sito_harvester_versions;

typedef struct SitoPublishRequest {
    SitoCatalogue *catalogue;
    const char *catalogue_path;
    const SitoCheck *check; /* prepared, with the digest of the files as they lie on disk */
    const char *folder;
    /* NULL: as the last publication in this folder had it (harvester: the newest version) */
    const char *url, *publisher, *harvester;
    const char *statement; /* of annex 1 §5.2; may be NULL */
    SitoAct act;
    SitoLanguage language;
} SitoPublishRequest;

typedef struct SitoPublished {
    bool unchanged;
    int64_t settled; /* pending publications or withdrawals of earlier programs */
    char *page;      /* address of its page */
    char head[SITO_SHA256_HEX];
} SitoPublished;

/* SITO_ERROR where it is refused (a finding), SITO_MISUSE for wrong options; release page. */
int sito_publish(const SitoPublishRequest *request, SitoPublished *published,
                 char **error) SITO_MUST_CHECK;

typedef struct SitoWithdrawRequest {
    SitoCatalogue *catalogue;
    const char *dataset;
    const char *program;
    SitoAct act; /* the reason is published */
    SitoLanguage language;
} SitoWithdrawRequest;

int sito_withdraw(const SitoWithdrawRequest *request, SitoPublished *published,
                  char **error) SITO_MUST_CHECK;

typedef struct SitoVerified {
    int64_t sets, files, flaws;
    SitoBuffer lines; /* one a flaw; release with sito_buffer_free */
} SitoVerified;

/* Whether the folder holds exactly what the catalogue says was published there. */
int sito_verify(SitoCatalogue *catalogue, const char *folder, SitoLanguage language,
                SitoVerified *verified, char **error) SITO_MUST_CHECK;

#endif
