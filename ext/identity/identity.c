/*
** What identity offers to SQL: one table, every function once. Each validator is a plain function
** in a file of its own; here are only its name, its sentence and its example.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>

#include "base/register.h"
#include "cell.h"
#include "code.h"
#include "identity.h"
#include "tables.h"

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

/* The validators, in the order in which the table at the end declares them; for an integer that lost its
** leading zeros the sizes to try (0 ends the list). */
static const struct {
    bool (*valid)(const SitoCode *);
    unsigned char sizes[4];
} validators[] = {
    {sito_pesel_valid, {11}},        {sito_nip_valid, {0}}, /* a NIP never begins with 0 */
    {sito_regon_valid, {9, 14}},     {sito_id_card_valid, {0}},    {sito_passport_valid, {0}},
    {sito_land_register_valid, {0}}, {sito_iban_valid, {0}},       {sito_pwz_valid, {0}},
    {sito_simc_valid, {7}},          {sito_terc_valid, {7, 6, 4}}, {sito_edelivery_valid, {0}},
};

/* Reads a PESEL, also from an integer; false with the result set (NULL, or an error). */
static bool read_pesel(sqlite3_context *context, sqlite3_value *value, SitoCode *code) {
    SitoText text;
    if (sqlite3_value_type(value) == SQLITE_NULL) {
        return false;
    }
    if (sito_value_text(value, &text) != SITO_OK) {
        sqlite3_result_error_nomem(context);
        return false;
    }
    bool is_code = sito_code_read(text, code);
    if (is_code && sqlite3_value_type(value) == SQLITE_INTEGER) {
        (void)sito_code_pad(code, 11); /* refused where it is as long as it should be */
    }
    return is_code && sito_pesel_valid(code);
}

static void pesel_birth_date(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc;
    SitoCode code;
    if (!read_pesel(context, argv[0], &code)) {
        return;
    }
    SitoBirth birth = sito_pesel_birth(&code);
    char *date = sito_print("%04d-%02d-%02d", birth.year, birth.month, birth.day);
    if (date == NULL) {
        sqlite3_result_error_nomem(context);
        return;
    }
    sqlite3_result_text(context, date, -1, SQLITE_TRANSIENT);
    sito_free(date);
}

static void pesel_sex(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc;
    SitoCode code;
    if (read_pesel(context, argv[0], &code)) {
        sqlite3_result_text(context, sito_pesel_birth(&code).male ? "M" : "F", 1, SQLITE_STATIC);
    }
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
    unsigned form = sito_form_read(text);
    if (form != 0) {
        SitoIdentityKind kind = form == CELL_POSTAL_CODE  ? SITO_POSTAL_CODE
                                : form == CELL_IP_ADDRESS ? SITO_IP_ADDRESS
                                                          : SITO_COORDINATES;
        sqlite3_result_text(context, sito_identity_name(kind), -1, SQLITE_STATIC);
    }
}

static void special_categories(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc;
    SitoText text;
    SitoBuffer names = {0};
    if (sqlite3_value_type(argv[0]) == SQLITE_NULL) {
        return;
    }
    int rc = sito_value_text(argv[0], &text);
    unsigned found = rc == SITO_OK ? sito_special_look(text) : 0;
    for (int i = 0; i < SPECIAL_CATEGORIES && rc == SITO_OK; i++) {
        if ((found & SITO_SPECIAL(i)) != 0) {
            rc = sito_buffer_print(&names, "%s%s", names.size > 0 ? ", " : "",
                                   sito_special_name((SitoSpecial)i));
        }
    }
    if (rc != SITO_OK) {
        sqlite3_result_error_nomem(context);
    } else if (names.size > 0) {
        sqlite3_result_text64(context, names.data, names.size, SQLITE_TRANSIENT, SQLITE_UTF8);
    }
    sito_buffer_free(&names);
}

static void legal_person(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc;
    SitoText text;
    if (sqlite3_value_type(argv[0]) == SQLITE_NULL) {
        return;
    }
    if (sito_value_text(argv[0], &text) != SITO_OK) {
        sqlite3_result_error_nomem(context);
        return;
    }
    sqlite3_result_int(context, sito_entity_is_legal(text));
}

static void validate(sqlite3_context *context, int argc, sqlite3_value **argv);

#define ONE_VALUE(function, called, text, sample, printed)                                         \
    .name = #function, .kind = SITO_SCALAR, .power = SITO_PURE, .min_args = 1, .max_args = 1,      \
    .call = (called), .args = "value", .sentence = (text),                                         \
    .example = "SELECT " #function "(" sample ")", .result = (printed)

