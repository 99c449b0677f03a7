/*
** Whose address, telephone or number it is: of a natural person, or of an office or an entity, which stays.
**
** R1  The nearest thing spoken of in front decides: a person who is masked and a private role, or an office, a
**     public function, an entity with a legal form. Words for a home (zam.) always mean a person.
** R2  An office reaches as far as its sentence; and as far as the lines below it that begin with an address, a
**     telephone: a letterhead.
** R3  Where a person and, behind him in the same sentence, an office are spoken of, it asks. So does an address of
**     which nobody is spoken.
** R4  A mail address in the domain of an office is the office's.
*/
#include <string.h>

#include "identity/identity.h"
#include "redact_find.h"

enum { REACH = 300, MOST_LINES = 6 };

typedef struct Anchors {
    size_t person, office, entity; /* the end of the last one, 0: none */
    bool named;                    /* a person was named: masked */
    size_t word, man,
        issuer; /* the next word, the next of the people and of the issuers to look at */
} Anchors;

static const AnonWord *word_at(const AnonPass *pass, size_t i) {
    return &pass->words.items[i];
}

static bool is_label(const AnonPass *pass, size_t i) {
    static const char *const words[] = {"strona", "strony", "stronie",  "stronę",   "stroną",
                                        "imię",   "podpis", "nazwisko", "nazwiska", "kobieta"};
    for (size_t w = 0; w < SITO_COUNT(words); w++) {
        if (anon_word_is(&pass->words, i, words[w])) {
            return true;
        }
    }
    return false;
}

static void note_word(const AnonPass *pass, size_t i, Anchors *anchors) {
    const AnonWord *word = word_at(pass, i);
    bool company = anon_word_is(&pass->words, i, "s") && anon_word_is(&pass->words, i + 1, "a") &&
                   word->capital;
    bool partnership = anon_word_is(&pass->words, i, "sp") && anon_is_firm(pass, i - (i > 0));
    if ((word->is & (WORD_ROLE | WORD_FAMILY)) != 0 && !is_label(pass, i)) {
        anchors->person = word->end;
    } else if ((word->is & WORD_LEGAL) != 0 || company || partnership) {
        anchors->entity = word->end;
    } else if (strncmp(anon_word_lower(&pass->words, i), "siedzib", 7) != 0 &&
               ((word->is & (WORD_OFFICE | WORD_FUNCTION)) != 0 ||
                (word->signs & SITO_WORD_INSTITUTION) != 0)) {
        anchors->office = word->end;
    }
}

/* Takes note of all that stands in front of a byte. */
static void advance(const AnonPass *pass, size_t byte, Anchors *anchors) {
    while (anchors->word < pass->words.count && word_at(pass, anchors->word)->start < byte) {
        size_t start = word_at(pass, anchors->word)->start;
        while (anchors->man < pass->people.count && pass->people.items[anchors->man].end <= start) {
            anchors->man++;
        }
        const AnonPerson *person =
            anchors->man < pass->people.count ? &pass->people.items[anchors->man] : NULL;
        while (anchors->issuer < pass->issued.count &&
               pass->issued.items[anchors->issuer].end <= start) {
            anchors->issuer++;
        }
        bool issuer = anchors->issuer < pass->issued.count &&
                      pass->issued.items[anchors->issuer].start <= start;
        if (issuer) {
            anchors->word++; /* who issued somebody's papers is not spoken of */
            continue;
        }
        if (person == NULL || person->start > start) {
            note_word(pass, anchors->word, anchors);
        } else if (person->action == ANON_MASK) {
            anchors->person = person->end;
            anchors->named = true;
        } else if (person->reason == ANON_LEGAL_PERSON) {
            anchors->entity = person->end;
        } else {
            anchors->office = person->end;
        }
        anchors->word++;
    }
}

/* R1: zam., prywatny in the few words in front. */
static bool is_at_home(const AnonPass *pass, size_t byte) {
    size_t i = anon_word_at(&pass->words, byte);
    for (size_t steps = 0; i > 0 && steps < 4; i--, steps++) {
        if (i < pass->words.count && steps > 0 &&
            (word_at(pass, i)->gap & (GAP_LINE | GAP_SEMICOLON)) != 0) {
            return false;
        }
        const char *before = anon_word_lower(&pass->words, i - 1);
        bool private_one = strncmp(before, "pryw", 4) == 0 || strncmp(before, "moj", 3) == 0 ||
                           strcmp(before, "mój") == 0;
        if (private_one || (word_at(pass, i - 1)->is & WORD_HOME) != 0) {
            return true;
        }
    }
    return false;
}

