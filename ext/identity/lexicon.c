/*
** Words by which prose about people is read (lexicon.h): first names, titles, words that only look like names.
**
** The lists were written for sito from general knowledge of the language, not copied from any dictionary or
** register; they are under the project's licence. They are in their base form where the declension below can
** reach the others, and sorted by their bytes, which a test checks.
**
** R1  A first name is known in every case: Annie, Agnieszce, Pawłem, Markowi, Jerzego. Endings are taken off
**     and the softening undone (-ce to -ka, -dze to -ga, -rze to -ra, -le to -ła); what then stands in the
**     list is a name.
*/
#include <stdlib.h>
#include <string.h>

#include "lexicon.h"

/* First names of women: all end in -a. */
static const char *const female_names[] = {
    "ada",      "adrianna", "agata",      "agnieszka",  "aldona",     "aleksandra", "alicja",
    "alina",    "amelia",   "aneta",      "angelika",   "anita",      "anna",       "antonina",
    "apolonia", "arleta",   "aurelia",    "barbara",    "beata",      "bernadetta", "blanka",
    "bogna",    "bogumiła", "bogusława",  "bożena",     "brygida",    "cecylia",    "celina",
    "czesława", "dagmara",  "dagna",      "danuta",     "daria",      "diana",      "dominika",
    "dorota",   "edyta",    "eleonora",   "eliza",      "elwira",     "elżbieta",   "emilia",
    "ewa",      "ewelina",  "felicja",    "franciszka", "gabriela",   "genowefa",   "grażyna",
    "greta",    "halina",   "hanna",      "helena",     "henryka",    "ida",        "iga",
    "ilona",    "inga",     "irena",      "irmina",     "iwona",      "iza",        "izabela",
    "jadwiga",  "jagoda",   "janina",     "joanna",     "jolanta",    "jowita",     "judyta",
    "julia",    "julianna", "julita",     "justyna",    "kaja",       "kalina",     "kamila",
    "karina",   "karolina", "katarzyna",  "kazimiera",  "kinga",      "klara",      "klaudia",
    "kornelia", "krystyna", "laura",      "lena",       "leokadia",   "lidia",      "liliana",
    "lucyna",   "ludwika",  "luiza",      "magda",      "magdalena",  "maja",       "marcelina",
    "maria",    "marianna", "mariola",    "marlena",    "marta",      "martyna",    "marzanna",
    "marzena",  "matylda",  "małgorzata", "melania",    "michalina",  "milena",     "mirosława",
    "monika",   "nadia",    "natalia",    "nela",       "nikola",     "nina",       "oksana",
    "ola",      "olga",     "oliwia",     "patrycja",   "paula",      "paulina",    "pelagia",
    "pola",     "regina",   "renata",     "roksana",    "roma",       "romana",     "rozalia",
    "róża",     "sabina",   "sandra",     "sara",       "stanisława", "stefania",   "stella",
    "svitlana", "sylwia",   "tamara",     "tatiana",    "teresa",     "urszula",    "wanda",
    "weronika", "wiesława", "wiktoria",   "wioleta",    "wioletta",   "władysława", "zdzisława",
    "zenobia",  "zofia",    "zuzanna",    "łucja",      "żaneta",
};

