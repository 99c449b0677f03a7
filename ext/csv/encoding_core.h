/*
** Encodings of office files: which byte is which letter, and which encoding a file is in.
**
** R1  Tables are the public mappings of the Unicode consortium (MAPPINGS/VENDORS/MICSFT, ISO8859).
**     A byte that a mapping does not define, and a C1 control of ISO-8859-2, belongs to no text.
** R2  Detection looks at every byte, never at a sample, and only among encodings that Polish
*offices
**     write. UTF-8 is proved by its form; the others differ in the bytes of ą ś ź Ą Ś Ź.
*/
#ifndef SITO_CSV_ENCODING_CORE_H
#define SITO_CSV_ENCODING_CORE_H

#include "csv.h"

/* The length of the longest prefix of text that is made of whole characters of the encoding. */
size_t sito_encoding_valid(SitoEncoding encoding, SitoText text);

/* Appends text as UTF-8. A byte that is no text, NUL included, becomes U+FFFD. */
int sito_encoding_convert(SitoEncoding encoding, SitoText text, SitoBuffer *out) SITO_MUST_CHECK;

/* True when the bytes stand for themselves in UTF-8 whatever the encoding: ASCII without NUL. */
bool sito_text_is_plain(SitoText text);

/* What the bytes of a file say of its encoding. Start from {0}; feed every byte in order; finish.
 */
typedef struct SitoEncodingCount {
    uint64_t high[256];   /* how often each byte from 0x80 occurs */
    uint64_t bytes, nuls; /* all bytes; zero bytes */
    uint64_t ill_formed;  /* bytes outside well-formed UTF-8 */
    uint64_t sequences;   /* well-formed UTF-8 sequences of two bytes and more */
    char tail[4];         /* an unfinished sequence at the end of the last piece */
    size_t tail_size;
    bool bom;
} SitoEncodingCount;

typedef struct SitoEncodingGuess {
    SitoEncoding encoding;
    bool bom;           /* the file begins with a byte order mark */
    double confidence;  /* 0..1 */
    char evidence[200]; /* one English sentence: which bytes decided */
} SitoEncodingGuess;

void sito_encoding_feed(SitoEncodingCount *count, SitoText piece);
SitoEncodingGuess sito_encoding_guess(SitoEncodingCount *count);

#endif
