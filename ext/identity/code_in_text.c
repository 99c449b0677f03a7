/*
** Numbers that begin with letters, inside a text: identity cards and passports, land registers, bank accounts
** with PL, addresses of electronic delivery, number plates.
**
** R1  A series is found by its check digit, with less confidence where no word announces it; behind its word
**     also with a wrong check digit.
** R2  A land register, an IBAN, an address of electronic delivery are found by their form and check digits.
** R3  The letters are capitals: „nr 82 …” is no bank account of Nauru; and the check digits of an account stand
**     close to its country. A foreign one is written in one piece or in fours.
** R4  A number plate only behind its word (nr rej.): too much else is two letters and five signs.
*/
#include <string.h>

#include "find.h"
#include "words.h"

enum { LONGEST = 48, LONGEST_SERIES = 5, DELIVERY = 21, POLISH_ACCOUNT = 28 };

static bool is_alnum(SitoSign sign) {
    return sign == SIGN_DIGIT || sign == SIGN_LETTER;
}

/* Plates, cards and passports, land registers, addresses of delivery, accounts: whether a number of
** so many signs, begun by this word, can be one. */
static bool is_size_of_one(SitoText text, const SitoToken *token, size_t signs, bool in_fours) {
    if (signs < 15) {
        return (signs >= 6 && signs <= 9) || signs == 13;
    }
    const char *first = text.data + token->start;
    if (memcmp(first, "AE", 2) == 0 && signs == DELIVERY) {
        return true;
    }
    bool account = sito_is_digit_at(text, token->start + 2); /* R3; nr 61 1090 … */
    return account && (memcmp(first, "PL", 2) == 0 ? signs == POLISH_ACCOUNT
                                                   : in_fours && signs <= SITO_CODE_LONGEST);
}

static double judge_series(const SitoCode *code, uint32_t words, SitoIdentityKind *kind) {
    bool card = sito_id_card_valid(code), passport = sito_passport_valid(code);
    bool card_form = code->digits == 6 && code->signs[2] >= 'A' && code->signs[3] <= '9';
    bool passport_form = code->digits == 7 && code->signs[1] >= 'A' && code->signs[2] <= '9';
    uint32_t papers = SITO_KIND(SITO_ID_CARD) | SITO_KIND(SITO_PASSPORT);
    *kind = card_form ? SITO_ID_CARD : SITO_PASSPORT;
    bool announced = (words & papers) != 0 && (card_form || passport_form);
    return card || passport ? (announced ? 0.98 : 0.6) : announced ? 0.7 : 0;
}

static double judge(const SitoCode *code, uint32_t words, SitoIdentityKind *kind) {
    if (code->signs[0] < 'A' || code->digits == code->size) {
        return 0;
    }
    if ((words & SITO_KIND(SITO_PLATE)) != 0 && code->size >= 6 && code->size <= 8 &&
        code->digits >= 1) {
        *kind = SITO_PLATE;
        return 0.9;
    }
    if (code->size == 9) {
        return judge_series(code, words, kind);
    }
    *kind = SITO_LAND_REGISTER;
    if (sito_land_register_valid(code)) {
        return 0.97;
    }
    if (code->size == 13 && code->groups == 0x481 && (words & SITO_KIND(SITO_LAND_REGISTER)) != 0) {
        return 0.7;
    }
    *kind = SITO_EDELIVERY;
    if (sito_edelivery_valid(code)) {
        return 0.98;
    }
    *kind = SITO_IBAN;
    return code->size >= 15 && sito_iban_valid(code) ? 0.98 : 0;
}

int sito_find_code(SitoSearch *search, const SitoToken *token) {
    SitoText text = search->text;
    size_t before = token->start > 0 ? token->start - 1 : 0;
    bool tied = token->start > 0 && (sito_is_digit_at(text, before) || text.data[before] == '_' ||
                                     text.data[before] == '-' || text.data[before] == '/');
    bool capital = text.data[token->start] >= 'A' && text.data[token->start] <= 'Z';
    if (tied || !capital || token->end - token->start < 2 ||
        token->end - token->start > LONGEST_SERIES) {
        return SITO_OK;
    }
    uint32_t words = 0;
    bool asked = false, in_fours = true;
    SitoHit best = {0};
    size_t digits = 0, signs = 0, last = 0;
    for (size_t i = token->start; i < text.size && i - token->start < LONGEST;) {
        size_t next = i;
        char plain;
        SitoSign sign = sito_sign_next(text, &next, &plain);
        if (!is_alnum(sign)) {
            bool joins = sign == SIGN_BLANK || sign == SIGN_DASH || sign == SIGN_SLASH ||
                         sign == SIGN_COLON || sign == SIGN_NOTHING;
            if (!joins || (sign == SIGN_BLANK && digits == 0 && signs > 4)) {
                break;
            }
            in_fours = in_fours && (signs % 4 == 0 || sign == SIGN_NOTHING);
            i = next;
            continue;
        }
        bool other_word = last > 0 && last < i && text.data[i] >= 'a' && text.data[i] <= 'z';
        if (other_word) {
            break; /* nr rej. EL 1234K i … */
        }
        digits += sign == SIGN_DIGIT;
        signs++;
        last = next;
        i = next;
        size_t ignored = next;
        SitoSign following = next < text.size ? sito_sign_next(text, &ignored, &plain) : SIGN_BLANK;
        if (is_alnum(following) || following == SIGN_WORD || digits == 0 ||
            !is_size_of_one(text, token, signs, in_fours)) {
            continue;
        }
        SitoCode code;
        SitoIdentityKind kind = SITO_IBAN;
        if (!sito_code_read((SitoText){text.data + token->start, last - token->start}, &code)) {
            break;
        }
        bool needs_words = code.size <= 13;
        words = asked || !needs_words ? words : sito_words_before(text, token->start);
        asked = asked || needs_words;
        double confidence = judge(&code, words, &kind);
        if (confidence > 0) {
            best = (SitoHit){
                .start = token->start, .end = last, .kind = kind, .confidence = confidence};
        }
    }
    return best.confidence > 0 ? sito_search_emit(search, best) : SITO_OK;
}