/* First names of men. */
static const char *const male_names[] = {
    "adam",       "adrian",     "albert",      "aleksander",  "aleksy",    "alfred",
    "alojzy",     "andrzej",    "antoni",      "arkadiusz",   "artur",     "bartosz",
    "bartłomiej", "bazyli",     "benedykt",    "bernard",     "bogdan",    "bogumił",
    "bogusław",   "bolesław",   "borys",       "bronisław",   "bruno",     "cezary",
    "cyprian",    "cyryl",      "czesław",     "damian",      "daniel",    "dariusz",
    "dawid",      "dionizy",    "dominik",     "edmund",      "edward",    "emil",
    "ernest",     "eryk",       "eugeniusz",   "fabian",      "feliks",    "filip",
    "franciszek", "fryderyk",   "gabriel",     "gerard",      "grzegorz",  "gustaw",
    "henryk",     "hubert",     "ignacy",      "igor",        "ireneusz",  "iwo",
    "jacek",      "jakub",      "jan",         "janusz",      "jarosław",  "jeremi",
    "jerzy",      "joachim",    "julian",      "juliusz",     "józef",     "kacper",
    "kajetan",    "kamil",      "karol",       "kazimierz",   "klemens",   "konrad",
    "konstanty",  "kornel",     "krystian",    "krzysztof",   "ksawery",   "lech",
    "leon",       "leonard",    "leopold",     "leszek",      "lesław",    "lucjan",
    "ludwik",     "maciej",     "maksymilian", "marceli",     "marcin",    "marek",
    "marian",     "mariusz",    "mateusz",     "maurycy",     "michał",    "mieczysław",
    "mikołaj",    "mirosław",   "nikodem",     "norbert",     "olaf",      "oleg",
    "oliwier",    "oskar",      "patryk",      "paweł",       "piotr",     "przemysław",
    "radosław",   "rafał",      "remigiusz",   "robert",      "roman",     "ryszard",
    "sebastian",  "sergiusz",   "stanisław",   "stefan",      "sylwester", "szczepan",
    "szymon",     "sławomir",   "tadeusz",     "teodor",      "tobiasz",   "tomasz",
    "tymon",      "tymoteusz",  "tytus",       "wacław",      "waldemar",  "walenty",
    "walerian",   "wawrzyniec", "wiesław",     "wiktor",      "wincenty",  "wit",
    "witold",     "wojciech",   "władysław",   "włodzimierz", "zbigniew",  "zdzisław",
    "zenon",      "ziemowit",   "zygfryd",     "zygmunt",     "łukasz",
};

/* Behind these a single capitalised word is a surname. */
static const char *const strong_titles[] = {
    "mecenas",      "mecenasa",        "nazwiska",   "nazwiskiem", "nazwisko",   "nazwisku",
    "ob",           "obywatel",        "obywatela",  "obywatelka", "obywatelki", "pan",
    "pana",         "panem",           "pani",       "panie",      "panią",      "panowie",
    "panu",         "panów",           "państwa",    "państwem",   "państwo",    "państwu",
    "radna",        "radnego",         "radnej",     "radnemu",    "radny",      "radnym",
    "radną",        "skarżąca",        "skarżącego", "skarżącej",  "skarżący",   "wnioskodawca",
    "wnioskodawcy", "wnioskodawczyni", "świadek",    "świadka",
};

/* Behind these stands a first name and a surname, or a surname with initials. */
static const char *const titles[] = {
    "adw",           "babci",        "babcia",
    "biegłego",      "biegły",       "brat",
    "brata",         "córce",        "córka",
    "córki",         "córką",        "dr",
    "dziadek",       "dziadka",      "dłużnik",
    "dłużnika",      "hab",          "imię",
    "inspektor",     "inspektora",   "inż",
    "kierowca",      "kierowcy",     "komornik",
    "komornika",     "ks",           "ksiądz",
    "księdza",       "lek",          "lokator",
    "lokatora",      "lokatorka",    "lokatorki",
    "matce",         "matka",        "matki",
    "mecenasowi",    "mgr",          "mieszkaniec",
    "mieszkanka",    "mieszkanki",   "mieszkańca",
    "mąż",           "męża",         "mężem",
    "mężowi",        "najemca",      "najemcy",
    "notariusz",     "notariusza",   "ojca",
    "ojciec",        "ojcu",         "pacjent",
    "pacjenta",      "pacjentka",    "pacjentki",
    "panami",        "paniami",      "pełnomocnik",
    "pełnomocnika",  "podinspektor", "podpisał",
    "podpisała",     "poszkodowana", "poszkodowanego",
    "poszkodowanej", "poszkodowany", "prof",
    "radni",         "radnych",      "referent",
    "siostra",       "siostry",      "siostrze",
    "sołtys",        "sołtysa",      "sołtysem",
    "sołtysowi",     "sporządził",   "sporządziła",
    "syn",           "syna",         "synem",
    "synowi",        "sędzia",       "sędziego",
    "sędziemu",      "sędzią",       "teściowa",
    "teściowej",     "uczennica",    "uczennicy",
    "uczeń",         "ucznia",       "wdowa",
    "wdowiec",       "wdowy",        "wnuczka",
    "wnuczki",       "wnuk",         "wnuka",
    "właściciel",    "właściciela",  "właścicielka",
    "właścicielki",  "zmarła",       "zmarłego",
    "zmarłej",       "zmarły",       "świadkowi",
    "żona",          "żonie",        "żony",
    "żoną",
};

