/*
** The allow-list of the office (§ 3 (2), § 6): texts that stay where they stand just so, names in every case.
**
** R1  A text is whole words: "Lis" does not stay in "Lista".
** R2  A name stays where all its words stand in any case, and its surname alone where nobody else in the text
**     has it.
*/
#include <string.h>

#include "identity/identity.h"
#include "redact_find.h"

static bool is_letter_byte(SitoText text, size_t i) {
    unsigned char c = i < text.size ? (unsigned char)text.data[i] : ' ';
    return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static int add(AnonPass *pass, size_t start, size_t end, const AnonAllow *allow) {
    return anon_span_add(&pass->allowed, (AnonSpan){.start = start,
                                                    .end = end,
                                                    .kind = allow->is_name ? ANON_NAME : ANON_OTHER,
                                                    .action = ANON_KEEP,
                                                    .reason = allow->reason,
                                                    .decided = true,
                                                    .basis = allow->basis});
}

/* R1 */
static int find_text(AnonPass *pass, const AnonAllow *allow) {
    SitoText text = pass->text;
    size_t size = strlen(allow->text);
    int rc = SITO_OK;
    for (size_t i = 0; i + size <= text.size && rc == SITO_OK;) {
        const char *at = memchr(text.data + i, allow->text[0], text.size - size - i + 1);
        if (at == NULL) {
            break;
        }
        size_t start = (size_t)(at - text.data);
        bool whole =
            memcmp(at, allow->text, size) == 0 &&
            !(start > 0 && is_letter_byte(text, start - 1) && is_letter_byte(text, start)) &&
            !(is_letter_byte(text, start + size) && is_letter_byte(text, start + size - 1));
        rc = whole ? add(pass, start, start + size, allow) : SITO_OK;
        i = start + (whole ? size : 1);
    }
    return rc;
}

/* How many words of the person are cases of words of the name. */
static size_t common_words(const AnonPass *pass, const AnonPerson *person, const AnonKnown *name) {
    size_t found = 0;
    for (size_t w = person->first; w <= person->last; w++) {
        found += anon_known_find(name, anon_word_lower(&pass->words, w)).key != 0;
    }
    return found;
}

/* R2: the words of the name, in their order or with the surname first. */
static int find_name(AnonPass *pass, const AnonAllow *allow) {
    AnonWords name;
    AnonKnown known = {.count = 0};
    int rc = anon_words_read((SitoText){allow->text, strlen(allow->text)}, NULL, &name);
    for (size_t i = 0; i < name.count && rc == SITO_OK; i++) {
        rc = anon_known_add(&known, anon_word_lower(&name, i), KNOWN_ALLOWED, 0);
    }
    for (size_t p = 0; p < pass->people.count && rc == SITO_OK && name.count > 0; p++) {
        AnonPerson *person = &pass->people.items[p];
        size_t parts = person->last - person->first + 1;
        size_t found = common_words(pass, person, &known);
        if (found == parts && (parts == name.count || parts == 1)) {
            rc = add(pass, person->start, person->end, allow);
            person->evident = true;
            person->action = ANON_KEEP;
            person->reason = allow->reason;
        }
    }
    anon_known_free(&known);
    anon_words_free(&name);
    return rc;
}

int anon_find_allowed(AnonPass *pass) {
    int rc = SITO_OK;
    for (size_t i = 0; i < pass->rules->allow_count && rc == SITO_OK; i++) {
        const AnonAllow *allow = &pass->rules->allow[i];
        rc = allow->is_name ? find_name(pass, allow) : find_text(pass, allow);
    }
    return rc;
}
