/*
** Encodings of office files: which byte is which letter, and which encoding a file is in.
**
** R1  Tables are the public mappings of the Unicode consortium (MAPPINGS/VENDORS/MICSFT, ISO8859).
**     A byte that a mapping does not define, and a C1 control of ISO-8859-2, belongs to no text.
** R2  A line in another encoding than its file, text that was encoded twice, and U+FFFD are seen
**     line by line, while a file is read.
** R3  Detection looks at every byte, never at a sample, and only among encodings that Polish
**     offices write. UTF-8 is proved by its form; the others differ in the bytes of ą ś ź Ą Ś Ź.
*/
#ifndef SITO_CSV_ENCODING_CORE_H
#define SITO_CSV_ENCODING_CORE_H

#include "csv.h"

/* The length of the longest prefix of text that is made of whole characters of the encoding and has
** no `odd` one, which is well-formed but may be what is left of another letter: sito_encoding_odd
** tells. *odd: it ended before such a character (of UTF-8, three bytes at most). UTF-16 is turned
** into
** UTF-8 before it comes here, so all functions take it for UTF-8. */
size_t sito_encoding_valid(SitoEncoding encoding, SitoText text, bool *odd);

/* What the odd character at the beginning of text means, with what follows it:
** SITO_CSV_REPLACEMENT, SITO_CSV_DOUBLE_ENCODED or SITO_CSV_SOUND. *size is its length in bytes. */
SitoCsvDefect sito_encoding_odd(SitoText text, size_t *size);

/* True when the bytes are text with Polish letters in that encoding and nothing beyond ASCII is
** left over: a line that fits another encoding than its file. */
bool sito_encoding_fits(SitoEncoding encoding, SitoText text);

/* Appends text as UTF-8. A byte that is no text, NUL included, becomes U+FFFD. */
int sito_encoding_convert(SitoEncoding encoding, SitoText text, SitoBuffer *out) SITO_MUST_CHECK;

/* True when the bytes stand for themselves in UTF-8 whatever the encoding: ASCII without NUL. */
bool sito_text_is_plain(SitoText text);

/* What the bytes of a file say of its encoding. Start from {0}; feed every byte in order; finish.
 */
typedef struct SitoEncodingCount {
    uint64_t high[256];  /* how often each byte from 0x80 occurs */
    uint64_t bytes;      /* all of them */
    uint64_t ill_formed; /* bytes outside well-formed UTF-8 */
    uint64_t sequences;  /* well-formed UTF-8 sequences of two bytes and more */
    char tail[4];        /* an unfinished sequence at the end of the last piece */
    size_t tail_size;
    char head[4096]; /* the first bytes, for UTF-16 */
    size_t head_size;
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
