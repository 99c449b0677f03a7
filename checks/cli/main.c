/*
** The program `sito` (cli.h): the table of commands.
*/
#include "cli.h"

#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/interrupt.h"
#include "common/wrap.h"
#include "network.h"

static const SitoCommand commands[] = {
    {.name = "init",
     .run = sito_command_init,
     .paths = "FILE.csv",
     .least = 1,
     .most = 1,
     .options = "output force lang",
     .pl = "zapisuje opis zbioru (datapackage.json) i mówi, co proponuje i dlaczego",
     .en = "write a descriptor (datapackage.json) and say what it proposes and why",
     .examples = "  sito init zgloszenia.csv\n"},
    {.name = "lint",
     .run = sito_command_lint,
     .paths = "DIR|datapackage.json",
     .least = 1,
     .most = 1,
     .options = "policy rules profile lang",
     .pl = "sprawdza opis zbioru, bez czytania danych",
     .en = "check the descriptor, without reading the data",
     .examples = "  sito lint zgloszenia/\n"},
    {.name = "check",
     .run = sito_command_check,
     .paths = "DIR|datapackage.json|FILE.csv|-",
     .least = 1,
     .most = 1,
     .options = "catalogue policy rules profile format output fail-on show-values lang",
     .formats = "text concise json junit sarif github markdown html",
     .several = true,
     .pl = "kontroluje zbiór danych przed publikacją",
     .en = "check a data set before publication",
     .examples = "  sito check zgloszenia/\n"
                 "  sito check --catalogue sito.db zgloszenia/\n"
                 "  sito check --format html -o raport.html zgloszenia/\n"
                 "  sito check --format html -o r.html --format junit -o r.xml zgloszenia/\n"},
    {.name = "inventory",
     .run = sito_command_inventory,
     .paths = "[PATH…]",
     .least = 0,
     .most = 1000,
     .options = "catalogue answers by case format output lang",
     .formats = "text csv html json",
     .pl =
         "wymienia wszystkie pliki i tabele, szuka w nich danych osobowych, proponuje kwalifikację",
     .en = "list all files and tables, look for personal data in them, propose a qualification",
     .examples = "  sito inventory --catalogue sito.db /dane/wgk /dane/finanse\n"
                 "  sito inventory --format csv -o inwentaryzacja.csv /dane\n"
                 "  sito inventory --answers inwentaryzacja.csv --by \"A. Nowak\"\n"},
    {.name = "fetch",
     .run = sito_command_fetch,
     .paths = "[NAME…]",
     .least = 0,
     .most = 1000,
     .options = "catalogue warehouse questions answers list accept by case format output lang",
     .formats = "text json",
     .pl = "wczytuje źródła z katalogu do hurtowni; zapisuje, co i skąd wczytano",
     .en = "load the sources of the catalogue into the warehouse; record what came from where",
     .examples = "  sito fetch --questions -o zrodla.csv\n"
                 "  sito fetch --answers zrodla.csv --by \"A. Nowak\"\n"
                 "  sito fetch --catalogue sito.db --warehouse hurtownia.db\n"
                 "  sito fetch --accept drzewa --by \"A. Nowak\"\n"},
    {.name = "export",
     .run = sito_command_export,
     .paths = "DIR|datapackage.json",
     .least = 1,
     .most = 1,
     .options = "catalogue warehouse policy lang",
     .pl = "zapisuje z hurtowni pliki zbioru, których opis ma zapytanie (warehouse.query)",
     .en =
         "write from the warehouse the files of a data set that declare a query (warehouse.query)",
     .examples = "  sito export drzewa/\n"},
    {.name = "indicators",
     .run = sito_command_indicators,
     .paths = "[compute|values]",
     .least = 0,
     .most = 1,
     .options = "catalogue warehouse questions answers by case format output lang",
     .formats = "text csv json",
     .pl =
         "wymienia wskaźniki miasta; compute: liczy je dla każdego roku z tabel hurtowni; values: wartości",
     .en =
         "list the indicators of the city; compute: for every year from the tables of the warehouse; values: "
         "what was computed",
     .examples = "  sito indicators --questions -o wskazniki.csv\n"
                 "  sito indicators --answers wskazniki.csv --by \"A. Nowak\"\n"
                 "  sito indicators compute\n"
                 "  sito indicators values --format csv -o wartosci.csv\n"},
    {.name = "run",
     .run = sito_command_run,
     .paths = "[DIR…]",
     .least = 0,
     .most = 1000,
     .options =
         "catalogue warehouse to by url publisher harvester policy rules profile format output lang",
     .formats = "text json",
     .pl =
         "wszystko po kolei, do crona: wczytanie, wskaźniki, eksport, kontrola i publikacja zbiorów, których "
         "decyzja trwa",
     .en =
         "all of it in order, for cron: load, indicators, export, check, and publish the data sets whose "
         "decision stands",
     .examples = "  sito run --catalogue /srv/sito/sito.db --to /srv/dane --by \"J. Lis\"\n"
                 "  sito run drzewa/ --format json\n"},
    {.name = "mark",
     .run = sito_command_mark,
     .paths = "DIR|datapackage.json",
     .least = 1,
     .most = 1,
     .options = "catalogue policy rules profile by lang",
     .pl = "zapisuje w katalogu, że zbiór spełnia progi i czeka na decyzję",
     .en = "record in the catalogue that the data set is publishable",
     .examples = "  sito mark --catalogue sito.db zgloszenia/\n"},
    {.name = "publish",
     .run = sito_command_publish,
     .paths = "DIR|datapackage.json",
     .least = 1,
     .most = 1,
     .options =
         "to url publisher harvester by case document reason bip-document bip-basis bip-person "
         "catalogue policy rules profile lang",
     .pl = "publikuje w folderze dokładnie te pliki, które skontrolowano",
     .en = "publish exactly the checked files into a folder",
     .examples =
         "  sito publish drzewa/ --to /srv/dane --by \"J. Lis\" --url https://dane.example.pl/ \\\n"
         "      --publisher \"Urząd Miasta\"\n"
         "  sito publish drzewa/ --to /srv/dane --by \"J. Lis\"\n"},
    {.name = "withdraw",
     .run = sito_command_withdraw,
     .paths = "NAME|DIR",
     .least = 1,
     .most = 1,
     .options = "by reason case document catalogue lang",
     .pl = "wycofuje opublikowany zbiór; zostaje wpis o wycofaniu",
     .en = "withdraw a published data set; a tombstone stays",
     .examples = "  sito withdraw drzewa --by \"J. Lis\" --reason \"błąd w danych za marzec\"\n"},
    {.name = "status",
     .run = sito_command_status,
     .paths = "",
     .options = "catalogue format output lang",
     .formats = "text json",
     .pl = "pokazuje stany zbiorów, ich skróty, publikacje i to, co zalega",
     .en = "show the states of data sets, their digests, publications, and what is overdue",
     .examples = "  sito status --catalogue sito.db\n"},
    {.name = "verify",
     .run = sito_command_verify,
     .paths = "DIR",
     .least = 1,
     .most = 1,
     .options = "catalogue output lang",
     .pl = "sprawdza, czy w folderze leży dokładnie to, co opublikowano",
     .en = "check that a folder holds exactly what was published",
     .examples = "  sito verify /srv/dane --catalogue sito.db\n"},
    {.name = "backup",
     .run = sito_command_backup,
     .paths = "FILE",
     .least = 1,
     .most = 1,
     .options = "catalogue lang",
     .pl = "zapisuje sprawdzoną kopię katalogu do nowego pliku",
     .en = "write a verified copy of the catalogue into a new file",
     .examples = "  sito backup kopia-2025-03-01.db --catalogue sito.db\n"},
    {.name = "waive",
     .run = sito_command_waive,
     .paths = "DIR|datapackage.json CODE",
     .least = 2,
     .most = 2,
     .options =
         "by role reason until basis case opinion opinion-outcome way field records catalogue policy "
         "rules lang",
     .pl = "zapisuje odstępstwo od ustaleń reguły (waivers.json): kto, dlaczego, do kiedy",
     .en = "let findings of a rule stand (waivers.json): who, why, until when",
     .examples =
         "  sito waive zgloszenia/ ragged-row --records 3 --by \"A. Nowak\" --role custodian --until "
         "2026-12-31 --reason \"wiersz podpisów\"\n"
         "  sito waive zgloszenia/ free-text --field opis --by \"J. Lis\" --role local-data-controller "
         "--until 2026-12-31 \\\n"
         "     --basis \"art. 6 ust. 1 lit. e RODO\" --case OPS.077.3.2025 --opinion IOD.0630.2.2025 "
         "--reason \"przeczytano każdą wartość\"\n"},
    {.name = "analysis",
     .run = sito_command_analysis,
     .paths = "DIR|datapackage.json",
     .least = 1,
     .most = 1,
     .options =
         "catalogue questions answers print output step risk outcome by case document form reason "
         "persons lang",
     .pl = "pokazuje, zapisuje i drukuje analizę siedmiu czynności",
     .en = "show, record and print the seven-step analysis",
     .examples =
         "  sito analysis --catalogue sito.db drzewa/\n"
         "  sito analysis drzewa/ --questions -o pytania.csv\n"
         "  sito analysis drzewa/ --answers pytania.csv --by \"A. Nowak\" --case GK.1431.7.2025\n"
         "  sito analysis drzewa/ --step 1 --outcome no-persons --by \"A. Nowak\" --case GK.1431.7.2025\n"
         "  sito analysis drzewa/ --risk N1 --outcome absent --reason \"wykaz drzew\" --by \"A. Nowak\"\n"
         "  sito analysis drzewa/ --print -o karta.html\n"},
    {.name = "decide",
     .run = sito_command_decide,
     .paths = "DIR|datapackage.json",
     .least = 1,
     .most = 1,
     .options = "catalogue outcome by case document reason policy rules lang",
     .pl = "zapisuje decyzję lokalnego administratora danych o udostępnieniu tych plików",
     .en = "record the decision of the local data controller to release these files",
     .examples = "  sito decide zgloszenia/ --outcome positive --by \"A. Nowak\" "
                 "--case GK.1431.7.2025 --document decyzja.pdf\n"},
    {.name = "people",
     .run = sito_command_people,
     .paths = "[add]",
     .least = 0,
     .most = 1,
     .options =
         "catalogue person role unit from until deputy-of case document reason by format output "
         "lang",
     .formats = "text csv json",
     .pl = "wymienia osoby, ich role i to, co mogą zrobić; add: zapisuje upoważnienie",
     .en = "list people, their roles and what they may do; add: record an authorisation",
     .examples = "  sito people --catalogue sito.db\n"
                 "  sito people add --person \"A. Nowak\" --role local-data-controller --unit WGK "
                 "--from 2025-01-01 --case OR.077.1.2025\n"},
    {.name = "catalogue",
     .run = sito_command_catalogue,
     .paths = "[NAME|overdue|redactions|assign NAME]",
     .least = 0,
     .most = 2,
     .options = "catalogue person unit rhythm from by case reason format output lang",
     .formats = "text csv json",
     .pl = "kto odpowiada za zbiór, kiedy go aktualizować, co jest po terminie",
     .en = "who answers for a data set, when to update it, what is overdue",
     .examples = "  sito catalogue --catalogue sito.db\n"
                 "  sito catalogue overdue\n"
                 "  sito catalogue redactions\n"
                 "  sito catalogue drzewa\n"
                 "  sito catalogue assign drzewa --person \"E. Kos\" --unit WGK --rhythm QUARTERLY "
                 "--by \"J. Lis\"\n"},
    {.name = "collect",
     .run = sito_command_collect,
     .paths = "DIR [FILE.csv]",
     .least = 1,
     .most = 2,
     .options = "catalogue period person unit by case output policy lang",
     .pl = "przygotowuje formularz dla gestora; sprawdza dostarczony plik i pisze odpowiedź",
     .en = "make a form for a custodian; verify a delivered file and write the reply",
     .examples = "  sito collect drzewa/ -o formularz/\n"
                 "  sito collect drzewa/ od-wgk.csv --period 2024 --person \"E. Kos\" --unit WGK "
                 "--by \"J. Lis\"\n"},
    {.name = "request",
     .run = sito_command_request,
     .paths = "[NUMBER]",
     .least = 0,
     .most = 1,
     .options =
         "catalogue event day procedure form about unit until minutes by case document reason "
         "format output lang",
     .formats = "text csv json",
     .pl = "repertorium wniosków: terminy w dniach roboczych, komórki, odpowiedzi, czas pracy",
     .en = "the repertory of requests: terms in working days, units, answers, hours",
     .examples =
         "  sito request --catalogue sito.db\n"
         "  sito request 7/2025 --event received --procedure access --form electronic --unit WGK "
         "--day 2025-03-03 --about \"liczba drzew\"\n"
         "  sito request 7/2025 --event answered --form electronic-signed --day 2025-03-14 --minutes 90\n"},
    {.name = "audit",
     .run = sito_command_audit,
     .paths = "[verify]",
     .least = 0,
     .most = 1,
     .options = "catalogue head format output lang",
     .formats = "text csv json",
     .pl = "wypisuje historię katalogu; verify: sprawdza, czy nikt jej nie zmienił",
     .en = "list the history of the catalogue; verify: whether anybody changed it",
     .examples = "  sito audit --catalogue sito.db\n"
                 "  sito audit verify --catalogue sito.db\n"
                 "  sito audit --format csv -o historia.csv\n"},
    {.name = "redact",
     .run = sito_command_redact,
     .paths = "FILE.txt|FILE.md",
     .least = 1,
     .most = 1,
     .options =
         "review answers by position unit basis bip-document case to policy catalogue step outcome form "
         "reason role from day document format output show-values lang",
     .formats = "text json",
     .pl =
         "zasłania dane osobowe w dokumencie (zwykły tekst do 16 MiB) według zał. 1, po decyzji człowieka",
     .en =
         "cover personal data in a document (plain text up to 16 MiB) by annex 1, after a person decided",
     .examples =
         "  sito redact pismo.txt\n"
         "  sito redact pismo.txt --review -o przeglad.csv\n"
         "  sito redact pismo.txt --answers przeglad.csv --by \"Ewa Lis\" --position inspektor "
         "\\\n"
         "      --unit \"Wydział Edukacji\" --basis \"art. 5 ust. 2 ustawy o dostępie do "
         "informacji publicznej\"\n"
         "  sito redact pismo.txt --step 3 --outcome positive --by \"Jan Kos\" --unit \"Wydział "
         "Edukacji\"\n"},
    {.name = "anonymise",
     .run = sito_command_anonymise,
     .paths = "DIR|datapackage.json",
     .least = 1,
     .most = 1,
     .options = "to policy rules profile format output lang",
     .formats = "text json html",
     .pl = "robi ze zbioru nowy, który spełnia progi, i mówi, co zmienił",
     .en = "make a data set that meets the thresholds, and say what was changed",
     .examples = "  sito anonymise zgloszenia-surowe/ --to zgloszenia-nowe\n"
                 "  sito anonymise --format html -o zapis.html zgloszenia-surowe/\n"},
    {.name = "key",
     .run = sito_command_key,
     .paths = "new NAME|list",
     .least = 1,
     .most = 2,
     .options = "lang",
     .pl = "tworzy klucz do pseudonimów i zakłóceń; list: wymienia nazwy kluczy",
     .en = "make a key for pseudonyms and noise; list: the names of the keys",
     .examples = "  sito key new ops\n  sito key list\n"},
    {.name = "diff",
     .run = sito_command_diff,
     .paths = "OLD NEW",
     .least = 2,
     .most = 2,
     .options = "key format output lang",
     .formats = "text json",
     .pl =
         "porównuje dwa pliki albo zbiory: kolumny, rekordy, braki, rozkłady; liczby, nie wartości",
     .en =
         "compare two files or data sets: columns, records, missing values, distributions; no values",
     .examples = "  sito diff zgloszenia-2023/ zgloszenia-2024/\n"
                 "  sito diff --key lp --format json stary.csv nowy.csv\n"},
    {.name = "rules",
     .run = sito_command_rules,
     .paths = "",
     .options = "rules format output lang",
     .formats = "text json markdown",
     .pl = "wymienia reguły kontroli",
     .en = "list the rules",
     .examples = "  sito rules\n  sito rules --format json\n"},
    {.name = "explain",
     .run = sito_command_explain,
     .paths = "CODE",
     .least = 1,
     .most = 1,
     .options = "rules lang",
     .pl = "wyjaśnia regułę: co stwierdza, dlaczego, jak poprawić, na jakiej podstawie",
     .en = "explain a rule: what it finds, why it matters, how to mend it, on what basis",
     .examples = "  sito explain k-anonymity\n"},
    {.name = "completion",
     .run = sito_command_completion,
     .paths = "bash|zsh|fish",
     .least = 1,
     .most = 1,
     .options = "output lang",
     .pl = "wypisuje uzupełnianie poleceń i opcji klawiszem Tab dla powłoki",
     .en = "print the completion of commands and options for a shell",
     .examples = "  source <(sito completion bash)\n"
                 "  sito completion zsh -o ~/.zfunc/_sito\n"
                 "  sito completion fish -o ~/.config/fish/completions/sito.fish\n"},
    {.name = "manual",
     .run = sito_command_manual,
     .paths = "[COMMAND]",
     .least = 0,
     .most = 1,
     .options = "output lang",
     .pl = "wypisuje stronę podręcznika (dla programu man)",
     .en = "print a page of the manual, for the program man",
     .examples = "  sito manual check | man -l -\n"
                 "  sito manual --lang en -o sito.1\n"},
};

