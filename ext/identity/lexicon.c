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

#include "identity.h"
#include "lexicon.h"

/* First names of women: all end in -a. */
static const char *const female_names[] = {
    "ada",         "adrianna",   "agata",      "agnieszka", "albina",        "aldona",
    "aleksandra",  "alfreda",    "alicja",     "alina",     "amelia",        "anastasia",
    "anastasiia",  "anastazja",  "andżelika",  "aneta",     "angelika",      "ania",
    "anita",       "anna",       "antonina",   "apolonia",  "arkadia",       "arleta",
    "asia",        "augustyna",  "aurelia",    "aśka",      "balbina",       "barbara",
    "basia",       "baśka",      "beata",      "berenika",  "bernadetta",    "bernarda",
    "bianka",      "blanka",     "bogdana",    "bogna",     "bogumiła",      "bogusława",
    "bolesława",   "bożena",     "bronisława", "brygida",   "cecylia",       "celina",
    "cezaryna",    "czesława",   "dagmara",    "dagna",     "danka",         "danuta",
    "daria",       "debora",     "delfina",    "diana",     "dobrochna",     "dobrosława",
    "dominika",    "donata",     "dorota",     "dąbrówka",  "edyta",         "ela",
    "eleonora",    "eliza",      "elwira",     "elżbieta",  "emilia",        "emma",
    "estera",      "eugenia",    "eulalia",    "ewa",       "ewangelina",    "ewelina",
    "ewka",        "fabiana",    "faustyna",   "felicja",   "filomena",      "florentyna",
    "franciszka",  "fryderyka",  "gabriela",   "genowefa",  "gerda",         "gizela",
    "gosia",       "gośka",      "grażyna",    "grażynka",  "greta",         "grzegorza",
    "halina",      "halinka",    "halyna",     "hania",     "hanka",         "hanna",
    "hałyna",      "hela",       "helena",     "henryka",   "hiacynta",      "honorata",
    "hortensja",   "ida",        "iga",        "ilona",     "inga",          "irena",
    "irma",        "irmina",     "iryna",      "ivana",     "iwona",         "iwonna",
    "iza",         "izabela",    "izolda",     "jadwiga",   "jadzia",        "jagna",
    "jagoda",      "jana",       "janina",     "janka",     "jasmina",       "jaśmina",
    "jessica",     "joanna",     "joasia",     "jola",      "jolanta",       "jowana",
    "jowita",      "judyta",     "julia",      "julianna",  "julija",        "julita",
    "justyna",     "józefa",     "józefina",   "kaja",      "kalina",        "kamila",
    "karina",      "karolina",   "kasandra",   "kasia",     "kasieńka",      "katarzyna",
    "kateryna",    "kazimiera",  "kaśka",      "kinga",     "klara",         "klaudia",
    "klementyna",  "konstancja", "kornelia",   "krycha",    "krysia",        "krystyna",
    "ksenia",      "larysa",     "laura",      "lena",      "leokadia",      "leonarda",
    "leontyna",    "lidia",      "ligia",      "liliana",   "lilianna",      "linda",
    "liwia",       "lubomiła",   "lucja",      "lucyna",    "ludmiła",       "ludmyla",
    "ludwika",     "luiza",      "madzia",     "magda",     "magdalena",     "maja",
    "malwina",     "manuela",    "marcelina",  "maria",     "mariana",       "marianna",
    "mariia",      "marina",     "mariola",    "marlena",   "marta",         "martyna",
    "maryla",      "marylka",    "marysia",    "marzanna",  "marzena",       "marzenna",
    "matylda",     "małgorzata", "melania",    "melisa",    "michaela",      "michalina",
    "mieczysława", "milena",     "mira",       "miranda",   "mirosława",     "monika",
    "nadia",       "natalia",    "natalija",   "natasza",   "nela",          "nikola",
    "nikoletta",   "nina",       "norberta",   "oksana",    "oktawia",       "ola",
    "oleksandra",  "olena",      "olga",       "oliwia",    "otylia",        "patricia",
    "patrycja",    "paula",      "paulina",    "pelagia",   "petra",         "petronela",
    "placyda",     "pola",       "prakseda",   "rachela",   "radosława",     "rafaela",
    "regina",      "renata",     "rita",       "roksana",   "roma",          "romana",
    "roza",        "rozalia",    "ryszarda",   "róża",      "sabina",        "sabrina",
    "salomea",     "samanta",    "sandra",     "sara",      "sofia",         "sofija",
    "sonia",       "stanisława", "stefa",      "stefania",  "stella",        "susanna",
    "svetlana",    "svitlana",   "swietłana",  "sylwana",   "sylwia",        "szarlotta",
    "sławomira",   "tamara",     "tatiana",    "tekla",     "teodora",       "teresa",
    "tereska",     "tetiana",    "uliana",     "urszula",   "urszulka",      "valentina",
    "viktoria",    "viktoriia",  "violetta",   "wacława",   "walentyna",     "waleria",
    "wanda",       "wera",       "weronika",   "wiera",     "wierzchosława", "wiesława",
    "wiktoria",    "wilhelmina", "wiola",      "wioleta",   "wioletta",      "wisława",
    "władysława",  "yana",       "yulia",      "yuliia",    "zdzisia",       "zdzisława",
    "zenobia",     "zofia",      "zosia",      "zośka",     "zuza",          "zuzanna",
    "zyta",        "łucja",      "żaneta",     "żanna",
};

