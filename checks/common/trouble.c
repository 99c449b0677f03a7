/*
** Messages of the system and of the csv reader, in Polish (trouble.h).
**
** R1  The modules of ext/ speak English alone, since they are for the shell as well. What of it a
**     check can run into stands in the table below, by its fixed words; what varies (names, numbers)
**     is carried over as it is.
*/
#include "common/trouble.h"
#include "common/trouble_phrases.h"

#include <errno.h>
#include <string.h>

static const struct {
    int number;
    const char *pl;
} numbers[] = {
    {EACCES, "brak uprawnień"},
    {EPERM, "brak uprawnień"},
    {ENOENT, "nie ma takiego pliku ani folderu"},
    {ENOTDIR, "część ścieżki nie jest folderem"},
    {EISDIR, "to jest folder"},
    {EEXIST, "taki plik już istnieje"},
    {ELOOP, "zbyt wiele dowiązań symbolicznych"},
    {ENAMETOOLONG, "nazwa jest za długa"},
    {ENOSPC, "brak miejsca na dysku"},
    {EDQUOT, "przekroczono przydział miejsca na dysku"},
    {EFBIG, "plik byłby za duży"},
    {EROFS, "nośnik jest tylko do odczytu"},
    {EPIPE, "odbiorca przestał czytać"},
    {EBADF, "wyjście jest zamknięte"},
    {EIO, "błąd odczytu lub zapisu na nośniku"},
    {EMFILE, "otwarto zbyt wiele plików"},
    {ENFILE, "otwarto zbyt wiele plików"},
    {ENOMEM, "zabrakło pamięci"},
    {EBUSY, "plik jest zajęty"},
};

const char *sito_errno_words(SitoLanguage language, int number) {
    for (size_t i = 0; i < SITO_COUNT(numbers) && language == SITO_PL; i++) {
        if (numbers[i].number == number) {
            return numbers[i].pl;
        }
    }
    return strerror(number);
}

static const SitoPhrase phrases[] = {
    {"csv: * is empty (0 bytes)", "plik %1 jest pusty (0 bajtów)"},
    {"csv: * is not text (byte 0 at offset *)",
     "plik %1 nie jest tekstem (bajt zerowy na pozycji %2)"},
    {"csv: * has * columns; at most * are possible",
     "plik %1 ma za dużo kolumn: %2; dopuszczalna liczba: %3"},
    {"csv: * holds no records, only line ends",
     "w pliku %1 nie ma rekordów, są tylko końce wierszy"},
    {"csv: *:*: the first record, which tells the columns, is damaged: *",
     "%1:%2: pierwszy rekord, który wyznacza kolumny, jest uszkodzony: %3"},
    {"csv: *:*: the heading is damaged: *", "%1:%2: nagłówek jest uszkodzony: %3"},
    {"csv: *:*: * fields where * are expected (ragged); *",
     "%1:%2: liczba wartości: %3, a powinno ich być: %4"},
    {"csv: *:*: * (*); on_error=*", "%1:%2: rekord jest uszkodzony: %4"},
    {"csv: * was changed while it was read", "plik %1 zmienił się podczas odczytu"},
    {"csv: * has changed since *", "plik %1 zmienił się podczas odczytu"},
    {"csv: * ended at byte *, but has *",
     "plik %1 urywa się na bajcie %2; zmienił się podczas odczytu?"},
    {"csv: cannot read * at byte *: *", "nie można odczytać pliku %1 od bajtu %2: %3"},
    {"csv: cannot open *: *", "nie można odczytać pliku %1: %2"},
    {"csv: *: the gzip data are cut off*", "plik %1: dane gzip są ucięte"},
    {"csv: *: the gzip data are damaged*", "plik %1: dane gzip są uszkodzone"},
    {"csv: * unpacks to more than * bytes*", "plik %1 po rozpakowaniu przekracza %2 bajtów"},
    {"quote", "niedomknięty cudzysłów albo tekst po nim"},
    {"nul", "bajt zerowy (NUL)"},
    {"encoding", "bajty, które nie są tekstem w tym kodowaniu"},
    {"too-long", "wartość dłuższa niż 1 MiB"},
    {"a field is longer than max_field*", "wartość jest dłuższa niż 1 MiB"},
    {"a quote inside a field that*", "cudzysłów wewnątrz wartości, która się nim nie zaczyna"},
    {"a quote is opened*", "niedomknięty cudzysłów"},
    {"text behind a closing quote*", "tekst po cudzysłowie zamykającym"},
};

