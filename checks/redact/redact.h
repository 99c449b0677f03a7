/*
** sito redact: a document whose personal data is covered, after annex 1 to order 354/2022.
**
**   file ─▶ text ─▶ spans ─▶ sheet ─▶ a person's decisions ─▶ new folder: document, record (json, page)
**                     └──────────▶ list for the terminal        └─▶ catalogue: the four steps of §1.3
**
** R1  The document is a text file (.txt, .md). Whatever is something else, by its name or by its bytes, is
**     refused: a text under a black box is still in a PDF.
** R2  Nothing is written while a place waits for a decision (§3.1). Decisions come in a sheet that belongs to
**     exactly this file and has each place once.
** R3  What was covered is searched again; where anything is found there is no result.
** R4  The file is never changed; the new folder appears whole, or not at all.
** R5  No list, record or event holds a value of the document; a sheet does only where it was asked for.
*/
#ifndef SITO_CHECKS_REDACT_H
#define SITO_CHECKS_REDACT_H

#include "base/sito.h"
#include "common/language.h"

struct sqlite3;

/* A document as it was read: UTF-8 without a byte order mark, a NUL behind it. */
typedef struct SitoDocument {
    const char *path;
    SitoBuffer text;
    char sha256[SITO_SHA256_HEX]; /* of the file */
    char encoding[16];
    bool mark; /* the result gets a byte order mark: the file had one, or was not UTF-8 */
} SitoDocument;

/* SITO_MISUSE where the name tells another format, SITO_ERROR where the bytes do. */
int sito_document_read(SitoDocument *document, const char *path, SitoLanguage language,
                       char **error) SITO_MUST_CHECK;
void sito_document_free(SitoDocument *document);

/* Who covers, on what basis; NULL where it was not said. */
typedef struct SitoRedactor {
    const char *by, *position, *unit, *basis, *document, *case_mark;
} SitoRedactor;

typedef struct SitoRedaction {
    SitoDocument document;
    struct sqlite3 *db; /* the tables of redact.sql */
    SitoLanguage language;
    int64_t places, waiting; /* places in all; those that still need a decision */
    int64_t covered;         /* places that are covered as things stand */
} SitoRedaction;

/* Reads the document and looks for its places, by the office's policy (NULL: none) as well. Release with
** sito_redaction_close, also after errors. */
int sito_redaction_open(SitoRedaction *redaction, const char *path, const char *policy,
                        SitoLanguage language, char **error) SITO_MUST_CHECK;
void sito_redaction_close(SitoRedaction *redaction);

/* The decisions of a filled sheet: all of them, or an error that names its line. */
int sito_redaction_answer(SitoRedaction *redaction, const char *sheet,
                          char **error) SITO_MUST_CHECK;

/* The places, or those alone that wait for a decision, as "text" or "json"; the sheet to fill in, with what
** stands in each place where `values`. */
int sito_redaction_list(SitoRedaction *redaction, bool waiting, const char *format, SitoBuffer *out,
                        char **error) SITO_MUST_CHECK;
int sito_redaction_sheet(SitoRedaction *redaction, bool values, SitoBuffer *out,
                         char **error) SITO_MUST_CHECK;

/* What the steps of §1.3 have come to, as sito_redaction_steps of the catalogue gives it; and that as "text" or
** "json". */
int sito_redaction_know(SitoRedaction *redaction, const char *steps, char **error) SITO_MUST_CHECK;
int sito_redaction_put_steps(SitoRedaction *redaction, const char *format, SitoBuffer *out,
                             char **error) SITO_MUST_CHECK;

/* Asked when all files are written and read back, before they take their place; an error stops it. */
typedef int (*SitoAgree)(void *context, const char *digest, const char *record, char **error);

/* Covers the document, searches it again (R3), and places the folder `to` (NULL: the one beside it), which must
** not exist. `agree` may be NULL. */
int sito_redaction_write(SitoRedaction *redaction, const SitoRedactor *redactor, const char *to,
                         SitoAgree agree, void *context, char **error) SITO_MUST_CHECK;

/* The new folder and the file in it: NAME-anonim beside NAME.txt with NAME-anonim.txt, or `to`. To be released.
** A name that holds personal data is SITO_MISUSE where no other folder was given. */
int sito_redaction_names(const SitoRedaction *redaction, const char *to, char **folder, char **file,
                         char **error) SITO_MUST_CHECK;

/* The record, as it was made by sito_redaction_write: "text", "json" or "html". */
int sito_redaction_record(SitoRedaction *redaction, const char *format, SitoBuffer *out,
                          char **error) SITO_MUST_CHECK;

#endif