/* First names of men. */
static const char *const male_names[] = {
    "abraham",    "achilles",    "adam",       "adrian",     "ahmed",     "alan",
    "albert",     "albin",       "aleksander", "aleksy",     "alfons",    "alfred",
    "alojzy",     "amadeusz",    "ambroży",    "anatol",     "andrii",    "andrij",
    "andrzej",    "antek",       "antoni",     "ariel",      "arkadiusz", "arnold",
    "artur",      "augustyn",    "aureliusz",  "baltazar",   "bartek",    "bartosz",
    "bartłomiej", "bazyli",      "benedykt",   "beniamin",   "bernard",   "bernardyn",
    "bogdan",     "bogumił",     "bogusław",   "bohdan",     "bolesław",  "bonifacy",
    "borys",      "borzysław",   "bożydar",    "brian",      "bronek",    "bronisław",
    "bruno",      "brunon",      "błażej",     "carlos",     "cezary",    "charles",
    "cyprian",    "cyriak",      "cyryl",      "czesiek",    "czesław",   "dacjan",
    "damian",     "daniel",      "darek",      "dariusz",    "david",     "dawid",
    "dionizy",    "dmytro",      "dobromir",   "dobrosław",  "dominik",   "donat",
    "edek",       "edmund",      "edward",     "edwin",      "eliasz",    "eligiusz",
    "emanuel",    "emil",        "erazm",      "ernest",     "eryk",      "eugeniusz",
    "eustachy",   "ezechiel",    "fabian",     "faustyn",    "feliks",    "ferdynand",
    "fidelis",    "filip",       "florian",    "franciszek", "franek",    "fryderyk",
    "gabriel",    "george",      "gerard",     "giovanni",   "gniewko",   "gniewomir",
    "gracjan",    "grzegorz",    "grzesiek",   "grześ",      "gustaw",    "gwidon",
    "hans",       "hassan",      "hektor",     "heliodor",   "heniek",    "henryk",
    "herbert",    "herman",      "hieronim",   "hilary",     "hipolit",   "hubert",
    "ignacy",     "igor",        "ildefons",   "ireneusz",   "ivan",      "iwan",
    "iwo",        "jacek",       "jacques",    "jakub",      "james",     "jan",
    "janek",      "janusz",      "jarek",      "jaromir",    "jarosław",  "jasiek",
    "jeremi",     "jeremiasz",   "jerzy",      "joachim",    "john",      "jonasz",
    "joseph",     "jozue",       "juan",       "julian",     "juliusz",   "jurand",
    "jurek",      "jurij",       "józef",      "józek",      "jürgen",    "jędrzej",
    "kacper",     "kajetan",     "kamil",      "kamilek",    "karol",     "kasper",
    "kaspian",    "kazik",       "kazimierz",  "kevin",      "klaudiusz", "klaus",
    "klemens",    "konrad",      "konstanty",  "kornel",     "kosma",     "krystian",
    "krystyn",    "krzesimir",   "krzysiek",   "krzysztof",  "ksawery",   "lambert",
    "lech",       "leon",        "leonard",    "leonid",     "leonidas",  "leopold",
    "leszek",     "lesław",      "lolek",      "lubomir",    "lubosz",    "luca",
    "lucjan",     "lucjusz",     "ludomir",    "ludwik",     "maciej",    "maciek",
    "maksym",     "maksymilian", "marcel",     "marceli",    "marcin",    "marcjan",
    "marco",      "marek",       "marian",     "mariusz",    "mateusz",   "maurycy",
    "mehmet",     "melchior",    "metody",     "michael",    "michał",    "michałek",
    "mieczysław", "mieszko",     "mietek",     "mikołaj",    "milan",     "mirek",
    "miron",      "mirosław",    "miłosz",     "mohamed",    "mohammed",  "mojżesz",
    "muhammad",   "mykola",      "napoleon",   "natan",      "nataniel",  "nestor",
    "nikodem",    "norbert",     "oktawian",   "olaf",       "oleg",      "oleksandr",
    "olgierd",    "oliwier",     "omar",       "onufry",     "oskar",     "oswald",
    "ołeksandr",  "pankracy",    "paskal",     "patryk",     "paul",      "paweł",
    "peter",      "petro",       "pierre",     "piotr",      "piotrek",   "polikarp",
    "przemek",    "przemysł",    "przemysław", "radek",      "radosław",  "radzimir",
    "rafael",     "rafał",       "rajmund",    "rajnold",    "remigiusz", "robert",
    "roman",      "romek",       "rudolf",     "rufin",      "rysiek",    "ryszard",
    "salomon",    "samuel",      "sebastian",  "sergiej",    "sergiusz",  "serhii",
    "serhij",     "seweryn",     "siemowit",   "stach",      "stanisław", "staszek",
    "stefan",     "steven",      "sulisław",   "sylwan",     "sylwester", "sylwiusz",
    "szczepan",   "szymon",      "sławek",     "sławomir",   "tadek",     "tadeusz",
    "taras",      "teodor",      "teodozjusz", "teofil",     "thomas",    "tobiasz",
    "tomasz",     "tomek",       "tymek",      "tymon",      "tymoteusz", "tytus",
    "ulryk",      "vasyl",       "viktor",     "vladimir",   "volodymyr", "wacek",
    "wacław",     "waldemar",    "walenty",    "walerian",   "walter",    "wandalin",
    "wasyl",      "wawrzyniec",  "wenanty",    "wiesiek",    "wiesław",   "wieńczysław",
    "wiktor",     "wilhelm",     "william",    "wincenty",   "wisław",    "wit",
    "witold",     "witosław",    "wojciech",   "wojtek",     "władek",    "władysław",
    "włodek",     "włodzimierz", "yurii",      "zachariasz", "zachary",   "zbigniew",
    "zbyszek",    "zbysław",     "zdzisiek",   "zdzisław",   "zenek",     "zenon",
    "ziemomysł",  "ziemowit",    "zygfryd",    "zygmunt",    "łazarz",    "łukasz",
    "świętosław",
};