static const SitoFunction functions[] = {
    {ONE_VALUE(pesel_valid, validate,
               "1 when the value is a PESEL with a real date and a right check digit.",
               "'09222509560'", "1")},
    {ONE_VALUE(nip_valid, validate, "1 when the value is a NIP with a right check digit.",
               "'856-734-62-15'", "1")},
    {ONE_VALUE(regon_valid, validate,
               "1 when the value is a REGON of 9 or 14 digits with right check digits.",
               "'192598184'", "1")},
    {ONE_VALUE(id_card_valid, validate, "1 when the value is the number of a Polish identity card.",
               "'ABA300000'", "1")},
    {ONE_VALUE(passport_valid, validate, "1 when the value is the number of a Polish passport.",
               "'ZS0000177'", "1")},
    {ONE_VALUE(land_register_valid, validate,
               "1 when the value is the number of a land register with a right check digit.",
               "'LD1M/00012345/1'", "1")},
    {ONE_VALUE(iban_valid, validate,
               "1 when the value is a Polish bank account or an IBAN with right check digits.",
               "'PL61 1090 1014 0000 0712 1981 2874'", "1")},
    {ONE_VALUE(pwz_valid, validate,
               "1 when the value is the licence number of a doctor, nurse or midwife.", "'5425740'",
               "1")},
    {ONE_VALUE(simc_valid, validate,
               "1 when the value is a locality's number in the TERYT register.", "'0957650'", "1")},
    {ONE_VALUE(terc_valid, validate,
               "1 when the value has the form of a territorial code of TERYT.", "'1061011'", "1")},
    {ONE_VALUE(edelivery_valid, validate, "1 when the value is an address of electronic delivery.",
               "'AE:PL-50419-15057-VDGUG-25'", "1")},
    {ONE_VALUE(pesel_birth_date, pesel_birth_date, "The date of birth in a valid PESEL, else NULL.",
               "'09222509560'", "'2009-02-25'")},
    {ONE_VALUE(pesel_sex, pesel_sex, "M or F, from a valid PESEL, else NULL.", "'09222509560'",
               "'F'")},
    {ONE_VALUE(
        personal_data_kind, personal_data_kind,
        "The kind of personal data that the whole value can be (pesel, nip, email, regon, phone, …), "
        "or NULL.",
        "'+48 500 123 456'", "'phone'")},
    {ONE_VALUE(
        special_categories, special_categories,
        "Special categories of personal data (GDPR art. 9 and 10) that words of the text speak of: "
        "health, religion, origin, politics, union, sexuality, conviction; or NULL.",
        "'orzeczenie o niepełnosprawności'", "'health'")},
    {ONE_VALUE(
        legal_person, legal_person,
        "1 when the name of an entity holds a word of a legal form (sp. z o.o., fundacja, gmina); a sole "
        "trader's and a civil partnership's do not.",
        "'ALFA Sp. z o.o.'", "1")},
    {.name = "personal_data_find",
     .kind = SITO_TABLE,
     .power = SITO_PURE,
     .module = &sito_personal_data_find,
     .args = "text",
     .sentence =
         "Where personal data stands in a text: start, end, kind, confidence, basis, reason.",
     .example =
         "SELECT kind, start, \"end\" FROM personal_data_find('Pani Anna Nowak, tel. 500 123 456') "
         "LIMIT 1",
     .result = "'name',6,15"},
    {.name = "personal_data_columns",
     .kind = SITO_TABLE,
     .power = SITO_DIRECT,
     .module = &sito_personal_data_columns,
     .args = "'table'",
     .sentence = "Which columns of a table hold personal data, and the evidence for it.",
     .example = "SELECT \"column\", kind, verdict FROM personal_data_columns('sqlite_schema')"},
};

/* Answers for the value as it is, and for an integer also with its lost zeros put back. */
static void validate(sqlite3_context *context, int argc, sqlite3_value **argv) {
    (void)argc;
    SitoCode code;
    const SitoFunction *function = sqlite3_user_data(context);
    size_t n = (size_t)(function - functions);
    if (!read_argument(context, argv[0], &code)) {
        return;
    }
    bool is_valid = validators[n].valid(&code);
    bool is_integer = sqlite3_value_type(argv[0]) == SQLITE_INTEGER;
    const unsigned char *size = validators[n].sizes;
    for (; is_integer && !is_valid && *size > 0; size++) {
        SitoCode padded = code;
        is_valid = sito_code_pad(&padded, *size) && validators[n].valid(&padded);
    }
    sqlite3_result_int(context, is_valid);
}

const SitoModule sito_identity_module = {
    .name = "identity",
    .sentence = "Identifiers of people and entities: valid or not, and where they hide.",
    .functions = functions,
    .count = SITO_COUNT(functions),
};
