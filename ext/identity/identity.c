/*
** What identity offers to SQL: one table, every function once. Each validator is a plain function
** in a file of its own; here are only its name, its sentence and its example.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>

#include "base/register.h"
#include "code.h"
#include "identity.h"

/* Reads the argument as a code; false with the result already set: NULL for NULL, an error, or 0.
 */
static bool read_argument(sqlite3_context *context, sqlite3_value *value, SitoCode *code) {
    SitoText text;
    if (sqlite3_value_type(value) == SQLITE_NULL) {
        return false; /* the result of a call is NULL until it is set */
    }
    if (sito_value_text(value, &text) != SITO_OK) {
        sqlite3_result_error_nomem(context);
        return false;
    }
    if (!sito_code_read(text, code)) {
        sqlite3_result_int(context, 0);
        return false;
    }
    return true;
}

/* Answers with `valid` on the value as it is, and for an integer also with its lost zeros put back
** to one of the sizes (0 ends the list). */
static void validate(sqlite3_context *context, sqlite3_value *value,
                     bool (*valid)(const SitoCode *), const size_t *sizes) {
    SitoCode code;
    if (!read_argument(context, value, &code)) {
        return;
    }
    bool is_valid = valid(&code);
    bool is_integer = sqlite3_value_type(value) == SQLITE_INTEGER;
    for (; is_integer && !is_valid && *sizes > 0; sizes++) {
        SitoCode padded = code;
        is_valid = sito_code_pad(&padded, *sizes) && valid(&padded);
    }
    sqlite3_result_int(context, is_valid);
}

static void pesel_valid(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc;
    validate(context, argv[0], sito_pesel_valid, (const size_t[]){11, 0});
}

static void nip_valid(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc;
    validate(context, argv[0], sito_nip_valid, (const size_t[]){0}); /* never begins with 0 */
}

static void regon_valid(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc;
    validate(context, argv[0], sito_regon_valid, (const size_t[]){9, 14, 0});
}

static void personal_data_kind(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc;
    SitoText text;
    int type = sqlite3_value_type(argv[0]);
    if (type == SQLITE_NULL) {
        return;
    }
    if (sito_value_text(argv[0], &text) != SITO_OK) {
        sqlite3_result_error_nomem(context);
        return;
    }
    SitoLook look = sito_identity_look(text);
    if (type != SQLITE_INTEGER) { /* text does not lose its zeros */
        look.kinds &= ~(look.weak & SITO_KIND(SITO_PESEL));
    }
    uint32_t strong = look.kinds & ~look.weak, kinds = strong != 0 ? strong : look.kinds;
    for (int kind = 0; kind < SITO_IDENTITY_KINDS; kind++) {
        if ((kinds & SITO_KIND(kind)) != 0) {
            sqlite3_result_text(context, sito_identity_name((SitoIdentityKind)kind), -1,
                                SQLITE_STATIC);
            return;
        }
    }
}

#define VALIDATOR(function, text, sample, printed)                                                 \
    .name = #function, .kind = SITO_SCALAR, .power = SITO_PURE, .min_args = 1, .max_args = 1,      \
    .call = (function), .args = "value", .sentence = (text),                                       \
    .example = "SELECT " #function "(" sample ")", .result = (printed)

static const SitoFunction functions[] = {
    {VALIDATOR(pesel_valid, "1 when the value is a PESEL with a real date and a right check digit.",
               "'09222509560'", "1")},
    {VALIDATOR(nip_valid, "1 when the value is a NIP with a right check digit.", "'856-734-62-15'",
               "1")},
    {VALIDATOR(regon_valid,
               "1 when the value is a REGON of 9 or 14 digits with right check digits.",
               "'192598184'", "1")},
    {VALIDATOR(
        personal_data_kind,
        "The kind of personal data that the whole value can be (pesel, nip, email, regon, phone), "
        "or NULL.",
        "'+48 500 123 456'", "'phone'")},
};

const SitoModule sito_identity_module = {
    .name = "identity",
    .sentence = "Identifiers of people and entities: valid or not, and where they hide.",
    .functions = functions,
    .count = SITO_COUNT(functions),
};