/* What is wrong with a file of rules (checks/runner/rule.c, select.c, rules.c). */
static const SitoPhrase rule_phrases[] = {
    {"*:*: unknown key '*'; did you mean '*'?",
     "%1:%2: nieznany klucz '%3' (czy chodziło o '%4'?)"},
    {"*:*: unknown key '*'", "%1:%2: nieznany klucz '%3'"},
    {"*:*: no value for '*'", "%1:%2: klucz '%3' nie ma wartości"},
    {"*:*: key given twice: '*'", "%1:%2: klucz '%3' podano dwa razy"},
    {"*:*: expected `-- key: value`, not '*'",
     "%1:%2: tu ma stać `-- klucz: wartość`, a stoi '%3'"},
    {"*:*: the front matter lacks the key '*'", "%1:%2: w nagłówku reguły brakuje klucza '%3'"},
    {"*:*: give either 'basis' or both*",
     "%1:%2: podaj albo 'basis', albo obie: 'basis.en' i 'basis.pl'"},
    {"*:*: the id must be the file's name, not '*'",
     "%1:%2: id ma być nazwą pliku bez .sql, a jest '%3'"},
    {"*:*: a param is NAME*",
     "%1:%2: param ma postać: NAZWA integer|number|text WARTOŚĆ zdanie po angielsku | zdanie po polsku"},
    {"*:*: VOCABULARY has no need '*'; did you mean '*'?",
     "%1:%2: VOCABULARY nie zna potrzeby '%3' (czy chodziło o '%4'?)"},
    {"*:*: VOCABULARY has no need '*'", "%1:%2: VOCABULARY nie zna potrzeby '%3'"},
    {"*:*: VOCABULARY has no word '*'; did you mean '*'?",
     "%1:%2: VOCABULARY nie zna słowa '%3' (czy chodziło o '%4'?)"},
    {"*:*: VOCABULARY has no word '*'", "%1:%2: VOCABULARY nie zna słowa '%3'"},
    {"*:*: a severity is fatal, error, warning or note, not '*'",
     "%1:%2: waga to fatal, error, warning albo note, a nie '%3'"},
    {"*:*: there is no numeric param '*'", "%1:%2: reguła nie ma parametru liczbowego '%3'"},
    {"*:*: a parameter is stricter higher or lower, not '*'",
     "%1:%2: parametr zaostrza się słowem higher albo lower, a nie '%3'"},
    {"*:*: a scope is resource or package, not '*'",
     "%1:%2: scope to resource albo package, a nie '%3'"},
    {"*:*: a waiver is office, controller, ways or never, not '*'",
     "%1:%2: waiver to office, controller, ways albo never, a nie '%3'"},
    {"*:*: behind the front matter comes one SELECT",
     "%1:%2: po nagłówku reguły ma stać jeden SELECT"},
    {"*: a rule lies in a folder that names its family",
     "%1: reguła ma leżeć w folderze o nazwie swojej rodziny"},
    {"*: a rule is UTF-8 text of at most 256 KiB*",
     "%1: reguła to tekst UTF-8, najwyżej 256 KiB, bez bajtu zerowego"},
    {"*: the id '*' is taken by a rule of family *", "%1: id '%2' nosi już reguła rodziny %3"},
    {"*: no rule here; rules lie as FAMILY/ID.sql",
     "%1: nie ma tu żadnej reguły; reguły leżą jako RODZINA/REGUŁA.sql"},
    {"*: no regular file that can be read", "%1: to nie jest zwykły plik, który da się odczytać"},
    {"more than * rules", "reguł jest więcej niż %1"},
    {"*:*: message.*: message: *", "%1:%2: message.%3: wzorzec komunikatu jest błędny (%4)"},
};

enum { MOST_PARTS = 8 };

/* Where the first `size` bytes of `words` stand in the text first; NULL: nowhere. */
static const char *find(const char *text, const char *words, size_t size) {
    for (; *text != 0; text++) {
        if (strncmp(text, words, size) == 0) {
            return text;
        }
    }
    return NULL;
}