/* Capitalised in official prose, but not the name of a person. */
static const char *const no_names[] = {
    "akademia",
    "ale",
    "aleja",
    "aleje",
    "aleksandrów",
    "architektury",
    "archiwum",
    "bank",
    "bałuty",
    "biblioteka",
    "bip",
    "biskup",
    "biskupa",
    "biskupi",
    "biuletyn",
    "biura",
    "biuro",
    "budynek",
    "budżet",
    "burmistrz",
    "burmistrza",
    "burmistrzem",
    "burmistrzowi",
    "bzura",
    "centrum",
    "chojny",
    "czerwca",
    "czerwiec",
    "czwartek",
    "dane",
    "data",
    "decyzja",
    "delegatura",
    "departament",
    "dla",
    "do",
    "doktor",
    "doktora",
    "dolina",
    "dolna",
    "dolny",
    "dom",
    "dwór",
    "dyrekcja",
    "dyrektor",
    "dyrektora",
    "dyrektorem",
    "dyrektorowi",
    "dziekan",
    "dzielnica",
    "dziennik",
    "dzień",
    "europejska",
    "europejski",
    "europejskiej",
    "fabryka",
    "filharmonia",
    "fundacja",
    "gazeta",
    "gdańsk",
    "gdańska",
    "gdańsku",
    "gdy",
    "generalna",
    "generalny",
    "gmina",
    "gminnego",
    "gminny",
    "gminy",
    "gospodarki",
    "grudnia",
    "grudzień",
    "górna",
    "główna",
    "główny",
    "huta",
    "ii",
    "iii",
    "informacja",
    "inspekcja",
    "instytut",
    "instytutu",
    "iv",
    "ix",
    "izba",
    "jak",
    "jednostka",
    "jest",
    "julianów",
    "kanclerz",
    "karta",
    "kasa",
    "katedra",
    "katowice",
    "kiedy",
    "kierownik",
    "kierownika",
    "kodeks",
    "kodeksu",
    "komenda",
    "komendant",
    "komendanta",
    "komisja",
    "komisji",
    "komitet",
    "komunikacji",
    "konstytucja",
    "koordynator",
    "kotlina",
    "kościół",
    "krajowa",
    "krajowego",
    "krajowy",
    "krakowa",
    "krakowie",
    "kraków",
    "krs",
    "kujawski",
    "kwiecień",
    "kwietnia",
    "liceum",
    "lipca",
    "lipiec",
    "listopad",
    "listopada",
    "lublin",
    "lutego",
    "luty",
    "maj",
    "maja",
    "marca",
    "marszałek",
    "marszałka",
    "marzec",
    "mazowiecki",
    "mazowsze",
    "małopolska",
    "małopolski",
    "miasta",
    "miasto",
    "miejska",
    "miejski",
    "miejskiego",
    "miejskiej",
    "minister",
    "ministerstwo",
    "ministra",
    "muzeum",
    "na",
    "naczelnik",
    "naczelnika",
    "naczelny",
    "najwyższa",
    "najwyższy",
    "narodowa",
    "narodowy",
    "nauki",
    "ner",
    "nie",
    "niedziela",
    "nip",
    "nowa",
    "nowe",
    "nowy",
    "numer",
    "ochrony",
    "od",
    "oddział",
    "odpowiedź",
    "odra",
    "ogród",
    "okręgowa",
    "okręgowy",
    "oraz",
    "ordynator",
    "ordynatora",
    "osiedla",
    "osiedle",
    "ośrodek",
    "parafia",
    "park",
    "państwowa",
    "państwowy",
    "październik",
    "października",
    "pesel",
    "pełnomocnik",
    "pilica",
    "pismo",
    "piątek",
    "plac",
    "po",
    "pod",
    "podczas",
    "podstawowa",
    "polesie",
    "policja",
    "policji",
    "politechnika",
    "polska",
    "polski",
    "polskie",
    "polskiego",
    "polskiej",
    "pomocy",
    "pomorska",
    "pomorze",
    "poniedziałek",
    "poseł",
    "postanowienie",
    "posła",
    "posłanka",
    "powiat",
    "powiatowa",
    "powiatowy",
    "powiatu",
    "poznania",
    "poznaniu",
    "poznań",
    "prawo",
    "premier",
    "prezes",
    "prezesa",
    "prezydent",
    "prezydenta",
    "prezydentem",
    "prezydentowi",
    "profesor",
    "profesora",
    "prokurator",
    "prokuratora",
    "prokuratura",
    "protokół",
    "przed",
    "przedszkole",
    "przewodnicząca",
    "przewodniczącego",
    "przewodniczącej",
    "przewodniczący",
    "przez",
    "przychodnia",
    "rada",
    "radogoszcz",
    "rady",
    "radę",
    "redaktor",
    "redaktora",
    "regon",
    "rejestr",
    "rejonowy",
    "rektor",
    "retkinia",
    "rodo",
    "rondo",
    "rozporządzenie",
    "ruda",
    "rynek",
    "rzecznik",
    "rzeczpospolita",
    "rzeczypospolitej",
    "sala",
    "samorządowe",
    "sejm",
    "sejmik",
    "sekretarz",
    "sekretarza",
    "senator",
    "senatora",
    "sierpień",
    "sierpnia",
    "skarbnik",
    "skarbnika",
    "skarbowy",
    "skarga",
    "skwer",
    "sobota",
    "społecznej",
    "spraw",
    "sprawa",
    "spółdzielnia",
    "spółka",
    "stadion",
    "stara",
    "starosta",
    "starostwo",
    "starosty",
    "stary",
    "stoki",
    "stowarzyszenie",
    "stołeczny",
    "straż",
    "straży",
    "styczeń",
    "stycznia",
    "szanowna",
    "szanownego",
    "szanowni",
    "szanowny",
    "szanowną",
    "szczecin",
    "szkole",
    "szkoła",
    "szkoły",
    "szpital",
    "sztuki",
    "sąd",
    "sądem",
    "sądowi",
    "sądu",
    "ta",
    "tak",
    "te",
    "teatr",
    "technikum",
    "telewizja",
    "ten",
    "teofilów",
    "to",
    "towarzystwo",
    "trybunał",
    "tydzień",
    "uchwała",
    "ulica",
    "umowa",
    "unia",
    "unii",
    "uniwersytet",
    "uprawnienia",
    "urząd",
    "urzędem",
    "urzędu",
    "urzędzie",
    "ustawa",
    "ustawy",
    "vat",
    "vi",
    "vii",
    "viii",
    "w",
    "warszawa",
    "warszawie",
    "warszawski",
    "warszawy",
    "warta",
    "we",
    "według",
    "widzew",
    "wielkopolska",
    "wielkopolski",
    "wisła",
    "wniosek",
    "wnioskiem",
    "wniosku",
    "wobec",
    "wojewoda",
    "wojewody",
    "wojewódzka",
    "wojewódzki",
    "wojewódzkiego",
    "województwa",
    "województwo",
    "wrocław",
    "wrocławia",
    "wrocławiu",
    "wrzesień",
    "września",
    "wtorek",
    "wydział",
    "wydziałowi",
    "wydziału",
    "wyższa",
    "wójt",
    "wójta",
    "xi",
    "xii",
    "z",
    "zakład",
    "zakładu",
    "zarząd",
    "zarządu",
    "zarządzenie",
    "zastępca",
    "zastępcy",
    "ze",
    "zespołu",
    "zespół",
    "zgodnie",
    "zgłoszenie",
    "zielona",
    "związek",
    "łodzi",
    "łodzią",
    "łódzka",
    "łódzki",
    "łódzkie",
    "łódzkiego",
    "łódzkiej",
    "łódź",
    "śląsk",
    "śląska",
    "śląski",
    "środa",
    "śródmieście",
    "świetlica",
};

