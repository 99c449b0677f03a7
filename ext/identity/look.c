/*
** What one value can be: a single pass over its bytes sends nearly every cell home, the rest are
** read as a code once (code.c) and tried by the validators that fit their length. No regular
** expression.
**
** R1  Fewer than six digits and no @: nothing, after one loop.
** R2  Nine digits are a REGON before they are a phone number, unless they are grouped like a phone
**     number.
** R3  A longer value is searched by sito_identity_find.
*/
#include "code.h"
#include "identity.h"

static const struct {
    const char *name, *basis;
} kinds_told[] = {
    [SITO_PESEL] = {"pesel", "§ 3 (4) 4"},
    [SITO_NIP] = {"nip", "§ 3 (4) 4"},
    [SITO_EMAIL] = {"email", "§ 3 (4) 6"},
    [SITO_IBAN] = {"iban", "§ 4 (2)"},
    [SITO_LAND_REGISTER] = {"land_register", "§ 4 (2)"},
    [SITO_EDELIVERY] = {"edelivery", "§ 4 (2)"},
    [SITO_ID_CARD] = {"id_card", "§ 3 (4) 3"},
    [SITO_PASSPORT] = {"passport", "§ 3 (4) 3"},
    [SITO_REGON] = {"regon", "§ 4 (2)"},
    [SITO_PHONE] = {"phone", "§ 3 (4) 7"},
    [SITO_PWZ] = {"pwz", "§ 3 (4) 3"},
    [SITO_PLATE] = {"plate", "§ 4 (2)"},
    [SITO_NAME] = {"name", "§ 3 (4) 1"},
    [SITO_ADDRESS] = {"address", "§ 3 (4) 5"},
    [SITO_BIRTH_DATE] = {"birth_date", "§ 3 (4) 2"},
    [SITO_BIRTH_PLACE] = {"birth_place", "§ 3 (4) 2"},
    [SITO_POSTAL_CODE] = {"postal_code", "§ 3 (4) 5"},
    [SITO_IP_ADDRESS] = {"ip_address", "§ 4 (2)"},
    [SITO_COORDINATES] = {"coordinates", "§ 3 (4) 5"},
};

const char *sito_identity_name(SitoIdentityKind kind) {
    return kinds_told[kind].name;
}

const char *sito_identity_basis(SitoIdentityKind kind) {
    return kinds_told[kind].basis;
}

enum { FEWEST_DIGITS = 6, LONGEST_CODE_TEXT = 128 };

typedef struct Glance {
    size_t digits; /* and characters that may be digits in another dress, or stand between digits */
    bool at;
} Glance;

static Glance glance(SitoText value) {
    /* E2, EF and F0 begin full-width, raised and mathematical digits; no Polish letter begins so */
    static const unsigned char counts[256] = {
        ['0'] = 1, ['1'] = 1, ['2'] = 1, ['3'] = 1,  ['4'] = 1,  ['5'] = 1, ['6'] = 1,
        ['7'] = 1, ['8'] = 1, ['9'] = 1, [0xE2] = 1, [0xEF] = 1, [0xF0] = 1};
    Glance seen = {0};
    for (size_t i = 0; i < value.size; i++) {
        unsigned char c = (unsigned char)value.data[i];
        seen.digits += counts[c];
        seen.at |= c == '@';
    }
    return seen;
}

static SitoText trim(SitoText text) {
    while (text.size > 0 && (unsigned char)text.data[0] <= ' ') {
        text.data++, text.size--;
    }
    while (text.size > 0 && (unsigned char)text.data[text.size - 1] <= ' ') {
        text.size--;
    }
    return text;
}

static bool is_email(SitoText value) {
    SitoText text = trim(value);
    for (size_t at = 0; at < text.size; at++) {
        size_t start, end;
        if (text.data[at] == '@') {
            return sito_email_around(text, at, &start, &end) && start == 0 && end == text.size;
        }
    }
    return false;
}

