/*
** Encodings of office files (encoding_core.h).
*/
#include "encoding_core.h"

#include <stdio.h>
#include <string.h>

#include "eight.h"

/* The code points of bytes 0x80 to 0xFF; 0: the byte is no text. */
static const uint16_t windows_1250[128] = {
    0x20AC, 0x0000, 0x201A, 0x0000, 0x201E, 0x2026, 0x2020, 0x2021, 0x0000, 0x2030, 0x0160, 0x2039,
    0x015A, 0x0164, 0x017D, 0x0179, 0x0000, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x0000, 0x2122, 0x0161, 0x203A, 0x015B, 0x0165, 0x017E, 0x017A, 0x00A0, 0x02C7, 0x02D8, 0x0141,
    0x00A4, 0x0104, 0x00A6, 0x00A7, 0x00A8, 0x00A9, 0x015E, 0x00AB, 0x00AC, 0x00AD, 0x00AE, 0x017B,
    0x00B0, 0x00B1, 0x02DB, 0x0142, 0x00B4, 0x00B5, 0x00B6, 0x00B7, 0x00B8, 0x0105, 0x015F, 0x00BB,
    0x013D, 0x02DD, 0x013E, 0x017C, 0x0154, 0x00C1, 0x00C2, 0x0102, 0x00C4, 0x0139, 0x0106, 0x00C7,
    0x010C, 0x00C9, 0x0118, 0x00CB, 0x011A, 0x00CD, 0x00CE, 0x010E, 0x0110, 0x0143, 0x0147, 0x00D3,
    0x00D4, 0x0150, 0x00D6, 0x00D7, 0x0158, 0x016E, 0x00DA, 0x0170, 0x00DC, 0x00DD, 0x0162, 0x00DF,
    0x0155, 0x00E1, 0x00E2, 0x0103, 0x00E4, 0x013A, 0x0107, 0x00E7, 0x010D, 0x00E9, 0x0119, 0x00EB,
    0x011B, 0x00ED, 0x00EE, 0x010F, 0x0111, 0x0144, 0x0148, 0x00F3, 0x00F4, 0x0151, 0x00F6, 0x00F7,
    0x0159, 0x016F, 0x00FA, 0x0171, 0x00FC, 0x00FD, 0x0163, 0x02D9,
};

static const uint16_t iso_8859_2[128] = {
    0x0000, 0x0000, 0x0000, 0x0000, 0x0000, 0x0000, 0x0000, 0x0000, 0x0000, 0x0000, 0x0000, 0x0000,
    0x0000, 0x0000, 0x0000, 0x0000, 0x0000, 0x0000, 0x0000, 0x0000, 0x0000, 0x0000, 0x0000, 0x0000,
    0x0000, 0x0000, 0x0000, 0x0000, 0x0000, 0x0000, 0x0000, 0x0000, 0x00A0, 0x0104, 0x02D8, 0x0141,
    0x00A4, 0x013D, 0x015A, 0x00A7, 0x00A8, 0x0160, 0x015E, 0x0164, 0x0179, 0x00AD, 0x017D, 0x017B,
    0x00B0, 0x0105, 0x02DB, 0x0142, 0x00B4, 0x013E, 0x015B, 0x02C7, 0x00B8, 0x0161, 0x015F, 0x0165,
    0x017A, 0x02DD, 0x017E, 0x017C, 0x0154, 0x00C1, 0x00C2, 0x0102, 0x00C4, 0x0139, 0x0106, 0x00C7,
    0x010C, 0x00C9, 0x0118, 0x00CB, 0x011A, 0x00CD, 0x00CE, 0x010E, 0x0110, 0x0143, 0x0147, 0x00D3,
    0x00D4, 0x0150, 0x00D6, 0x00D7, 0x0158, 0x016E, 0x00DA, 0x0170, 0x00DC, 0x00DD, 0x0162, 0x00DF,
    0x0155, 0x00E1, 0x00E2, 0x0103, 0x00E4, 0x013A, 0x0107, 0x00E7, 0x010D, 0x00E9, 0x0119, 0x00EB,
    0x011B, 0x00ED, 0x00EE, 0x010F, 0x0111, 0x0144, 0x0148, 0x00F3, 0x00F4, 0x0151, 0x00F6, 0x00F7,
    0x0159, 0x016F, 0x00FA, 0x0171, 0x00FC, 0x00FD, 0x0163, 0x02D9,
};

