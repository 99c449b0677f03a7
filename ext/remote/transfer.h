/*
** One GET of one URL by libcurl, its body into a file, hashed as it comes. No redirect is followed.
**
** R1  Nothing of the environment counts: no proxy but the declared one, no .netrc, no cookies, no
**     user name. TLS 1.2 or newer, the certificate and the name in it are always verified.
** R2  The address is judged when its socket is opened, so that no spelling and no name hides it.
** R3  The body is counted as it comes: more than max_bytes ends the transfer, whatever the headers say.
** R4  Its end is marked, and where a length was sent it has that length, or the transfer failed.
** R5  Only the body of status 200 is kept; of another one, at most 64 KB are read and dropped.
*/
#ifndef SITO_TRANSFER_H
#define SITO_TRANSFER_H

#include "reply_core.h"
#include "url.h"

typedef struct SitoTransfer {
    const SitoRequest *request; /* its limits, never 0 */
    const SitoUrl *url;
    const char *sent; /* with the secret in its query; NULL: url->text */
    const SitoHeader *headers;
    size_t header_count;
    int64_t longest_ms; /* for all of it */
    int file;           /* empty */
} SitoTransfer;

/* SITO_OK: *reply is the answer, of whatever status, and with status 200 the file holds its body, whose
** digest is `sha256`. Otherwise *error says why, and *again whether it may go better next time. */
int sito_transfer(const SitoTransfer *transfer, SitoReply *reply, char sha256[SITO_SHA256_HEX],
                  bool *again, char **error) SITO_MUST_CHECK;

#endif