static void look_at_phone(const SitoCode *code, SitoLook *look) {
    uint32_t phone = SITO_KIND(SITO_PHONE);
    switch (sito_phone_form(code)) {
    case PHONE_NONE:
        return;
    case PHONE_WEAK:
        look->weak |= phone;
        break;
    case PHONE_LOOSE:
        look->loose |= phone;
        break;
    case PHONE_STRONG:
        break;
    }
    look->kinds |= phone;
    if (code->groups > 0xF) { /* R2 */
        look->weak |= look->kinds & SITO_KIND(SITO_REGON);
    }
}

static void look_at_eleven(const SitoCode *code, SitoLook *look) {
    uint32_t pesel = SITO_KIND(SITO_PESEL);
    bool like_amount = code->groups == 0x2333 && code->separators == SITO_SIGN(SIGN_BLANK);
    if (sito_pesel_valid(code)) {
        look->kinds |= pesel;
        look->weak |= like_amount ? pesel : 0; /* 12 345 678 901 */
    }
    look->shaped |= sito_code_is_number(code, 11) && !like_amount ? pesel : 0;
}

/* Numbers with letters; of the right length and form alone they are shaped like one. */
static void look_at_series(const SitoCode *code, SitoLook *look) {
    bool card = sito_id_card_valid(code), passport = sito_passport_valid(code);
    if (code->size == 9 && code->digits >= 6 && code->digits <= 7) {
        look->shaped |= code->digits == 6 ? SITO_KIND(SITO_ID_CARD) : SITO_KIND(SITO_PASSPORT);
    }
    look->kinds |= (card ? SITO_KIND(SITO_ID_CARD) : 0) |
                   (passport ? SITO_KIND(SITO_PASSPORT) : 0) |
                   (sito_land_register_valid(code) ? SITO_KIND(SITO_LAND_REGISTER) : 0) |
                   (sito_edelivery_valid(code) ? SITO_KIND(SITO_EDELIVERY) : 0);
}

static void look_at_code(const SitoCode *code, SitoLook *look) {
    if (code->digits < code->size) {
        look_at_series(code, look);
    }
    if (code->size >= 15 && sito_iban_valid(code)) {
        look->kinds |= SITO_KIND(SITO_IBAN);
    }
    look->shaped |= code->digits == 26 ? SITO_KIND(SITO_IBAN) : 0;
    switch (code->size) {
    case 11:
        look_at_eleven(code, look);
        break;
    case 10:
    case 12:
        look->shaped |= code->digits == 10 ? SITO_KIND(SITO_NIP) : 0;
        look->kinds |= sito_nip_valid(code) ? SITO_KIND(SITO_NIP) : 0;
        break;
    case 9:
    case 14:
        look->shaped |= sito_code_is_number(code, code->size) ? SITO_KIND(SITO_REGON) : 0;
        look->kinds |= sito_regon_valid(code) ? SITO_KIND(SITO_REGON) : 0;
        break;
    default:
        break;
    }
    look_at_phone(code, look);
    SitoCode whole = *code;
    bool in_one_piece = code->separators == 0 && code->digits == code->size;
    if (in_one_piece && sito_code_pad(&whole, 11) && sito_pesel_valid(&whole)) {
        look->kinds |= SITO_KIND(SITO_PESEL);
        look->weak |= SITO_KIND(SITO_PESEL);
    }
}

/* True when a value that read as a code may still hold several numbers, or a word and a number. */
static bool may_hold_more(const SitoCode *code) {
    return code->digits < code->size ||
           (code->groups > 0xF && (code->separators & SITO_SIGN(SIGN_COLON)) == 0);
}

SitoLook sito_identity_look(SitoText value) {
    SitoLook look = {0};
    Glance seen = glance(value);
    if (!seen.at && seen.digits < FEWEST_DIGITS) {
        return look; /* R1 */
    }
    SitoCode code;
    bool is_code = !seen.at && value.size <= LONGEST_CODE_TEXT && sito_code_read(value, &code);
    if (is_code) {
        look_at_code(&code, &look);
    } else if (seen.at && is_email(value)) {
        look.kinds = look.shaped = SITO_KIND(SITO_EMAIL);
    }
    if (look.kinds == 0 && (!is_code || may_hold_more(&code))) {
        look.within = sito_find_kinds(value, &look.shaped);
    }
    return look;
}