/* True where the text has the form of the pattern; fills what its stars stand for. */
static bool fits(const char *pattern, const char *text, SitoText parts[MOST_PARTS]) {
    size_t fixed = strcspn(pattern, "*");
    if (strncmp(pattern, text, fixed) != 0) {
        return false;
    }
    pattern += fixed, text += fixed;
    for (size_t count = 0; *pattern == '*' && count < MOST_PARTS; count++) {
        pattern++;
        fixed = strcspn(pattern, "*");
        size_t left = strlen(text);
        bool last = pattern[fixed] == 0;
        const char *stop = !last           ? find(text, pattern, fixed)
                           : fixed <= left ? text + left - fixed
                                           : NULL;
        if (stop == NULL || strncmp(stop, pattern, fixed) != 0) {
            return false;
        }
        parts[count] = (SitoText){text, (size_t)(stop - text)};
        pattern += fixed, text = stop + fixed;
    }
    return *pattern == 0 && *text == 0;
}

/* Phrases of one kind. */
typedef struct Book {
    const SitoPhrase *phrases;
    size_t count;
} Book;

static bool is_of_part(const SitoPhrase *phrase) {
    return strncmp(phrase->en, "csv:", 4) != 0 && strncmp(phrase->en, "remote:", 7) != 0;
}

/* The Polish words for a part: a cause is a phrase or an errno itself, anything else stays. */
static int put_part(SitoBuffer *out, SitoText part, Book book) {
    char *text = sito_print("%.*s", (int)part.size, part.data);
    SitoText none[MOST_PARTS];
    const char *words = text;
    for (size_t i = 0; i < book.count && text != NULL; i++) {
        if (is_of_part(&book.phrases[i]) && fits(book.phrases[i].en, text, none)) {
            words = book.phrases[i].pl;
        }
    }
    for (size_t i = 0; i < SITO_COUNT(numbers) && text != NULL; i++) {
        if (strcmp(strerror(numbers[i].number), text) == 0) {
            words = numbers[i].pl;
        }
    }
    int rc = text == NULL ? SITO_NOMEM : sito_buffer_add(out, words, strlen(words));
    sito_free(text);
    return rc;
}

static int put_phrase(SitoBuffer *out, const char *pl, const SitoText parts[MOST_PARTS],
                      Book book) {
    int rc = SITO_OK;
    while (*pl != 0 && rc == SITO_OK) {
        size_t plain = strcspn(pl, "%");
        rc = sito_buffer_add(out, pl, plain);
        pl += plain;
        if (rc == SITO_OK && *pl == '%') {
            rc = put_part(out, parts[pl[1] - '1'], book);
            pl += 2;
        }
    }
    return rc == SITO_OK ? sito_buffer_add(out, "", 1) : rc;
}

/* *error by the first phrase that fits; SITO_OK, also where none does. */
static int translate(Book book, char **error) {
    SitoText parts[MOST_PARTS];
    for (size_t i = 0; i < book.count; i++) {
        if (fits(book.phrases[i].en, *error, parts)) {
            SitoBuffer out = {0};
            int rc = put_phrase(&out, book.phrases[i].pl, parts, book);
            char *words = rc == SITO_OK ? sito_print("%s", out.data) : NULL;
            sito_buffer_free(&out);
            sito_free(*error);
            *error = words;
            return words == NULL ? SITO_NOMEM : SITO_OK;
        }
    }
    return SITO_OK;
}

static bool is_of_network(const char *error) {
    static const char *const modules[] = {"remote: ", "bdl: ", "ckan: ", "danegov: "};
    for (size_t i = 0; i < SITO_COUNT(modules); i++) {
        if (strncmp(error, modules[i], strlen(modules[i])) == 0) {
            return true;
        }
    }
    return false;
}

int sito_trouble_translate(SitoLanguage language, char **error) {
    if (language != SITO_PL || *error == NULL) {
        return SITO_OK;
    }
    if (strncmp(*error, "remote: csv:", 12) == 0) { /* the reader, of a file that was fetched */
        memmove(*error, *error + 8, strlen(*error + 8) + 1);
    }
    if (strncmp(*error, "csv:", 4) == 0) {
        return translate((Book){phrases, SITO_COUNT(phrases)}, error);
    }
    int rc = SITO_OK;
    if (is_of_network(*error)) {
        rc = translate((Book){sito_table_phrases, sito_table_phrases_count}, error);
    }
    if (rc == SITO_OK && strncmp(*error, "remote:", 7) == 0) {
        rc = translate((Book){sito_remote_phrases, sito_remote_phrases_count}, error);
    }
    return rc;
}

int sito_trouble_translate_rule(SitoLanguage language, char **error) {
    return language == SITO_PL && *error != NULL
               ? translate((Book){rule_phrases, SITO_COUNT(rule_phrases)}, error)
               : SITO_OK;
}
