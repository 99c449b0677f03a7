/*
** What is published besides the data: pages for people, descriptions for programs. All of it is made from
** the details of publications (sql/publish/details.sql) and from nothing else, so that equal details
** give equal bytes.
**
** R1  No finding, line number, waiver, measure or name of staff is in the details, so none is here; the
**     one name that a page may show is that of the sentence of annex 1 §5.2, where it was asked for.
*/
#ifndef SITO_PUBLISH_PAGES_H
#define SITO_PUBLISH_PAGES_H

#include "base/sito.h"

struct sqlite3;

/* `db` is a database with all of sito; `details` one JSON object, `list` an array of them. */
int sito_pages_note(struct sqlite3 *db, const char *details, SitoBuffer *out,
                    char **error) SITO_MUST_CHECK;
int sito_pages_tombstone(struct sqlite3 *db, const char *details, SitoBuffer *out,
                         char **error) SITO_MUST_CHECK;

/* The page over all sets: `list` holds publications and withdrawals. */
int sito_pages_index(struct sqlite3 *db, const char *list, const char *publisher, SitoBuffer *out,
                     char **error) SITO_MUST_CHECK;
int sito_pages_index_json(struct sqlite3 *db, const char *list, const char *url,
                          const char *publisher, SitoBuffer *out, char **error) SITO_MUST_CHECK;

/* DCAT-AP (PL) as JSON-LD, and the XML for the harvester of dane.gov.pl, of an array of publications. */
int sito_pages_dcat(struct sqlite3 *db, const char *list, const char *url, const char *publisher,
                    SitoBuffer *out, char **error) SITO_MUST_CHECK;
int sito_pages_harvester(struct sqlite3 *db, const char *list, const char *version, SitoBuffer *out,
                         char **error) SITO_MUST_CHECK;
int sito_pages_md5(SitoText text, SitoBuffer *out, char **error) SITO_MUST_CHECK;

/* JSON with a line for every value. */
int sito_pages_pretty(SitoText json, SitoBuffer *out) SITO_MUST_CHECK;

#endif
