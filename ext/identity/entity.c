/*
** Whether the name of an entity says that it is a legal person, by the words of its form: "sp. z o.o.",
** "Fundacja", "Gmina". NIP and REGON do not tell a firm from a person who trades; the name of a sole trader
** holds his own. A civil partnership (s.c.) is the persons who made it.
**
** R1  Recital 14 GDPR and art. 43(4) of the Civil Code: without a word of a legal form the name is taken as that of
**     a person. Words that sole traders use as well (centrum, agencja, studio, zakład) are no proof.
** R2  The list was written for sito from general knowledge of the law and the language.
*/
#include "identity.h"
#include "special.h"
#include "stems.h"

enum { LEGAL = 1, CIVIL = 2 };

static const SitoStem forms[] = {
    {"akademia medycz", LEGAL},
    {"akademia nauk", LEGAL},
    {"bank spoldziel", LEGAL},
    {"bibliotek", LEGAL},
    {"diecezj", LEGAL},
    {"filharmon", LEGAL},
    {"fundacj", LEGAL},
    {"gmbh", LEGAL},
    {"gmina", LEGAL},
    {"gminn", LEGAL},
    {"gminy", LEGAL},
    {"inc", LEGAL},
    {"instytut", LEGAL},
    {"izba", LEGAL},
    {"klub sport", LEGAL},
    {"kolo gospodyn", LEGAL},
    {"komenda", LEGAL},
    {"komendy", LEGAL},
    {"liceum", LEGAL},
    {"limited", LEGAL},
    {"llc", LEGAL},
    {"ltd", LEGAL},
    {"ludowy klub", LEGAL},
    {"miasto", LEGAL},
    {"miejsk", LEGAL},
    {"ministerstw", LEGAL},
    {"muzeum", LEGAL},
    {"ochotnicza straz", LEGAL},
    {"ochotniczej strazy", LEGAL},
    {"panstwow", LEGAL},
    {"parafi", LEGAL},
    {"politechnik", LEGAL},
    {"powiat", LEGAL},
    {"prosta spolka", LEGAL},
    {"przedsiebiorstwo panstw", LEGAL},
    {"przedszkol", LEGAL},
    {"psa", LEGAL},
    {"s a", LEGAL},
    {"s c", CIVIL},
    {"sad okreg", LEGAL},
    {"sad rejon", LEGAL},
    {"samorzad", LEGAL},
    {"skarb panstw", LEGAL},
    {"sp j", LEGAL},
    {"sp k", LEGAL},
    {"sp p", LEGAL},
    {"sp z", LEGAL},
    {"spoldzieln", LEGAL},
    {"spolka akcyjn", LEGAL},
    {"spolka cywiln", CIVIL},
    {"spolka europ", LEGAL},
    {"spolka jawn", LEGAL},
    {"spolka komandyt", LEGAL},
    {"spolka partn", LEGAL},
    {"spolka z", LEGAL},
    {"spolki cywiln", CIVIL},
    {"stowarzyszen", LEGAL},
    {"szkola", LEGAL},
    {"szkoly", LEGAL},
    {"szpital", LEGAL},
    {"teatr", LEGAL},
    {"technikum", LEGAL},
    {"towarzystw", LEGAL},
    {"uczniowski klub", LEGAL},
    {"uniwersytet", LEGAL},
    {"urzad", LEGAL},
    {"urzedu", LEGAL},
    {"wojewodzk", LEGAL},
    {"wojewodztw", LEGAL},
    {"wspolnota mieszk", LEGAL},
    {"wspolnoty mieszk", LEGAL},
    {"zlobek", LEGAL},
    {"zwiazek", LEGAL},
    {"zwiazku", LEGAL},
};

bool sito_entity_is_legal(SitoText name) {
    unsigned found = sito_stems_look(forms, SITO_COUNT(forms), name);
    return (found & LEGAL) != 0 && (found & CIVIL) == 0;
}

bool sito_entity_is_sorted(void) {
    return sito_stems_are_sorted(forms, SITO_COUNT(forms));
}