const SitoCommand *sito_commands(size_t *count) {
    *count = SITO_COUNT(commands);
    return commands;
}

static void command_names(char *out, size_t room) {
    size_t at = 0;
    for (size_t i = 0; i < SITO_COUNT(commands); i++) {
        int n = snprintf(out + at, room - at, "%s%s", i > 0 ? " " : "", commands[i].name);
        at += n > 0 ? (size_t)n : 0;
    }
}

static int put_usage(SitoBuffer *out, SitoLanguage language) {
    enum { INDENT = 20 };
    int rc = sito_buffer_print(
        out, "%s\n\n",
        sito_say(language, "sito – sprawdza zbiór danych, zanim urząd go opublikuje",
                 "sito – checks a data set before a public office publishes it"));
    for (size_t i = 0; i < SITO_COUNT(commands) && rc == SITO_OK; i++) {
        char name[40];
        const char *sentence = sito_say(language, commands[i].pl, commands[i].en);
        snprintf(name, sizeof name, "sito %s", commands[i].name);
        rc = sito_put_entry(out, name, (SitoText){sentence, strlen(sentence)}, INDENT);
    }
    return rc == SITO_OK ? sito_buffer_print(out, "\n%s\n",
                                             sito_say(language,
                                                      "Więcej: sito POLECENIE --help, sito manual, "
                                                      "sito --version",
                                                      "More: sito COMMAND --help, sito manual, "
                                                      "sito --version"))
                         : rc;
}

