/*
** The words of a text, in order, with what lies between them and what each is to redaction
** (redact_words_core.c, redact_lexicon_core.c).
*/
#ifndef SITO_ANONYMISE_REDACT_WORDS_H
#define SITO_ANONYMISE_REDACT_WORDS_H

#include "base/sito.h"
#include "base/watch.h"

/* What lies in front of a word, as bits. */
enum {
    GAP_BLANK = 1 << 0,
    GAP_LINE = 1 << 1,
    GAP_PARAGRAPH = 1 << 2, /* an empty line, or the beginning of the text */
    GAP_STOP = 1 << 3,      /* . ! ? */
    GAP_COMMA = 1 << 4,
    GAP_SEMICOLON = 1 << 5,
    GAP_COLON = 1 << 6,
    GAP_HYPHEN = 1 << 7, /* a hyphen with no blank on either side */
    GAP_DASH = 1 << 8,
    GAP_OPEN = 1 << 9,
    GAP_CLOSE = 1 << 10,
    GAP_QUOTE = 1 << 11,
    GAP_SLASH = 1 << 12,
    GAP_PIPE = 1 << 13, /* | of a table, and ; is not one */
    GAP_MARK = 1 << 14, /* █ */
    GAP_OTHER = 1 << 15
};

/* What a word is, as bits beside those of identity. */
enum {
    WORD_FUNCTION = 1 << 0, /* a public function: dyrektor, radnego */
    WORD_DOUBTFUL = 1 << 1, /* a function that may be private: prezes, komornik */
    WORD_OBLIQUE = 1 << 2,  /* of these: not in the nominative */
    WORD_PLURAL = 1 << 3,   /* of these: radni, członkowie */
    WORD_ROLE = 1 << 4,     /* a private person: skarżąca, najemca */
    WORD_FAMILY = 1 << 5,
    WORD_FORMER = 1 << 6,
    WORD_POLITE = 1 << 7,   /* pan, pani */
    WORD_ACADEMIC = 1 << 8, /* dr, mgr; also p.o. */
    WORD_HOME = 1 << 9,     /* zam., zamieszkały, mieszka */
    WORD_STREET = 1 << 10,
    WORD_LEGAL = 1 << 11, /* spółka, fundacja: an entity that is no person */
    WORD_OFFICE = 1 << 12,
    WORD_CITE = 1 << 13,  /* zob., komentarz, wyd. */
    WORD_PLACE = 1 << 14, /* w, gmina: what follows is a place */
    WORD_LINK = 1 << 15,  /* joins the words of a function: ds., do, spraw, i */
    WORD_PATRON = 1 << 16,
    WORD_PAPER = 1 << 17,    /* dowód, paszport, legitymacja */
    WORD_ENDS = 1 << 18,     /* ends the phrase of a function: że, dla, przez */
    WORD_CONTRACT = 1 << 19, /* budowy, nadzoru: of a contractor */
    WORD_CITY = 1 << 20,     /* miejski, gminny: of the city */
    WORD_NUMBER = 1 << 21,
    WORD_SIGNED = 1 << 22 /* z up.: who stands behind it signs for an organ */
};

typedef struct AnonWord {
    uint32_t start, end; /* bytes of the text */
    uint32_t lower;      /* where its lower-case form begins in AnonWords.lower; ends with NUL */
    uint32_t size;       /* of that form */
    uint32_t signs;      /* SITO_WORD_ bits of identity */
    uint32_t is;         /* WORD_ bits */
    uint32_t gap;        /* GAP_ bits */
    bool capital, initial, caps, roman;
} AnonWord;

typedef struct AnonWords {
    SitoText text;
    AnonWord *items;
    size_t count, capacity;
    SitoBuffer lower;
} AnonWords;

int anon_words_read(SitoText text, const SitoWatch *watch, AnonWords *words) SITO_MUST_CHECK;
void anon_words_free(AnonWords *words);

static inline const char *anon_word_lower(const AnonWords *words, size_t i) {
    return words->lower.data + words->items[i].lower;
}

bool anon_word_is(const AnonWords *words, size_t i, const char *lower);
/* The first word that begins at or behind a byte; the count when there is none. */
size_t anon_word_at(const AnonWords *words, size_t byte);

/* The WORD_ bits of a word in lower case (redact_lexicon_core.c). */
uint32_t anon_lexicon_look(const char *lower, size_t size);
bool anon_lexicon_is_sorted(void);

#endif
