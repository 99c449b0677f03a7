/*
** Words of the command line: forms of values, placeholders, suggestions (cli.h).
*/
#include "cli.h"

#include <stdio.h>
#include <string.h>

bool sito_is_among(const char *word, const char *list) {
    size_t size = strlen(word);
    for (const char *at = list; *at != 0;) {
        size_t length = strcspn(at, " ");
        if (length == size && strncmp(at, word, size) == 0) {
            return true;
        }
        at += length + strspn(at + length, " ");
    }
    return false;
}

void sito_read_form(const char *form, SitoForm *out) {
    *out = (SitoForm){.words = ""};
    size_t used = 0;
    while (*form != 0) {
        size_t size = strcspn(form, "| []");
        bool capitals = size > 0 && strspn(form, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") > 1;
        bool file = strncmp(form, "FILE", 4) == 0 || strncmp(form, "PATH", 4) == 0 ||
                    strncmp(form, "datapackage", 11) == 0;
        if (file) {
            out->files = true;
        } else if (size == 3 && strncmp(form, "DIR", 3) == 0) {
            out->folders = true;
        } else if (size == 4 && strncmp(form, "CODE", 4) == 0) {
            out->codes = true;
        } else if (capitals || (size > 0 && memchr(form, ',', size) != NULL)) {
            out->free = true;
        } else if (size > 0 && used + size + 2 < sizeof out->words) {
            used += (size_t)snprintf(out->words + used, sizeof out->words - used, "%s%.*s",
                                     used > 0 ? " " : "", (int)size, form);
        }
        form += size > 0 ? size : 1;
    }
}

const char *sito_placeholders(SitoLanguage language, const char *form, char *out, size_t room) {
    static const char *const words[][2] = {
        {"PATH", "ŚCIEŻKA"},      {"FILE", "PLIK"},     {"DIR", "FOLDER"},     {"CODE", "KOD"},
        {"FORMAT", "POSTAĆ"},     {"NAME", "NAZWA"},    {"WORD", "SŁOWO"},     {"DAY", "DZIEŃ"},
        {"COLUMN", "KOLUMNA"},    {"OLD", "STARY"},     {"NEW", "NOWY"},       {"MARK", "ZNAK"},
        {"TEXT", "TEKST"},        {"NUMBER", "LICZBA"}, {"VERSION", "WERSJA"}, {"URL", "ADRES"},
        {"COMMAND", "POLECENIE"},
    };
    size_t used = 0;
    while (*form != 0 && used + 1 < room) {
        size_t size = strspn(form, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
        const char *word = form;
        int written = (int)(size > 0 ? size : 1);
        for (size_t i = 0; i < SITO_COUNT(words) && language == SITO_PL; i++) {
            if (strlen(words[i][0]) == size && strncmp(words[i][0], form, size) == 0) {
                word = words[i][1];
                written = (int)strlen(word);
            }
        }
        int n = snprintf(out + used, room - used, "%.*s", written, word);
        used += n > 0 ? (size_t)n : 0;
        form += size > 0 ? size : 1;
    }
    out[used < room ? used : room - 1] = 0;
    return out;
}

void sito_suggest(SitoLanguage language, const char *mark, const char *word, const char *list,
                  char *out, size_t room) {
    char copy[1000];
    const char *words[80];
    size_t count = 0, length = strlen(list);
    out[0] = 0;
    if (length >= sizeof copy) {
        return;
    }
    memcpy(copy, list, length + 1);
    for (char *at = copy; *at != 0 && count < SITO_COUNT(words);) {
        words[count++] = at;
        at += strcspn(at, " ");
        if (*at != 0) {
            *at++ = 0;
        }
    }
    const char *nearest = sito_nearest((SitoText){word, strlen(word)}, words, count);
    if (nearest != NULL) {
        snprintf(out, room, "%s%s%s?)", sito_say(language, " (czy chodziło o ", " (did you mean "),
                 mark, nearest);
    }
}

bool sito_language_parse(const char *word, SitoLanguage *language) {
    *language = strcmp(word, "en") == 0 ? SITO_EN : SITO_PL;
    return strcmp(word, "en") == 0 || strcmp(word, "pl") == 0;
}