static int print_usage(SitoLanguage language, FILE *to) {
    SitoBuffer out = {0};
    int rc = put_usage(&out, language);
    if (rc == SITO_OK) {
        fprintf(to, "%.*s", (int)out.size, out.data);
    }
    sito_buffer_free(&out);
    if (rc != SITO_OK) {
        return sito_fail(rc, NULL);
    }
    return to == stdout ? sito_end_output(language) : SITO_EXIT_OK;
}

/* English where the locale says so, else Polish. */
static SitoLanguage language_of_locale(void) {
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < SITO_COUNT(names); i++) {
        const char *value = getenv(names[i]);
        if (value != NULL && value[0] != 0) {
            return strncmp(value, "en", 2) == 0 ? SITO_EN : SITO_PL;
        }
    }
    return SITO_PL;
}

/* --lang counts for every message, also for those about the words before it. */
static SitoLanguage language_of(int argc, char **argv) {
    SitoLanguage language = language_of_locale();
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        const char *word = strcmp(argv[i], "--lang") == 0 && i + 1 < argc ? argv[i + 1]
                           : strncmp(argv[i], "--lang=", 7) == 0          ? argv[i] + 7
                                                                          : NULL;
        SitoLanguage chosen;
        if (word != NULL && sito_language_parse(word, &chosen)) {
            language = chosen;
        }
    }
    return language;
}