static bool begins_line(const AnonPass *pass, size_t byte) {
    static const char *const labels[] = {"tel",   "telefon", "fax",     "faks",  "e",       "mail",
                                         "email", "adres",   "kontakt", "ulica", "siedziba"};
    size_t i = anon_word_at(&pass->words, byte);
    for (size_t steps = 0; steps < 4; steps++, i--) {
        if (i >= pass->words.count || (word_at(pass, i)->gap & GAP_LINE) != 0) {
            return true;
        }
        bool label = false;
        for (size_t l = 0; i > 0 && l < SITO_COUNT(labels); l++) {
            label = label || anon_word_is(&pass->words, i - 1, labels[l]);
        }
        if (!label) {
            return false;
        }
    }
    return false;
}

static bool is_capital_at(const AnonPass *pass, size_t byte) {
    size_t i = anon_word_at(&pass->words, byte);
    return i < pass->words.count && word_at(pass, i)->start == byte && word_at(pass, i)->capital;
}

/* R3: no sentence and no line ends between the two. */
static bool is_one_sentence(const AnonPass *pass, size_t from, size_t to) {
    for (size_t i = from; i + 1 < to; i++) {
        char c = pass->text.data[i];
        bool stop = c == '.' && pass->text.data[i + 1] == ' ' && is_capital_at(pass, i + 2);
        if (c == '\n' || c == ';' || stop) {
            return false;
        }
    }
    return true;
}

/* R2 */
static bool reaches(const AnonPass *pass, size_t anchor, size_t byte) {
    if (anchor == 0 || byte - anchor > REACH) {
        return false;
    }
    size_t lines = 0, empty = 0;
    for (size_t i = anchor; i < byte; i++) {
        bool line = pass->text.data[i] == '\n';
        lines += line;
        empty += line && i + 1 < byte && pass->text.data[i + 1] == '\n';
    }
    bool close = lines <= MOST_LINES && (empty == 0 || (empty == 1 && lines == 2));
    return is_one_sentence(pass, anchor, byte) || (close && begins_line(pass, byte));
}

static AnonOwner owner_of(const AnonPass *pass, const AnonSpan *hit, Anchors *anchors) {
    advance(pass, hit->start, anchors);
    if (is_at_home(pass, hit->start)) {
        return OWNER_PERSON;
    }
    size_t public_one = anchors->office > anchors->entity ? anchors->office : anchors->entity;
    bool near = reaches(pass, public_one, hit->start);
    if (!near || anchors->person > public_one) {
        bool person =
            anchors->named || (anchors->person > 0 && hit->start - anchors->person < REACH);
        return person ? OWNER_PERSON : OWNER_NONE;
    }
    if (anchors->person > 0 && is_one_sentence(pass, anchors->person, hit->start)) {
        return OWNER_DOUBT;
    }
    return anchors->entity > anchors->office ? OWNER_ENTITY : OWNER_OFFICE;
}

/* ---- R4 ---- */