static const uint16_t cp852[128] = {
    0x00C7, 0x00FC, 0x00E9, 0x00E2, 0x00E4, 0x016F, 0x0107, 0x00E7, 0x0142, 0x00EB, 0x0150, 0x0151,
    0x00EE, 0x0179, 0x00C4, 0x0106, 0x00C9, 0x0139, 0x013A, 0x00F4, 0x00F6, 0x013D, 0x013E, 0x015A,
    0x015B, 0x00D6, 0x00DC, 0x0164, 0x0165, 0x0141, 0x00D7, 0x010D, 0x00E1, 0x00ED, 0x00F3, 0x00FA,
    0x0104, 0x0105, 0x017D, 0x017E, 0x0118, 0x0119, 0x00AC, 0x017A, 0x010C, 0x015F, 0x00AB, 0x00BB,
    0x2591, 0x2592, 0x2593, 0x2502, 0x2524, 0x00C1, 0x00C2, 0x011A, 0x015E, 0x2563, 0x2551, 0x2557,
    0x255D, 0x017B, 0x017C, 0x2510, 0x2514, 0x2534, 0x252C, 0x251C, 0x2500, 0x253C, 0x0102, 0x0103,
    0x255A, 0x2554, 0x2569, 0x2566, 0x2560, 0x2550, 0x256C, 0x00A4, 0x0111, 0x0110, 0x010E, 0x00CB,
    0x010F, 0x0147, 0x00CD, 0x00CE, 0x011B, 0x2518, 0x250C, 0x2588, 0x2584, 0x0162, 0x016E, 0x2580,
    0x00D3, 0x00DF, 0x00D4, 0x0143, 0x0144, 0x0148, 0x0160, 0x0161, 0x0154, 0x00DA, 0x0155, 0x0170,
    0x00FD, 0x00DD, 0x0163, 0x00B4, 0x00AD, 0x02DD, 0x02DB, 0x02C7, 0x02D8, 0x00A7, 0x00F7, 0x00B8,
    0x00B0, 0x00A8, 0x02D9, 0x0171, 0x0158, 0x0159, 0x25A0, 0x00A0,
};

static const uint16_t *const tables[SITO_ENCODINGS] = {
    [SITO_WINDOWS_1250] = windows_1250,
    [SITO_ISO_8859_2] = iso_8859_2,
    [SITO_CP852] = cp852,
};

static const char *const names[SITO_ENCODINGS] = {
    [SITO_UTF_8] = "utf-8",           [SITO_UTF_16LE] = "utf-16le",
    [SITO_UTF_16BE] = "utf-16be",     [SITO_WINDOWS_1250] = "windows-1250",
    [SITO_ISO_8859_2] = "iso-8859-2", [SITO_CP852] = "cp852",
};

const char *sito_encoding_name(SitoEncoding encoding) {
    return names[encoding];
}

SitoEncoding sito_encoding_named(SitoText name) {
    static const struct {
        const char *name;
        SitoEncoding encoding;
    } aliases[] = {{"utf8", SITO_UTF_8},
                   {"cp1250", SITO_WINDOWS_1250},
                   {"iso8859-2", SITO_ISO_8859_2},
                   {"latin2", SITO_ISO_8859_2},
                   {"ibm852", SITO_CP852}};
    for (int e = 0; e < SITO_ENCODINGS; e++) {
        SitoText known = {.data = names[e], .size = strlen(names[e])};
        if (sito_text_equal_nocase(name, known)) {
            return (SitoEncoding)e;
        }
    }
    for (size_t i = 0; i < SITO_COUNT(aliases); i++) {
        SitoText known = {.data = aliases[i].name, .size = strlen(aliases[i].name)};
        if (sito_text_equal_nocase(name, known)) {
            return aliases[i].encoding;
        }
    }
    return SITO_ENCODINGS;
}