/* What belongs to an office or a firm: an address or telephone behind it is not private. */
static const char *const institutions[] = {
    "bank",           "banku",       "bibliotece",   "biblioteka",  "biblioteki", "biura",
    "biuro",          "biurze",      "centrum",      "delegatura",  "delegatury", "fundacja",
    "fundacji",       "infolinia",   "infolinii",    "informacja",  "instytut",   "izba",
    "jednostka",      "komenda",     "komendy",      "komisariat",  "liceum",     "muzeum",
    "ośrodek",        "ośrodka",     "parafia",      "policja",     "policji",    "politechnika",
    "prokuratura",    "przedszkola", "przedszkole",  "przedszkolu", "przychodni", "przychodnia",
    "punkt",          "sekretariat", "sekretariatu", "siedziba",    "siedziby",   "siedzibą",
    "spółce",         "spółka",      "spółki",       "starostwa",   "starostwo",  "stowarzyszenia",
    "stowarzyszenie", "straż",       "straży",       "szkole",      "szkoła",     "szkoły",
    "szpital",        "szpitala",    "sąd",          "sądu",        "sądzie",     "teatr",
    "uniwersytet",    "urząd",       "urzędem",      "urzędowych",  "urzędu",     "urzędzie",
    "wydział",        "wydziału",    "zakład",       "zakładu",     "zakładzie",  "zarząd",
    "zarządu",
};

