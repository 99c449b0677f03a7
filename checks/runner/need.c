/*
** What the words of `needs` ask of the facts (vocabulary.h). A rule whose needs are not met does
** not apply; that is never a pass, and the report says why. In a package a need is met where it is in
** one of the resources.
*/
#include "runner/vocabulary.h"

#include <string.h>

const SitoNeed sito_needs[] = {
    {.word = "descriptor",
     .sql = "SELECT EXISTS (SELECT 1 FROM dataset WHERE described)",
     .reason = {[SITO_PL] = "obok pliku nie ma opisu zbioru (datapackage.json)",
                [SITO_EN] = "there is no descriptor (datapackage.json) beside the file"}},
    {.word = "schema",
     .sql = "SELECT EXISTS (SELECT 1 FROM field WHERE declared = 1)",
     .reason = {[SITO_PL] = "opis zbioru nie wymienia kolumn",
                [SITO_EN] = "the descriptor lists no columns"}},
    {.word = "persons",
     .sql = "SELECT EXISTS (SELECT 1 FROM dataset WHERE persons IS NOT 'none')",
     .reason = {[SITO_PL] = "w opisie zbioru oświadczono, że dane nie dotyczą osób (persons: none)",
                [SITO_EN] = "the descriptor states that the data are not about persons (persons: "
                            "none)"}},
    {.word = "no-persons",
     .sql = "SELECT NOT EXISTS (SELECT 1 FROM dataset WHERE persons IS NOT 'none')",
     .reason = {[SITO_PL] = "opis zbioru nie oświadcza, że dane nie dotyczą osób",
                [SITO_EN] = "the descriptor does not state that the data are not about persons"}},
    {.word = "records",
     .sql = "SELECT EXISTS (SELECT 1 FROM dataset WHERE kind <> 'table')",
     .reason = {[SITO_PL] =
                    "zasób jest tabelą statystyczną (kind: table): wiersz to komórka, a nie "
                    "osoba; oceniają go reguły o komórkach",
                [SITO_EN] =
                    "the resource is a statistical table (kind: table): a row is a cell, not a "
                    "person; the rules about cells judge it"}},
    {.word = "table",
     .sql = "SELECT EXISTS (SELECT 1 FROM tabulated)",
     .reason = {[SITO_PL] = "zasób nie jest tabelą statystyczną (kind: table)",
                [SITO_EN] = "the resource is no statistical table (kind: table)"}},
    {.word = "linked-tables",
     .sql = "SELECT EXISTS (SELECT 1 FROM tabulated WHERE linked IS NOT NULL)",
     .reason = {[SITO_PL] = "żadne tabele zbioru nie są połączone (linked)",
                [SITO_EN] = "no tables of the data set are linked (linked)"}},
    {.word = "quasi-identifiers",
     .sql = "SELECT EXISTS (SELECT 1 FROM field WHERE role = 'quasi-identifier')",
     .reason = {[SITO_PL] = "żadnej kolumnie nie nadano roli cechy pośrednio identyfikującej "
                            "(quasi-identifier)",
                [SITO_EN] = "no column has the role quasi-identifier"}},
    {.word = "sensitive",
     .sql = "SELECT EXISTS (SELECT 1 FROM field WHERE role = 'sensitive')",
     .reason = {[SITO_PL] = "żadnej kolumnie nie nadano roli cechy wrażliwej (sensitive)",
                [SITO_EN] = "no column has the role sensitive"}},
    {.word = "published",
     .sql = "SELECT EXISTS (SELECT 1 FROM published WHERE columns IS NOT NULL)",
     .reason = {[SITO_PL] = "nie wskazano wcześniejszych publikacji o wspólnych kolumnach "
                            "(disclosure.published, rejestr w polityce)",
                [SITO_EN] = "no earlier publications with columns in common are named "
                            "(disclosure.published, the policy's registry)"}},
    {.word = "pseudonyms",
     .sql = "SELECT EXISTS (SELECT 1 FROM frequency)",
     .reason = {[SITO_PL] =
                    "żadna kolumna nie powtarza kodów, które można by porównać z tym, co już "
                    "opublikowano",
                [SITO_EN] =
                    "no column repeats codes that could be compared with what is published"}},
    {.word = "catalogue",
     .sql = "SELECT EXISTS (SELECT 1 FROM catalogued)",
     .reason =
         {[SITO_PL] = "nie ma katalogu (--catalogue), więc nie wiadomo, co już opublikowano",
          [SITO_EN] =
              "there is no catalogue (--catalogue), so nobody knows what was published before"}},
    {.word = "quality",
     .sql = "SELECT EXISTS (SELECT 1 FROM quality)",
     .reason = {[SITO_PL] = "opis zbioru nie stawia wymagań jakości (quality)",
                [SITO_EN] = "the descriptor asks for no quality (quality)"}},
    {.word = "measured",
     .sql = "SELECT EXISTS (SELECT 1 FROM measured)",
     .reason = {[SITO_PL] = "opis zbioru nie stawia wymagań jakości (quality) poza liczbą rekordów",
                [SITO_EN] = "the descriptor asks for no quality (quality) but the number of "
                            "records"}},
    {.word = "temporal-coverage",
     .sql = "SELECT EXISTS (SELECT 1 FROM period)",
     .reason = {[SITO_PL] =
                    "opis zbioru nie podaje okresów, które mają być objęte (coverage.temporal)",
                [SITO_EN] = "the descriptor states no periods to be covered (coverage.temporal)"}},
    {.word = "previous",
     .sql = "SELECT EXISTS (SELECT 1 FROM previous)",
     .reason = {[SITO_PL] = "nie jest znana żadna wcześniejsza wersja",
                [SITO_EN] = "no earlier version is known"}},
    {.word = "span",
     .sql = "SELECT EXISTS (SELECT 1 FROM span)",
     .reason = {[SITO_PL] = "opis zbioru nie podaje, od kiedy do kiedy sięgają dane "
                            "(coverage.temporal.since, until)",
                [SITO_EN] = "the descriptor does not say from when until when the data reach "
                            "(coverage.temporal.since, until)"}},
    {.word = "spatial-coverage",
     .sql = "SELECT EXISTS (SELECT 1 FROM territory)",
     .reason = {[SITO_PL] =
                    "opis zbioru nie podaje obszarów, które mają być objęte (coverage.spatial)",
                [SITO_EN] = "the descriptor states no areas to be covered (coverage.spatial)"}},
};

const size_t sito_needs_count = SITO_COUNT(sito_needs);

const SitoNeed *sito_need_find(const char *word) {
    for (size_t i = 0; i < sito_needs_count; i++) {
        if (strcmp(sito_needs[i].word, word) == 0) {
            return &sito_needs[i];
        }
    }
    return NULL;
}
