/*
** What fetching says, in Polish (checks/common/trouble_remote.c): each message that a server can bring about.
*/
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "common/trouble.h"

static void messages_are_told_in_polish(void **state) {
    static const struct {
        const char *en, *pl;
    } cases[] = {
        {"remote: https://a.example/x: the server answers with status 404: there is nothing under this URL",
         "https://a.example/x: pod tym adresem nic nie ma (status 404)"},
        {"remote: https://a.example/x: the server answers with status 500 (tried 4 times): the fault is the "
         "server's; try again later",
         "https://a.example/x: serwer nie działa poprawnie (status 500, prób: 4); spróbuj później"},
        {"remote: https://a.example/x: the server answers with status 429 and asks to wait 5000 s, longer "
         "than this request may; try again then",
         "https://a.example/x: serwer odpowiada statusem 429 i każe czekać 5000 s, dłużej niż wolno; "
         "spróbuj później"},
        {"remote: http://127.0.0.2:80/ is refused: its address is not public (loopback); "
         "allow_private=yes lets it through",
         "http://127.0.0.2:80/: adres nie jest publiczny (adres tego komputera); przepuszcza go "
         "allow_private=yes"},
        {"remote: https://a.example/x: the answer is of a type that is not CSV (Content-Type: "
         "application/json)",
         "https://a.example/x: typ odpowiedzi to nie CSV (Content-Type: application/json)"},
        {"remote: the quota of a.example (5 requests in 1 s) is used up; the next request is possible in 1 s",
         "limit serwera a.example (zapytań: 5 na 1 s) jest wyczerpany; następne zapytanie będzie można "
         "wysłać za 1 s"},
        {"remote: a record cannot be written in the cache folder /x: No space left on device",
         "błąd w folderze pamięci podręcznej /x: brak miejsca na dysku"},
        {"remote: http://127.0.0.1:80/x?page=2: the total was 4 on the first page and is 5 on page 2: the "
         "source changed while it was read; read it again",
         "http://127.0.0.1:80/x?page=2: liczba wierszy zmieniła się z 4 na 5 (strona 2): źródło zmieniło się "
         "podczas czytania; wczytaj je jeszcze raz"},
        {"remote: http://127.0.0.1:80/x:17: the text (8 bytes) is not valid JSON",
         "http://127.0.0.1:80/x:17: odpowiedź (bajtów: 8) nie jest poprawnym JSON-em"},
        {"remote: http://127.0.0.1:80/x: there are more rows (4 after page 2) than the total of 3 that the "
         "answer names",
         "http://127.0.0.1:80/x: wierszy jest więcej (4 do strony 2), niż podaje odpowiedź (3)"},
        {"remote: http://127.0.0.1:80/x: row 7: the value of column rok is not a number; leave its type out "
         "to take it as it is",
         "http://127.0.0.1:80/x: wiersz 7: wartość w kolumnie rok nie jest zadeklarowanego typu"},
        {"remote: http://127.0.0.1:80/x: rows: $.a is no array but of type object; this answer has none",
         "http://127.0.0.1:80/x: $.a nie jest tablicą (rows)"},
        {"bdl: unknown option 'levl'; did you mean 'level'; options are variable, level",
         "bdl: nieznana opcja 'levl' (czy chodziło o 'level'?); są: variable, level"},
        {"bdl: unknown option 'x'; options are variable, level",
         "bdl: nieznana opcja 'x'; są: variable, level"},
        {"bdl: level cannot be '7'; it is a whole number from 0 to 6: 0 Poland",
         "bdl: level nie może mieć wartości '7'; dopuszczalne: a whole number from 0 to 6: 0 Poland"},
        {"ckan: give portal='…'", "ckan: podaj portal='…'"},
        {"remote: option url is given twice", "remote: opcję url podano dwa razy"},
        {"remote: something new", "remote: something new"},
        {"remote: csv: https://a.example/x.gz unpacks to more than 100 bytes; raise max_unpacked if that is "
         "right",
         "plik https://a.example/x.gz po rozpakowaniu przekracza 100 bajtów"},
        {"csv: x.csv is empty (0 bytes)", "plik x.csv jest pusty (0 bajtów)"},
    };
    (void)state;
    for (size_t i = 0; i < SITO_COUNT(cases); i++) {
        char *error = sito_print("%s", cases[i].en);
        assert_int_equal(sito_trouble_translate(SITO_PL, &error), SITO_OK);
        assert_string_equal(error, cases[i].pl);
        sito_free(error);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(messages_are_told_in_polish)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
