/*
** The words of spans: kinds, reasons, paragraphs of annex 1, sentences for people (redact.h).
*/
#include "redact.h"

/* A name, and the paragraph by which it is masked. */
static const struct {
    const char *name, *paragraph;
} kinds[ANON_REDACTION_KINDS] = {
    [ANON_PESEL] = {"pesel", "§4.1.2"},
    [ANON_NIP] = {"nip", "§4.1.2"},
    [ANON_EMAIL] = {"email", "§3.4.6"},
    [ANON_IBAN] = {"iban", "§4.2"},
    [ANON_LAND_REGISTER] = {"land_register", "§4.2"},
    [ANON_EDELIVERY] = {"edelivery", "§4.2"},
    [ANON_ID_CARD] = {"id_card", "§4.1.3"},
    [ANON_PASSPORT] = {"passport", "§4.1.3"},
    [ANON_REGON] = {"regon", "§4.2"},
    [ANON_PHONE] = {"phone", "§3.4.7"},
    [ANON_PWZ] = {"pwz", "§3.4.3"},
    [ANON_PLATE] = {"plate", "§4.2"},
    [ANON_NAME] = {"name", "§4.1.1"},
    [ANON_ADDRESS] = {"address", "§4.1.4"},
    [ANON_BIRTH_DATE] = {"birth_date", "§4.1.1"},
    [ANON_BIRTH_PLACE] = {"birth_place", "§4.1.1"},
    [ANON_POSTAL_CODE] = {"postal_code", "§4.1.4"},
    [ANON_IP_ADDRESS] = {"ip_address", "§4.2"},
    [ANON_COORDINATES] = {"coordinates", "§4.2"},
    [ANON_INITIALS] = {"initials", "§4.1.1"},
    [ANON_ISSUE_PLACE] = {"issue_place", "§4.1.3"},
    [ANON_DOCUMENT] = {"document", "§3.4.3"},
    [ANON_HEALTH] = {"health", "§3.4.8"},
    [ANON_RELIGION] = {"religion", "§3.4.8"},
    [ANON_ORIGIN] = {"origin", "§3.4.8"},
    [ANON_POLITICS] = {"politics", "§3.4.8"},
    [ANON_UNION] = {"union", "§3.4.8"},
    [ANON_SEXUALITY] = {"sexuality", "§3.4.8"},
    [ANON_CONVICTION] = {"conviction", "§3.4.10"},
    [ANON_SITUATION] = {"situation", "§3.4.9"},
    [ANON_CUSTOM] = {"custom", "§4.2"},
    [ANON_OTHER] = {"other", "§4.2"},
};

/* A reason to mask has the paragraph of the kind. */
static const struct {
    const char *name, *paragraph, *sentences[2];
} reasons[ANON_REASONS] = {
    [ANON_PERSONAL] = {"personal-data",
                       NULL,
                       {"Dane osobowe osoby fizycznej.", "Personal data of a natural person."}},
    [ANON_REPEATED] = {"repeated",
                       NULL,
                       {"To samo, co zasłonięto w innym miejscu dokumentu.",
                        "The same as what is masked elsewhere in the document."}},
    [ANON_DOUBT] = {"doubt",
                    NULL,
                    {"Prawdopodobnie dane osobowe: zasłonięte, dopóki człowiek nie rozstrzygnie.",
                     "Probably personal data: masked until a person decides."}},
    [ANON_ATTENTION] = {"attention",
                        NULL,
                        {"Może dotyczyć sytuacji osoby albo danych szczególnie chronionych: "
                         "zasłonięte, dopóki człowiek nie rozstrzygnie.",
                         "May speak of a person's situation or of specially protected data: masked "
                         "until a person decides."}},
    [ANON_PATTERN] = {"pattern",
                      NULL,
                      {"Odpowiada własnemu wzorcowi urzędu.", "Matches a pattern of the office."}},
    [ANON_SECOND_PASS] = {"second-pass",
                          NULL,
                          {"Znalezione dopiero przy ponownym przeszukaniu wyniku.",
                           "Found only when the result was searched again."}},
    [ANON_PUBLIC_FUNCTION] = {"public-function",
                              "§6.1",
                              {"Osoba pełniąca funkcję publiczną albo pracownik urzędu w zadaniach "
                               "służbowych.",
                               "A person in a public function, or an employee of the office in "
                               "official tasks."}},
    [ANON_AUTHOR] = {"author", "§6.2", {"Autor przywołanej pracy.", "The author of a cited work."}},
    [ANON_INSTITUTION] = {"institution",
                          "§6.5.1",
                          {"Dane organu, urzędu albo instytucji.",
                           "Data of an organ, an office or an institution."}},
    [ANON_LEGAL_PERSON] = {"legal-person",
                           "§1.1",
                           {"Dane podmiotu, który nie jest osobą fizyczną.",
                            "Data of an entity that is no natural person."}},
    [ANON_DOCUMENT_NAME] = {"document-name",
                            "§6.3",
                            {"Nazwa albo znak dokumentu.",
                             "The name or reference number of a document."}},
    [ANON_CONSENT] = {"consent",
                      "§3.2",
                      {"Osoba wyraziła pisemną zgodę na ujawnienie.",
                       "The person consented to disclosure in writing."}},
    [ANON_PATRON] = {"patron",
                     "§6.5.1",
                     {"Patron ulicy, placu, szkoły albo innego miejsca.",
                      "The person after whom a street, a square or a school is named."}},
    [ANON_NOT_PERSONAL] = {"not-personal",
                           "§6.3",
                           {"Nie pozwala zidentyfikować osoby fizycznej.",
                            "Does not identify a natural person."}},
};

const char *anon_kind_name(AnonKind kind) {
    return kinds[kind].name;
}

const char *anon_paragraph(AnonKind kind, AnonAction action, AnonReason reason) {
    bool stays = action == ANON_KEEP && reasons[reason].paragraph != NULL;
    return stays ? reasons[reason].paragraph : kinds[kind].paragraph;
}

const char *anon_reason_name(AnonReason reason) {
    return reasons[reason].name;
}

const char *anon_reason_sentence(AnonReason reason, AnonTongue tongue) {
    return reasons[reason].sentences[tongue];
}

const char *anon_action_name(AnonAction action) {
    static const char *const names[] = {
        [ANON_MASK] = "mask", [ANON_KEEP] = "keep", [ANON_DECIDE] = "decide"};
    return names[action];
}