/* Behind these a single capitalised word is a surname. */
static const char *const strong_titles[] = {
    "mecenas",  "mecenasa",     "nazwiska",     "nazwiskiem",      "nazwisko",   "nazwisku",
    "ob",       "pan",          "pana",         "panem",           "pani",       "panie",
    "panią",    "panowie",      "panu",         "panów",           "państwa",    "państwem",
    "państwo",  "państwu",      "radna",        "radnego",         "radnej",     "radnemu",
    "radny",    "radnym",       "radną",        "skarżąca",        "skarżącego", "skarżącej",
    "skarżący", "wnioskodawca", "wnioskodawcy", "wnioskodawczyni", "świadek",    "świadka",
};

/* Behind these stands a first name and a surname, or a surname with initials. */
static const char *const titles[] = {
    "adw",           "babci",
    "babcia",        "biegłego",
    "biegły",        "brat",
    "brata",         "córce",
    "córka",         "córki",
    "córką",         "dr",
    "dziadek",       "dziadka",
    "dłużnik",       "dłużnika",
    "hab",           "imię",
    "inspektor",     "inspektora",
    "inż",           "kierowca",
    "kierowcy",      "komornik",
    "komornika",     "ks",
    "ksiądz",        "księdza",
    "lek",           "lokator",
    "lokatora",      "lokatorka",
    "lokatorki",     "matce",
    "matka",         "matki",
    "mecenasowi",    "mgr",
    "mieszkaniec",   "mieszkanka",
    "mieszkanki",    "mieszkańca",
    "mąż",           "męża",
    "mężem",         "mężowi",
    "najemca",       "najemcy",
    "notariusz",     "notariusza",
    "obywatel",      "obywatela",
    "obywatelka",    "obywatelki",
    "ojca",          "ojciec",
    "ojcu",          "pacjent",
    "pacjenta",      "pacjentka",
    "pacjentki",     "panami",
    "paniami",       "pełnomocnik",
    "pełnomocnika",  "podinspektor",
    "podpisał",      "podpisała",
    "poszkodowana",  "poszkodowanego",
    "poszkodowanej", "poszkodowany",
    "prof",          "radni",
    "radnych",       "referent",
    "siostra",       "siostry",
    "siostrze",      "sołtys",
    "sołtysa",       "sołtysem",
    "sołtysowi",     "sporządził",
    "sporządziła",   "syn",
    "syna",          "synem",
    "synowi",        "sędzia",
    "sędziego",      "sędziemu",
    "sędzią",        "teściowa",
    "teściowej",     "uczennica",
    "uczennicy",     "uczeń",
    "ucznia",        "wdowa",
    "wdowiec",       "wdowy",
    "wnuczka",       "wnuczki",
    "wnuk",          "wnuka",
    "właściciel",    "właściciela",
    "właścicielka",  "właścicielki",
    "zmarła",        "zmarłego",
    "zmarłej",       "zmarły",
    "świadkowi",     "żona",
    "żonie",         "żony",
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
    "danych",
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
    "dziecka",
    "dziecko",
    "dziekan",
    "dzielnica",
    "dziennik",
    "dzień",
    "edukacji",
    "europejska",
    "europejski",
    "europejskich",
    "europejskie",
    "europejskiego",
    "europejskiej",
    "europejskim",
    "fabryka",
    "filharmonia",
    "finansów",
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
    "gminnej",
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
    "informatyki",
    "inspekcja",
    "instytut",
    "instytutu",
    "inwestycji",
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
    "krajowej",
    "krajowy",
    "krakowa",
    "krakowie",
    "kraków",
    "krs",
    "kujawski",
    "kultury",
    "kwiecień",
    "kwietnia",
    "liceum",
    "lipca",
    "lipiec",
    "listopad",
    "listopada",
    "lubelskie",
    "lubelskiego",
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
    "mazowieckie",
    "mazowieckiego",
    "mazowsze",
    "małopolska",
    "małopolski",
    "małopolskie",
    "małopolskiego",
    "miasta",
    "miasto",
    "miejska",
    "miejski",
    "miejskich",
    "miejskie",
    "miejskiego",
    "miejskiej",
    "miejskim",
    "miejskimi",
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
    "osobowych",
    "ośrodek",
    "parafia",
    "park",
    "parlament",
    "parlamentu",
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
    "podkarpackie",
    "podkarpackiego",
    "podlaskie",
    "podlaskiego",
    "podstawowa",
    "polesie",
    "policja",
    "policji",
    "politechnika",
    "polska",
    "polski",
    "polskich",
    "polskie",
    "polskiego",
    "polskiej",
    "polskim",
    "pomocy",
    "pomorska",
    "pomorskie",
    "pomorskiego",
    "pomorze",
    "poniedziałek",
    "poseł",
    "postanowienie",
    "posła",
    "posłanka",
    "powiat",
    "powiatowa",
    "powiatowego",
    "powiatowej",
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
    "publicznego",
    "publicznej",
    "publicznych",
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
    "rozwoju",
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
    "sportu",
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
    "transportu",
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
    "wielkopolskie",
    "wielkopolskiego",
    "wisła",
    "wniosek",
    "wnioskiem",
    "wniosku",
    "wniosków",
    "wobec",
    "wojewoda",
    "wojewody",
    "wojewódzka",
    "wojewódzki",
    "wojewódzkich",
    "wojewódzkiego",
    "wojewódzkiej",
    "wojewódzkim",
    "województwa",
    "województwo",
    "wrocław",
    "wrocławia",
    "wrocławiu",
    "wrzesień",
    "września",
    "wtorek",
    "wydania",
    "wydział",
    "wydziałowi",
    "wydziału",
    "wyższa",
    "wójt",
    "wójta",
    "własności",
    "xi",
    "xii",
    "z",
    "zakład",
    "zakładu",
    "zarząd",
    "zarządu",
    "zarządzania",
    "zarządzenie",
    "zastępca",
    "zastępcy",
    "zdrowia",
    "ze",
    "zespołu",
    "zespół",
    "zgodnie",
    "zgłoszenia",
    "zgłoszenie",
    "zgłoszeniem",
    "zielona",
    "związek",
    "łodzi",
    "łodzią",
    "łódzka",
    "łódzki",
    "łódzkich",
    "łódzkie",
    "łódzkiego",
    "łódzkiej",
    "łódzkim",
    "łódź",
    "śląsk",
    "śląska",
    "śląski",
    "śląskich",
    "śląskie",
    "śląskiej",
    "śląskim",
    "środa",
    "środków",
    "środowiska",
    "środowiskiem",
    "środowisko",
    "środowisku",
    "śródmieście",
    "świetlica",
    "świętokrzyskie",
    "świętokrzyskiego",
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

unsigned sito_identity_word(SitoText text) {
    SitoWord word = {.size = text.size};
    if (text.size == 0 || text.size > SITO_WORD_LONGEST) {
        return 0;
    }
    memcpy(word.letters, text.data, text.size);
    unsigned first = sito_is_first_name(&word) ? SITO_WORD_FIRST_NAME : 0;
    first |= first != 0 && sito_is_first_name_as_listed(&word) ? SITO_WORD_NOMINATIVE : 0;
    first |= first != 0 && sito_is_genitive_too(&word) ? SITO_WORD_GENITIVE_TOO : 0;
    return first | (sito_is_surname_like(&word) ? SITO_WORD_SURNAME : 0) |
           (sito_is_strong_title(&word) ? SITO_WORD_STRONG_TITLE : 0) |
           (sito_is_title(&word) ? SITO_WORD_TITLE : 0) |
           (sito_is_no_name(&word) ? SITO_WORD_NO_NAME : 0) |
           (sito_is_institution(&word) ? SITO_WORD_INSTITUTION : 0) |
           (sito_names_things(&word) ? SITO_WORD_THING : 0) |
           (sito_month_of(&word) > 0 ? SITO_WORD_MONTH : 0);
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