/* Behind these a name is that of a street, a school, a monument. */
static const char *const named_after[] = {
    "al",       "alei",    "aleja",    "aleje",    "aleję",   "choroba",     "im",      "imienia",
    "imieniem", "medalu",  "metoda",   "most",     "mostu",   "muzeum",      "nagroda", "nagrody",
    "orderu",   "os",      "osiedla",  "osiedle",  "osiedlu", "park",        "parkiem", "parku",
    "patron",   "patrona", "patronem", "patronką", "pl",      "plac",        "placem",  "placu",
    "pomnik",   "pomnika", "pomniku",  "prawo",    "ronda",   "rondo",       "rondzie", "skwer",
    "skweru",   "skwerze", "szkoła",   "szkoły",   "test",    "twierdzenie", "ul",      "ulica",
    "ulice",    "ulicy",   "ulicą",    "ulicę",    "zespół",  "święto",
};

typedef struct List {
    const char *const *words;
    size_t count;
} List;

#define LIST(array) ((List){.words = (array), .count = SITO_COUNT(array)})

static int compare_words(const void *a, const void *b) {
    return strcmp(a, *(const char *const *)b);
}

static bool is_in(List list, const char *word) {
    return bsearch(word, list.words, list.count, sizeof *list.words, compare_words) != NULL;
}

/* A base form: the word without `ending`, with `base` in its place. */
typedef struct Rule {
    const char *ending, *base;
    unsigned char ending_size, base_size;
} Rule;

#define RULE(ending, base)                                                                         \
    { ending, base, sizeof(ending) - 1, sizeof(base) - 1 }

enum { STEM = 2 }; /* what no ending takes off */

static int compare_stems(const void *a, const void *b) {
    return strncmp(a, *(const char *const *)b, STEM);
}

/* False for most words, after one search: none in the list begins so. */
static bool any_begins_as(List list, const SitoWord *word) {
    return word->size > STEM && bsearch(word->letters, list.words, list.count, sizeof *list.words,
                                        compare_stems) != NULL;
}

/* True when a base form that one of the rules gives stands in the list (R1). */
static bool has_base_in(List list, const SitoWord *word, const Rule *rules, size_t count) {
    count = any_begins_as(list, word) ? count : 0;
    for (size_t i = 0; i < count; i++) {
        size_t ending = rules[i].ending_size, base = rules[i].base_size;
        size_t stem = word->size - ending;
        if (word->size < ending + STEM || stem + base > SITO_WORD_LONGEST ||
            memcmp(word->letters + stem, rules[i].ending, ending) != 0) {
            continue;
        }
        char form[SITO_WORD_LONGEST + 1];
        memcpy(form, word->letters, stem);
        memcpy(form + stem, rules[i].base, base + 1);
        if (is_in(list, form)) {
            return true;
        }
    }
    return false;
}

bool sito_is_first_name(const SitoWord *word) {
    static const Rule female[] = {
        RULE("", ""),       RULE("y", "a"),    RULE("i", "a"),    RULE("ę", "a"),
        RULE("ą", "a"),     RULE("o", "a"),    RULE("ii", "ia"),  RULE("ji", "ja"),
        RULE("ie", "a"),    RULE("ce", "ka"),  RULE("dze", "ga"), RULE("cie", "ta"),
        RULE("dzie", "da"), RULE("rze", "ra"), RULE("le", "ła"),  RULE("li", "la")};
    static const Rule male[] = {
        RULE("", ""),     RULE("a", ""),           RULE("owi", ""),    RULE("em", ""),
        RULE("ie", ""),   RULE("u", ""),           RULE("iem", ""),    RULE("ze", ""),
        RULE("le", "ł"),  RULE("cie", "t"),        RULE("dzie", "d"),  RULE("rze", "r"),
        RULE("ka", "ek"), RULE("kowi", "ek"),      RULE("kiem", "ek"), RULE("ku", "ek"),
        RULE("ła", "eł"), RULE("łowi", "eł"),      RULE("łem", "eł"),  RULE("le", "eł"),
        RULE("ego", ""),  RULE("emu", ""),         RULE("m", ""),      RULE("ego", "y"),
        RULE("emu", "y"), RULE("ciecha", "ciech"), RULE("ia", ""),     RULE("iowi", ""),
        RULE("iem", "")};
    return has_base_in(LIST(female_names), word, female, SITO_COUNT(female)) ||
           has_base_in(LIST(male_names), word, male, SITO_COUNT(male));
}