static bool has_label(SitoText host, const char *label) {
    size_t size = strlen(label);
    for (size_t i = 0; i + size <= host.size; i++) {
        bool begins = i == 0 || host.data[i - 1] == '.' || host.data[i - 1] == '@';
        if (begins && memcmp(host.data + i, label, size) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_office_domain(const AnonPass *pass, const AnonSpan *hit) {
    static const char *const labels[] = {"gov.pl", "lodz.pl",  "um.",    "ug.",   "uml.", "uw.",
                                         "urzad",  "starostw", "powiat", "gmina", "mops", "gops",
                                         "bip.",   "edu.pl",   "sejm.",  "senat."};
    SitoText mail = {pass->text.data + hit->start, hit->end - hit->start};
    const char *at = memchr(mail.data, '@', mail.size);
    if (at == NULL) {
        return false;
    }
    SitoText host = {at + 1, mail.size - (size_t)(at + 1 - mail.data)};
    for (size_t i = 0; i < SITO_COUNT(labels); i++) {
        if (has_label(host, labels[i])) {
            return true;
        }
    }
    return false;
}

/* anna.kowalska@…: of a person, also in the domain of a firm. */
static bool has_first_name(const AnonPass *pass, const AnonSpan *hit) {
    for (size_t i = anon_word_at(&pass->words, hit->start);
         i < pass->words.count && word_at(pass, i)->end <= hit->end; i++) {
        if ((word_at(pass, i)->signs & SITO_WORD_FIRST_NAME) != 0) {
            return true;
        }
        if (word_at(pass, i)->end < hit->end && pass->text.data[word_at(pass, i)->end] == '@') {
            return false;
        }
    }
    return false;
}

/* ---- each in turn ---- */

static bool has_owner(AnonKind kind) {
    return kind == ANON_ADDRESS || kind == ANON_POSTAL_CODE || kind == ANON_PHONE ||
           kind == ANON_EMAIL || kind == ANON_IBAN || kind == ANON_NIP || kind == ANON_REGON ||
           kind == ANON_EDELIVERY;
}

static void keep(AnonSpan *hit, AnonReason reason) {
    hit->action = ANON_KEEP;
    hit->reason = reason;
}

static void doubt(AnonSpan *hit) {
    hit->reason = ANON_DOUBT;
    hit->needs_decision = true;
}

static void judge_mail(const AnonPass *pass, AnonSpan *hit, AnonOwner owner) {
    bool office = is_office_domain(pass, hit);
    if (office && owner != OWNER_PERSON && owner != OWNER_DOUBT) {
        keep(hit, ANON_INSTITUTION);
    } else if (owner == OWNER_DOUBT || office) {
        doubt(hit);
    } else if (owner == OWNER_ENTITY || owner == OWNER_OFFICE) {
        if (has_first_name(pass, hit)) {
            doubt(hit);
        } else {
            keep(hit, owner == OWNER_ENTITY ? ANON_LEGAL_PERSON : ANON_INSTITUTION);
        }
    }
}

/* A mobile number in a sentence about an office may be anybody's. */
static bool is_mobile(const AnonPass *pass, const AnonSpan *hit) {
    static const char *const prefixes[] = {"45", "50", "51", "53", "57", "60", "66",
                                           "69", "72", "73", "78", "79", "88"};
    char digits[32];
    size_t size = 0;
    for (size_t i = hit->start; i < hit->end && size < sizeof digits; i++) {
        char c = pass->text.data[i];
        if (c >= '0' && c <= '9') {
            digits[size++] = c;
        }
    }
    for (size_t p = 0; hit->kind == ANON_PHONE && size >= 9 && p < SITO_COUNT(prefixes); p++) {
        if (memcmp(digits + size - 9, prefixes[p], 2) == 0) {
            return true;
        }
    }
    return false;
}

/* ul. Nowa 5, 90-718 Łódź Jan Kos: a name behind the address of an office is no town. */
static void leave_people(const AnonPass *pass, AnonSpan *hit) {
    size_t low = 0, high = pass->people.count, last = hit->start;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (pass->people.items[middle].start <= hit->start) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low == pass->people.count || pass->people.items[low].start >= hit->end) {
        return;
    }
    size_t first = pass->people.items[low].first;
    for (size_t i = first; i > 0 && word_at(pass, i - 1)->start >= hit->start; i--) {
        if ((word_at(pass, i - 1)->is & WORD_NUMBER) != 0) { /* not in the name of a street */
            last = word_at(pass, first - 1)->end;
            break;
        }
    }
    hit->end = last > hit->start ? last : hit->end;
}

static void judge(const AnonPass *pass, AnonSpan *hit, Anchors *anchors) {
    AnonOwner owner = owner_of(pass, hit, anchors);
    bool public = owner == OWNER_OFFICE || owner == OWNER_ENTITY;
    bool somebodys = public && is_mobile(pass, hit) && !begins_line(pass, hit->start);
    bool nobodys = owner == OWNER_NONE && hit->kind == ANON_ADDRESS;
    if (hit->kind == ANON_EMAIL) {
        judge_mail(pass, hit, owner);
    } else if (owner == OWNER_DOUBT || somebodys || nobodys) {
        doubt(hit);
    } else if (public) {
        keep(hit, owner == OWNER_OFFICE ? ANON_INSTITUTION : ANON_LEGAL_PERSON);
    }
    if (hit->action == ANON_KEEP && hit->kind == ANON_ADDRESS) {
        leave_people(pass, hit);
    }
    if (hit->action == ANON_KEEP && hit->reason == ANON_INSTITUTION) {
        anchors->office = hit->end; /* the lines of a letterhead */
    } else if (hit->action == ANON_KEEP) {
        anchors->entity = hit->end;
    }
}

int anon_judge_contacts(AnonPass *pass) {
    Anchors anchors = {.person = 0};
    int rc = SITO_OK;
    for (size_t i = 0; i < pass->hits.count && rc == SITO_OK; i++) {
        AnonSpan hit = pass->hits.items[i];
        if (hit.kind == ANON_NAME) {
            continue;
        }
        bool home = hit.decided; /* of redact_homes_core.c */
        hit.needs_decision = hit.decided = false;
        if (has_owner(hit.kind) && !home) {
            judge(pass, &hit, &anchors);
        }
        rc = anon_span_add(&pass->found, hit);
    }
    return rc;
}