static int run_command(const SitoCommand *command, SitoLanguage language, int argc, char **argv) {
    for (int i = 2; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
            return sito_print_help(command, language);
        }
    }
    SitoArguments arguments = {.language = language, .command = command};
    arguments.paths = sito_malloc(((size_t)argc + 1) * sizeof *arguments.paths);
    if (arguments.paths == NULL) {
        return sito_fail(SITO_NOMEM, NULL);
    }
    int status = sito_read_arguments(&arguments, argc, argv);
    if (status == SITO_EXIT_OK) {
        status = command->run(&arguments);
    }
    sito_free(arguments.paths);
    return status;
}

int main(int argc, char **argv) {
    signal(SIGPIPE, SIG_IGN); /* a closed pipe is a failed write, reported as one; */
    signal(SIGXFSZ, SIG_IGN); /* so is a file that may not grow */
    /* One thread: no lock at every allocation. The statistics of memory stay: without them a rule's
    ** share of memory is not watched (runner/authorize.c). */
    sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
    SitoLanguage language = language_of(argc, argv);
    sito_network_use(language);
    sito_interrupt_catch(language);
    if (argc < 2) {
        print_usage(language, stderr);
        return SITO_EXIT_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        strcmp(argv[1], "help") == 0) {
        return print_usage(language, stdout);
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("sito %s\n", SITO_VERSION);
        return sito_end_output(language);
    }
    for (size_t i = 0; i < SITO_COUNT(commands); i++) {
        if (strcmp(commands[i].name, argv[1]) == 0) {
            return run_command(&commands[i], language, argc, argv);
        }
    }
    char names[400], hint[120];
    command_names(names, sizeof names);
    sito_suggest(language, "", argv[1], names, hint, sizeof hint);
    return sito_complain(SITO_EXIT_USAGE,
                         sito_say(language, "nieznane polecenie '%s'%s; polecenia: %s",
                                  "unknown command '%s'%s; commands: %s"),
                         argv[1], hint, names);
}