/* The number of bytes below 0x80 that text begins with. */
static size_t ascii_prefix(SitoText text) {
    size_t i = 0;
    for (uint64_t words[2]; i + 16 <= text.size; i += 16) {
        memcpy(words, text.data + i, 16);
        if (((words[0] | words[1]) & 0x8080808080808080u) != 0) {
            break;
        }
    }
    while (i < text.size && (unsigned char)text.data[i] < 0x80) {
        i++;
    }
    return i;
}

bool sito_text_is_plain(SitoText text) {
    return ascii_prefix(text) == text.size &&
           (text.size == 0 || memchr(text.data, 0, text.size) == NULL);
}

/* The characters that UTF-8 has where text was encoded twice: Ã Ä Å (C3 83 to C3 85), Ă (C4 82) and
** Ĺ (C4 B9) are what the first bytes of Polish letters become; EF BF BD is U+FFFD. */
static bool is_odd_pair(unsigned char lead, unsigned char second) {
    return (lead == 0xC3 && second >= 0x83 && second <= 0x85) ||
           (lead == 0xC4 && (second == 0x82 || second == 0xB9));
}

/* The character at i, which is not ASCII and no ordinary pair: its length, or 0 where the text ends
** to be valid. */
static size_t rare_step(SitoText text, size_t i, bool *odd) {
    const unsigned char *p = (const unsigned char *)text.data + i;
    if (i + 1 < text.size && is_odd_pair(p[0], p[1])) {
        *odd = true;
        return 0;
    }
    SitoText rest = {.data = text.data + i, .size = text.size - i};
    size_t size = 0;
    bool replacement = sito_utf8_next(rest, &size) == 0xFFFD;
    *odd = replacement && size == 3;
    return replacement ? 0 : size;
}

/* Two bytes that are a letter like any other: nearly all that is not ASCII in a Polish text. */
static inline bool is_pair(const char *at) {
    unsigned char lead = (unsigned char)at[0], second = (unsigned char)at[1];
    return lead >= 0xC2 && lead <= 0xDF && (second & 0xC0) == 0x80 && !is_odd_pair(lead, second);
}

static size_t utf8_valid(SitoText text, bool *odd) {
    size_t i = 0, size;
    while (i + 16 < text.size) { /* one byte more than is looked at: the second of a pair */
        uint64_t first = sito_eight_load(text.data + i) & SITO_EIGHT_HIGH;
        uint64_t second = sito_eight_load(text.data + i + 8) & SITO_EIGHT_HIGH;
        if ((first | second) == 0) {
            i += 16;
            continue;
        }
        i += first != 0 ? sito_eight_first(first) : 8 + sito_eight_first(second);
        size = is_pair(text.data + i) ? 2 : rare_step(text, i, odd);
        if (size == 0) {
            return i;
        }
        i += size;
    }
    while (i < text.size) {
        bool ascii = (unsigned char)text.data[i] < 0x80;
        bool pair = i + 1 < text.size && is_pair(text.data + i);
        size = ascii ? 1 : pair ? 2 : rare_step(text, i, odd);
        if (size == 0) {
            return i;
        }
        i += size;
    }
    return i;
}

size_t sito_encoding_valid(SitoEncoding encoding, SitoText text, bool *odd) {
    const uint16_t *table = tables[encoding];
    *odd = false;
    if (table == NULL) {
        return utf8_valid(text, odd);
    }
    size_t i = 0;
    while (i < text.size) {
        i += ascii_prefix((SitoText){.data = text.data + i, .size = text.size - i});
        for (; i < text.size && (unsigned char)text.data[i] >= 0x80; i++) {
            if (table[(unsigned char)text.data[i] - 0x80] == 0) {
                return i;
            }
        }
    }
    return i;
}

