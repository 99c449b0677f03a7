/*
** Messages of the system and of the csv reader, in Polish (trouble.h).
**
** R1  The modules of ext/ speak English alone, since they are for the shell as well. What of it a
**     check can run into stands in the table below, by its fixed words; what varies (names, numbers)
**     is carried over as it is.
*/
#include "common/trouble.h"

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

/* In `en` a * stands for what varies; in `pl` %1 … %4 are these, in their order. The first that fits
** counts. */
static const struct Phrase {
    const char *en, *pl;
} phrases[] = {
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

/* The Polish words for a part: a cause is a phrase or an errno itself, anything else stays. */
static int put_part(SitoBuffer *out, SitoText part) {
    char *text = sito_print("%.*s", (int)part.size, part.data);
    SitoText none[MOST_PARTS];
    const char *words = text;
    for (size_t i = 0; i < SITO_COUNT(phrases) && text != NULL; i++) {
        if (strncmp(phrases[i].en, "csv:", 4) != 0 && fits(phrases[i].en, text, none)) {
            words = phrases[i].pl;
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

static int put_phrase(SitoBuffer *out, const char *pl, const SitoText parts[MOST_PARTS]) {
    int rc = SITO_OK;
    while (*pl != 0 && rc == SITO_OK) {
        size_t plain = strcspn(pl, "%");
        rc = sito_buffer_add(out, pl, plain);
        pl += plain;
        if (rc == SITO_OK && *pl == '%') {
            rc = put_part(out, parts[pl[1] - '1']);
            pl += 2;
        }
    }
    return rc == SITO_OK ? sito_buffer_add(out, "", 1) : rc;
}

int sito_trouble_translate(SitoLanguage language, char **error) {
    SitoText parts[MOST_PARTS];
    for (size_t i = 0; i < SITO_COUNT(phrases); i++) {
        if (language == SITO_PL && *error != NULL && strncmp(*error, "csv:", 4) == 0 &&
            fits(phrases[i].en, *error, parts)) {
            SitoBuffer out = {0};
            int rc = put_phrase(&out, phrases[i].pl, parts);
            char *words = rc == SITO_OK ? sito_print("%s", out.data) : NULL;
            sito_buffer_free(&out);
            sito_free(*error);
            *error = words;
            return words == NULL ? SITO_NOMEM : SITO_OK;
        }
    }
    return SITO_OK;
}
