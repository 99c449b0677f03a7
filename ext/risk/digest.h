/*
** Digests as they stand in a column: hexadecimal, base64, or bytes.
*/
#ifndef SITO_RISK_DIGEST_H
#define SITO_RISK_DIGEST_H

#include "cell.h"

/* Reads a value as a digest of 8, 16, 20, 32 or 64 bytes: a blob of that size; its hexadecimal digits
** in either case; base64, usual or URL-safe, with or without padding. A name before a colon or dollar
** sign ("sha256:…") is passed over. Returns the size in bytes, 0 when it is none; *form is "blob",
** "hex" or "base64". */
size_t risk_digest_read(const RiskCell *cell, unsigned char digest[64], const char **form);

#endif