/* The byte that windows-1250, windows-1252 or ISO-8859-1 shows as this character; 0: none of them.
** */
static unsigned char byte_shown_as(uint32_t codepoint) {
    if (codepoint == 0x192 || codepoint == 0x2DC) { /* the two that only windows-1252 has */
        return codepoint == 0x192 ? 0x83 : 0x98;
    }
    for (int byte = 0x80; byte < 0x100; byte++) {
        if (windows_1250[byte - 0x80] == codepoint) {
            return (unsigned char)byte;
        }
    }
    return codepoint < 0x100 ? (unsigned char)codepoint : 0;
}

static bool is_polish(uint32_t codepoint);

SitoCsvDefect sito_encoding_odd(SitoText text, size_t *size) {
    *size = 0;
    uint32_t first = sito_utf8_next(text, size);
    if (first == 0xFFFD) {
        return SITO_CSV_REPLACEMENT;
    }
    size_t next = *size;
    uint32_t second = next < text.size ? sito_utf8_next(text, &next) : 0;
    unsigned char lead = first == 0xC3 || first == 0x102 ? 0xC3 : first == 0xC4 ? 0xC4 : 0xC5;
    unsigned char bytes[2] = {lead, 0};
    /* A letter of windows-1252 that windows-1250 has elsewhere: ¹ º ¼ ³ stand for themselves. */
    bytes[1] = second < 0x100 && second >= 0x80 ? (unsigned char)second : byte_shown_as(second);
    SitoText pair = {.data = (const char *)bytes, .size = 2};
    size_t position = 0;
    bool letter = bytes[1] >= 0x80 && is_polish(sito_utf8_next(pair, &position)) && position == 2;
    return letter ? SITO_CSV_DOUBLE_ENCODED : SITO_CSV_SOUND;
}

bool sito_encoding_fits(SitoEncoding encoding, SitoText text) {
    size_t letters = 0;
    for (size_t i = 0; i < text.size;) {
        unsigned char byte = (unsigned char)text.data[i];
        uint32_t codepoint;
        if (byte < 0x80) {
            i++;
            continue;
        }
        if (encoding == SITO_UTF_8) {
            size_t before = i;
            codepoint = sito_utf8_next(text, &i);
            if (codepoint == 0xFFFD && i == before + 1) {
                return false;
            }
        } else {
            codepoint = tables[encoding][byte - 0x80];
            i++;
        }
        bool letter = is_polish(codepoint);
        letters += letter;
        if (!letter && encoding != SITO_UTF_8) {
            return false;
        }
    }
    return letters > 0;
}

int sito_encoding_convert(SitoEncoding encoding, SitoText text, SitoBuffer *out) {
    /* Three bytes of UTF-8 for one byte of text is the worst case: U+FFFD, or a sign like U+20AC.
     */
    int rc = sito_buffer_reserve(out, text.size * 3);
    if (rc != SITO_OK || text.size == 0) {
        return rc;
    }
    size_t position = 0;
    while (position < text.size) {
        uint32_t codepoint;
        if (tables[encoding] == NULL) {
            codepoint = sito_utf8_next(text, &position);
        } else {
            unsigned char byte = (unsigned char)text.data[position++];
            codepoint = byte < 0x80 ? byte : tables[encoding][byte - 0x80];
        }
        out->size += sito_utf8_encode(codepoint == 0 ? 0xFFFD : codepoint, out->data + out->size);
    }
    return SITO_OK;
}

/* ---- detection ---- */

