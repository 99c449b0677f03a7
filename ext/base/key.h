/*
** Keys by name: 32 secret bytes in a file of the user's, never in SQL, in a log or in a query plan.
**
**   $SITO_KEYS, else $HOME/.config/sito/keys, one key a line:   NAME 64-hexadecimal-digits
**
** R1  The file is the user's own and nobody else can read it (mode 0600, no symbolic link), or it is
**     refused with the command that mends it.
** R2  A name has 1 to 64 letters, digits, points, dashes and underscores. A key is never overwritten.
** R3  A new key is 32 bytes of the operating system's generator; the file grows by a whole line or not
**     at all.
** R4  No message holds a part of a key. Messages are Polish where `polish` is set, else English.
*/
#ifndef SITO_KEY_H
#define SITO_KEY_H

#include "sito.h"

enum { SITO_KEY_SIZE = 32, SITO_KEY_NAME = 64 };

/* Path of the key file; release with sito_free. SITO_CANTOPEN where neither variable is set. */
int sito_key_path(char **path, bool polish, char **error) SITO_MUST_CHECK;

/* Reads the key of that name. SITO_CANTOPEN with a sentence where there is none. */
int sito_key_read(SitoText name, unsigned char key[SITO_KEY_SIZE], bool polish,
                  char **error) SITO_MUST_CHECK;

/* Adds a new key; makes the folder and the file where they are not there. */
int sito_key_new(SitoText name, bool polish, char **error) SITO_MUST_CHECK;

/* Appends the names, one a line, in the order of the file. */
int sito_key_list(SitoBuffer *names, bool polish, char **error) SITO_MUST_CHECK;

/* HMAC-SHA-256 (RFC 2104) of a message; the whole 32 bytes. */
int sito_hmac(const unsigned char key[SITO_KEY_SIZE], const void *message, size_t size,
              unsigned char digest[SITO_SHA256_SIZE]) SITO_MUST_CHECK;

#endif
