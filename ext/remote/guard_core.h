/*
** Which addresses are not public, and which words in a URL are likely to carry a key. Plain C, and no
** network: the address is judged where its socket is opened (transfer.c).
**
** R1  Public is what the IANA registries of special-purpose addresses (RFC 6890) do not name. An
**     IPv4 address inside an IPv6 one (mapped, compatible, NAT64, 6to4) is judged as IPv4.
** R2  An address of an unknown family or length is not public.
*/
#ifndef SITO_GUARD_CORE_H
#define SITO_GUARD_CORE_H

#include "base/sito.h"

/* NULL for a public address of 4 or 16 bytes in network order, else what it is: "loopback" … */
const char *sito_address_kind(const unsigned char *bytes, size_t size);

/* Whether a parameter of a query or a header of that name probably holds a key or a password. */
bool sito_name_is_secret(SitoText name);

/* Appends a URL as people may see it: values of such parameters, values of the parameter `hidden`,
** and every occurrence of `secret` (both may be NULL) are replaced by ***. */
int sito_show_url(SitoBuffer *shown, SitoText url, const char *hidden,
                  const char *secret) SITO_MUST_CHECK;

/* Appends a text in which every occurrence of `secret` (may be NULL) is replaced by ***. */
int sito_hide_text(SitoBuffer *shown, SitoText text, const char *secret) SITO_MUST_CHECK;

#endif