/* One step through what is not ASCII: a well-formed sequence, or one byte outside of any. Returns 0
** when the piece ends inside a sequence that may still become well-formed. */
static size_t count_step(SitoEncodingCount *count, SitoText rest) {
    size_t position = 0;
    bool ill_formed = sito_utf8_next(rest, &position) == 0xFFFD && position == 1;
    if (!ill_formed) {
        count->sequences++;
        return position;
    }
    unsigned char lead = (unsigned char)rest.data[0];
    size_t length = lead >= 0xF0 && lead <= 0xF4  ? 4
                    : lead >= 0xE0 && lead < 0xF0 ? 3
                    : lead >= 0xC2 && lead < 0xE0 ? 2
                                                  : 1;
    bool may_continue = rest.size < length;
    for (size_t i = 1; i < rest.size && may_continue; i++) {
        may_continue = ((unsigned char)rest.data[i] & 0xC0) == 0x80;
    }
    if (may_continue) {
        return 0;
    }
    count->ill_formed++;
    return 1;
}

/* How often each byte above 0x7F stands there. */
static void count_high(SitoEncodingCount *count, SitoText text) {
    size_t i = 0;
    for (; i + 8 <= text.size; i += 8) {
        uint64_t high = sito_eight_load(text.data + i) & SITO_EIGHT_HIGH;
        for (; high != 0; high &= high - 1) {
            count->high[(unsigned char)text.data[i + sito_eight_first(high)]]++;
        }
    }
    for (; i < text.size; i++) {
        unsigned char byte = (unsigned char)text.data[i];
        count->high[byte] += byte >= 0x80;
    }
}

static void count_utf8(SitoEncodingCount *count, SitoText text) {
    size_t i = 0;
    while (i < text.size) {
        SitoText rest = {.data = text.data + i, .size = text.size - i};
        size_t ascii = ascii_prefix(rest);
        i += ascii;
        if (i == text.size) {
            break;
        }
        if (i + 1 < text.size && is_pair(text.data + i)) { /* in short what count_step does */
            count->sequences++;
            i += 2;
            continue;
        }
        rest = (SitoText){.data = text.data + i, .size = text.size - i};
        size_t step = count_step(count, rest);
        if (step == 0) {
            memcpy(count->tail, rest.data, rest.size);
            count->tail_size = rest.size;
            break;
        }
        i += step;
    }
}

void sito_encoding_feed(SitoEncodingCount *count, SitoText piece) {
    size_t room = sizeof count->head - count->head_size;
    size_t kept = piece.size < room ? piece.size : room;
    if (kept > 0) {
        memcpy(count->head + count->head_size, piece.data, kept);
        count->head_size += kept;
    }
    count->bytes += piece.size;
    count_high(count, piece);
    /* The sequence that the last piece broke off is finished first, byte by byte. */
    while (count->tail_size > 0 && piece.size > 0) {
        char joined[sizeof count->tail + 1];
        memcpy(joined, count->tail, count->tail_size);
        joined[count->tail_size] = piece.data[0];
        SitoText text = {.data = joined, .size = count->tail_size + 1};
        piece = (SitoText){.data = piece.data + 1, .size = piece.size - 1};
        count->tail_size = 0;
        count_utf8(count, text);
    }
    count_utf8(count, piece);
}

/* Polish letters outside ASCII. */
static bool is_polish(uint32_t codepoint) {
    static const uint16_t letters[] = {0x104, 0x105, 0x106, 0x107, 0x118, 0x119,
                                       0x141, 0x142, 0x143, 0x144, 0xD3,  0xF3,
                                       0x15A, 0x15B, 0x179, 0x17A, 0x17B, 0x17C};
    for (size_t i = 0; i < SITO_COUNT(letters); i++) {
        if (letters[i] == codepoint) {
            return true;
        }
    }
    return false;
}

/* How well the bytes fit one encoding: the share of its high bytes that are Polish letters, less
** those that are no text at all. 1 is a perfect fit. */
static double fit(const SitoEncodingCount *count, SitoEncoding encoding, uint64_t *polish) {
    uint64_t total = 0, wrong = 0;
    *polish = 0;
    for (int byte = 0x80; byte < 0x100; byte++) {
        uint16_t codepoint = tables[encoding][byte - 0x80];
        total += count->high[byte];
        *polish += is_polish(codepoint) ? count->high[byte] : 0;
        wrong += codepoint == 0 ? count->high[byte] : 0;
    }
    return total == 0 ? 0 : ((double)*polish - (double)wrong) / (double)total;
}

