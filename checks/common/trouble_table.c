/*
** What the table remote says of answers (ext/remote), in Polish (trouble_phrases.h).
*/
#include "base/sito.h"
#include "common/trouble_phrases.h"

const SitoPhrase sito_table_phrases[] = {
    {"remote: *: the text (* bytes) is not valid JSON*",
     "%1: odpowiedź (bajtów: %2) nie jest poprawnym JSON-em"},
    {"remote: *: an object has two members '*', and nobody*",
     "%1: w jednym obiekcie pole '%2' stoi dwa razy i nie wiadomo, które jest właściwe"},
    {"remote: *: byte * is not UTF-8", "%1: bajt %2 nie jest tekstem w UTF-8"},
    {"remote: *: byte * is a NUL character*", "%1: bajt %2: znak zerowy (\\u0000) w tekście"},
    {"remote: *: byte * is the * half of a character*",
     "%1: bajt %2: połowa znaku (\\u) bez drugiej połowy"},
    {"remote: *: it is longer than the * bytes of max_page*",
     "%1: ma więcej niż %2 bajtów (max_page), a jest trzymane w pamięci w całości; poproś o mniejsze "
     "strony albo o csv lub ndjson"},
    {"remote: *: rows: * of an element of * is no array*",
     "%1: %2 w elemencie tablicy %3 nie jest tablicą (rows)"},
    {"remote: *: rows: * is not there;*", "%1: w odpowiedzi nie ma tablicy %2 (rows)"},
    {"remote: *: rows: * is no array but of type *", "%1: %2 nie jest tablicą (rows)"},
    {"remote: *: rows: say which array of the answer has the rows: *",
     "%1: podaj w rows, w której tablicy są wiersze: %2"},
    {"remote: *: the answer has no array of rows;*",
     "%1: w odpowiedzi nie ma tablicy; rows='@' bierze ją jako jeden wiersz"},
    {"remote: *: there are no rows to see the columns by;*",
     "%1: nie ma wierszy, po których widać by było kolumny; nazwij je w columns"},
    {"remote: *: there is a member '*' that was not there*",
     "%1: jest pole '%2', którego nie było przy tworzeniu tabeli; nazwij kolumny w columns"},
    {"remote: *: the columns are not those of when*",
     "%1: kolumny są inne niż na pierwszej stronie"},
    {"remote: *: the answer does not list its columns", "%1: odpowiedź nie podaje swoich kolumn"},
    {"remote: *: the answer names no file to read", "%1: odpowiedź nie wskazuje pliku do pobrania"},
    {"remote: *: row *: the value of column * is not *; leave*",
     "%1: wiersz %2: wartość w kolumnie %3 nie jest zadeklarowanego typu"},
    {"remote: *: row * has nothing for the column *:*",
     "%1: wiersz %2 nie ma pola dla kolumny %3; odpowiedzi nie są takie, jak je opisano"},
    {"remote: *: total: * is not there", "%1: w odpowiedzi nie ma %2 (total)"},
    {"remote: *: total: * is no whole number*", "%1: %2 (total) nie jest liczbą całkowitą"},
    {"remote: *: the total was * on the first page and is * on page *:*",
     "%1: liczba wierszy zmieniła się z %2 na %3 (strona %4): źródło zmieniło się podczas czytania; "
     "wczytaj je jeszcze raz"},
    {"remote: *: there are more rows (* after page *) than the total of * that*",
     "%1: wierszy jest więcej (%2 do strony %3), niż podaje odpowiedź (%4)"},
    {"remote: *: * of * rows are there: the pages ended early*",
     "%1: jest %2 z %3 wierszy: strony skończyły się za wcześnie"},
    {"remote: *: page * has the same rows as an earlier one*",
     "%1: strona %2 ma te same wiersze co wcześniejsza: serwer nie zmienia stron tak, jak podano w page"},
    {"remote: *: the pages go round*", "%1: strony prowadzą w kółko"},
    {"remote: *: there are more than * pages;*",
     "%1: stron jest więcej niż %2; więcej dopuszcza max_pages"},
    {"remote: *: the next page lies at another scheme*",
     "%1: następna strona ma inny adres serwera niż pierwsza, a takich się nie pobiera"},
    {"remote: *: the source changed while its * pages were read*",
     "%1: źródło zmieniło się podczas czytania (stron: %2); wczytaj je jeszcze raz"},
    /* options, of remote and of the presets */
    {"*: unknown option '*'; did you mean '*'; options are *",
     "%1: nieznana opcja '%2' (czy chodziło o '%3'?); są: %4"},
    {"*: unknown option '*'; options are *", "%1: nieznana opcja '%2'; są: %3"},
    {"*: option * is given twice", "%1: opcję %2 podano dwa razy"},
    {"*: * cannot be '*'; it is *", "%1: %2 nie może mieć wartości '%3'; dopuszczalne: %4"},
    {"*: give *='…'*", "%1: podaj %2='…'"},
};

const size_t sito_table_phrases_count = SITO_COUNT(sito_table_phrases);