bool sito_is_surname_like(const SitoWord *word) {
    enum { SHORTEST = 5 }; /* an ending of three and more than two letters */
#define ENDING(letters) RULE(letters, "")
    static const Rule endings[] = {
        ENDING("ski"),     ENDING("ska"),    ENDING("skiego"),  ENDING("skiej"),
        ENDING("skiemu"),  ENDING("skim"),   ENDING("ską"),     ENDING("skich"),
        ENDING("scy"),     ENDING("cki"),    ENDING("cka"),     ENDING("ckiego"),
        ENDING("ckiej"),   ENDING("ckiemu"), ENDING("ckim"),    ENDING("cką"),
        ENDING("ckich"),   ENDING("ccy"),    ENDING("dzki"),    ENDING("dzka"),
        ENDING("dzkiego"), ENDING("dzkiej"), ENDING("dzkiemu"), ENDING("dzkim"),
        ENDING("dzką"),    ENDING("wicz"),   ENDING("wicza"),   ENDING("wiczowi"),
        ENDING("wiczem"),  ENDING("wiczu"),  ENDING("wiczów"),  ENDING("wiczowie"),
        ENDING("czyk"),    ENDING("czyka"),  ENDING("czykowi"), ENDING("czykiem")};
    for (size_t i = 0; i < SITO_COUNT(endings) && word->size > SHORTEST; i++) {
        size_t size = endings[i].ending_size;
        if (word->size > size + 2 &&
            memcmp(word->letters + word->size - size, endings[i].ending, size) == 0) {
            return true;
        }
    }
    return false;
#undef ENDING
}

bool sito_is_first_name_as_listed(const SitoWord *word) {
    return is_in(LIST(female_names), word->letters) || is_in(LIST(male_names), word->letters);
}

bool sito_is_genitive_too(const SitoWord *word) {
    SitoWord stem = *word;
    if (word->size < 3 || word->letters[word->size - 1] != 'a') {
        return false;
    }
    stem.letters[--stem.size] = 0;
    return is_in(LIST(male_names), stem.letters);
}

bool sito_is_strong_title(const SitoWord *word) {
    return is_in(LIST(strong_titles), word->letters);
}

bool sito_is_title(const SitoWord *word) {
    return is_in(LIST(titles), word->letters);
}

bool sito_is_no_name(const SitoWord *word) {
    return is_in(LIST(no_names), word->letters);
}

bool sito_is_institution(const SitoWord *word) {
    return is_in(LIST(institutions), word->letters);
}

bool sito_names_things(const SitoWord *word) {
    return is_in(LIST(named_after), word->letters);
}

int sito_month_of(const SitoWord *word) {
    static const char *const months[] = {
        "stycznia", "lutego",   "marca",    "kwietnia",     "maja",      "czerwca",
        "lipca",    "sierpnia", "września", "października", "listopada", "grudnia",
        "styczeń",  "luty",     "marzec",   "kwiecień",     "maj",       "czerwiec",
        "lipiec",   "sierpień", "wrzesień", "październik",  "listopad",  "grudzień"};
    for (size_t i = 0; i < SITO_COUNT(months); i++) {
        if (strcmp(word->letters, months[i]) == 0) {
            return (int)(i % 12) + 1;
        }
    }
    return 0;
}

bool sito_lexicon_is_sorted(void) {
    const List lists[] = {LIST(female_names), LIST(male_names),   LIST(strong_titles), LIST(titles),
                          LIST(no_names),     LIST(institutions), LIST(named_after)};
    for (size_t i = 0; i < SITO_COUNT(lists); i++) {
        for (size_t n = 1; n < lists[i].count; n++) {
            if (strcmp(lists[i].words[n - 1], lists[i].words[n]) >= 0) {
                return false;
            }
        }
    }
    return true;
}