static void say(SitoEncodingGuess *guess, double confidence, const char *format, ...) {
    va_list args;
    va_start(args, format);
    (void)vsnprintf(guess->evidence, sizeof guess->evidence, format, args);
    va_end(args);
    guess->confidence = confidence;
}

static void guess_one_byte(const SitoEncodingCount *count, SitoEncodingGuess *guess) {
    double best = -2, second = -2;
    uint64_t letters = 0;
    for (int e = SITO_WINDOWS_1250; e < SITO_ENCODINGS; e++) { /* the first of equals stays */
        uint64_t polish;
        double score = fit(count, (SitoEncoding)e, &polish);
        if (score > best) {
            second = best;
            best = score;
            guess->encoding = (SitoEncoding)e;
            letters = polish;
        } else if (score > second) {
            second = score;
        }
    }
    double lead = best - second;
    say(guess,
        best <= 0  ? 0.2
        : lead > 0 ? 0.9
                   : 0.6,
        "%lld bytes are not UTF-8; read as %s, %lld bytes are Polish letters%s",
        (long long)count->ill_formed, names[guess->encoding], (long long)letters,
        lead > 0 ? "" : ", as in other encodings: none of the letters that differ occurs");
}

/* UTF-16: told by its byte order mark, or by zero bytes on one side of most units. */
static bool guess_utf16(const SitoEncodingCount *count, SitoEncodingGuess *guess) {
    size_t even = 0, odd = 0, size = count->head_size;
    for (size_t i = 0; i < size; i++) {
        even += count->head[i] == 0 && i % 2 == 0;
        odd += count->head[i] == 0 && i % 2 == 1;
    }
    bool little = size >= 2 && memcmp(count->head, "\xFF\xFE", 2) == 0;
    bool big = size >= 2 && memcmp(count->head, "\xFE\xFF", 2) == 0;
    guess->encoding = big || (!little && even > odd) ? SITO_UTF_16BE : SITO_UTF_16LE;
    guess->bom = little || big;
    if (guess->bom) {
        say(guess, 1, "byte order mark of UTF-16");
        return true;
    }
    size_t one = even > odd ? even : odd, other = even > odd ? odd : even;
    if (size >= 4 && size % 2 == 0 && one * 10 >= size * 3 && other * 20 <= one) {
        say(guess, 0.9,
            "%zu of the first %zu bytes are zero, all at %s offsets: UTF-16 without mark", one,
            size, even > odd ? "even" : "odd");
        return true;
    }
    return false;
}

SitoEncodingGuess sito_encoding_guess(SitoEncodingCount *count) {
    SitoEncodingGuess guess = {0};
    count->ill_formed += count->tail_size;
    count->tail_size = 0;
    long long sequences = (long long)count->sequences, wrong = (long long)count->ill_formed;
    if (guess_utf16(count, &guess)) {
        return guess;
    }
    guess.encoding = SITO_UTF_8;
    guess.bom = count->head_size >= 3 && memcmp(count->head, "\xEF\xBB\xBF", 3) == 0;
    if (guess.bom) {
        say(&guess, wrong == 0 ? 1 : 0.9, "byte order mark of UTF-8; %lld bytes are ill-formed",
            wrong);
    } else if (wrong == 0 && sequences == 0) {
        say(&guess, 1, "only ASCII bytes");
    } else if (wrong == 0) {
        say(&guess, 0.99, "%lld well-formed UTF-8 sequences and no ill-formed byte", sequences);
    } else if (wrong <= sequences) { /* one-byte text hardly ever looks like UTF-8 */
        say(&guess, 0.8, "%lld well-formed UTF-8 sequences and %lld ill-formed bytes", sequences,
            wrong);
    } else {
        guess_one_byte(count, &guess);
    }
    return guess;
}
