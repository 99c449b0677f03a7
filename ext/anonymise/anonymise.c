/*
** What anonymise offers to SQL: one table, every function once.
*/
#include "anonymise.h"

#include "functions.h"
#include "redact_call.h"
#include "release.h"
#include "stored.h"

#define FUNCTION(function, least, most, arguments, text, sample, printed)                          \
    {                                                                                              \
        .name = #function, .kind = SITO_SCALAR, .power = SITO_PURE, .min_args = (least),           \
        .max_args = (most), .call = (function), .args = (arguments), .sentence = (text),           \
        .example = "SELECT " #function "(" sample ")", .result = (printed)                         \
    }
#define DIRECT(function, least, most, arguments, text, sample, printed)                            \
    {                                                                                              \
        .name = #function, .kind = SITO_SCALAR, .power = SITO_DIRECT, .min_args = (least),         \
        .max_args = (most), .call = (function), .args = (arguments), .sentence = (text),           \
        .example = sample, .result = (printed)                                                     \
    }
#define TABLE(function, arguments, text, sample)                                                   \
    {                                                                                              \
        .name = function, .kind = SITO_TABLE, .power = SITO_DIRECT, .tables = anon_tables,         \
        .args = arguments, .sentence = text, .example = sample                                     \
    }

static const SitoFunction functions[] = {
    FUNCTION(anon_suppress, 1, 2, "value, sign",
             "The sign of a suppressed value, '*', in place of any value and of none.", "'HIV'",
             "'*'"),
    FUNCTION(anon_mask, 2, 3, "text, first, last",
             "The first and last characters with *** between them, however long the rest was.",
             "'LD 1234X', 2", "'LD***'"),
    FUNCTION(anon_date, 2, 2, "date, unit",
             "A date as its week, month, quarter, half-year, year or decade.",
             "'17 lipca 2024 r.', 'quarter'", "'2024-Q3'"),
    FUNCTION(
        anon_range, 2, 4, "number, width, origin, language",
        "The range of the given width in which a number lies; of whole numbers where the width "
        "is whole.",
        "23, 5", "'20–24'"),
    FUNCTION(anon_top, 2, 3, "number, limit, language",
             "The number, or '80 i więcej' from the limit on.", "91, 80", "'80 i więcej'"),
    FUNCTION(anon_bottom, 2, 3, "number, limit, language",
             "The number, or '5 i mniej' up to the limit.", "2, 5, 'en'", "'5 or less'"),
    FUNCTION(anon_round, 2, 2, "number, base",
             "The nearest multiple of the base; from the middle away from zero.", "1234, 50",
             "1250"),
    FUNCTION(anon_prefix, 2, 2, "text, count", "The first characters of a code, as a coarser code.",
             "'90-926', 2", "'90'"),
    DIRECT(
        anon_level, 3, 4, "value, hierarchy, level, language",
        "What a value becomes at a level of a hierarchy: a form or a table. A value that it does "
        "not cover is an error.",
        "SELECT anon_level(23, 'interval:5,10', 2), anon_level('90-926', 'prefix:4,2', 3)",
        "'20–29','*'"),
    DIRECT(anon_noise, 5, 5, "number, scale, key, domain, record",
           "The number with Laplace noise of that scale, fixed by key, domain and record; no "
           "differential privacy.",
           "SELECT anon_noise(2500, 100, 'ops', 'swiadczenia/dochod', 17)", NULL),
    DIRECT(anon_pseudonym, 3, 3, "value, key, domain",
           "32 hexadecimal digits that stand for a value within one data set. Pseudonymised data "
           "remain personal data.",
           "SELECT anon_pseudonym('24471200015', 'ops', 'zgloszenia-2024')", NULL),
    TABLE("anon_hierarchy", "hierarchy, source, field",
          "Every level of every value: of a hierarchy in a table, or of a form over a column.",
          "SELECT * FROM anon_hierarchy('interval:5,10', 'zgloszenia', 'wiek')"),
    TABLE("anon_hierarchy_check", "hierarchy, source, field",
          "What is wrong with a hierarchy: lines that make it no tree, values it does not cover.",
          "SELECT * FROM anon_hierarchy_check('osiedla', 'zgloszenia', 'osiedle')"),
    TABLE(
        "anon_release", "source, plan",
        "The least generalisation and suppression that meets k, l, t and the rest of a plan, best "
        "first.",
        "SELECT levels, suppressed, loss, sql FROM anon_release('zgloszenia', '{\"columns\": "
        "[{\"name\": \"wiek\", \"hierarchy\": \"interval:5,10\"}], \"k\": 5}') WHERE rank = 1"),
    TABLE("anon_frontier", "source, plan",
          "What each k costs: nodes that no other beats in both loss and rows left out.",
          "SELECT * FROM anon_frontier('zgloszenia', '{\"columns\": [{\"name\": \"wiek\", "
          "\"hierarchy\": \"interval:5,10\"}], \"k\": 5, \"maxSuppressed\": 0.1}')"),
    TABLE("anon_release_rows", "source, plan, levels",
          "Of each row whether it stays when the columns of a plan are taken to these levels.",
          "SELECT * FROM anon_release_rows('zgloszenia', '{\"columns\": [{\"name\": \"wiek\", "
          "\"hierarchy\": \"interval:5,10\"}], \"k\": 5}', '1')"),
    TABLE(
        "anon_mondrian", "source, plan",
        "The class of each row and what it says of each column, cut as finely as the target allows "
        "(Mondrian).",
        "SELECT * FROM anon_mondrian('zgloszenia', '{\"columns\": [{\"name\": \"wiek\"}], \"k\": 5}')"),
    TABLE("anon_microaggregate", "source, fields, k",
          "The means of groups of at least k neighbours, in place of numbers.",
          "SELECT row, means FROM anon_microaggregate('swiadczenia', 'dochod', 5)"),
    TABLE("anon_suppress_cells", "source, fields, k",
          "The cells to blank so that every row is one of at least k.",
          "SELECT row, field FROM anon_suppress_cells('zgloszenia', 'wiek, osiedle', 5)"),
    FUNCTION(anon_redact, 1, 2, "text, config",
             "A document with ███ in place of the personal data of natural persons, after annex 1 "
             "to order 354/2022.",
             "'Skargę złożył Jan Kowalski, PESEL 24471200015.'", "'Skargę złożył ███, PESEL ███.'"),
    TABLE("anon_redact_spans", "text, config",
          "Each place that anon_redact masks, keeps or gives to a person to decide, with its "
          "paragraph and reason.",
          "SELECT start, \"end\", kind, action, paragraph FROM anon_redact_spans('Pani Anna Nowak, "
          "PESEL 24471200015')"),
    FUNCTION(
        anon_statement, 5, 6, "document, basis, name, position, unit, form",
        "The sentence that stands under a redacted document (annex 1, § 5 (2)): who redacted it "
        "and on what basis.",
        "'decyzji nr 12/2024', 'art. 5 ust. 2 ustawy o dostępie do informacji publicznej', "
        "'Ewa Lis', 'inspektor', 'Wydział Edukacji'",
        "'Wyłączenia informacji niejawnych z decyzji nr 12/2024 na podstawie art. 5 ust. 2 "
        "ustawy o dostępie do informacji publicznej dokonał(a) Ewa Lis, inspektor, Wydział "
        "Edukacji.'"),
    DIRECT(
        anon_kept, 1, 1, "flags",
        "The next of the flags by which anonymise measures a result again; it alone can call it.",
        "SELECT anon_kept(NULL) WHERE 0", NULL),
};

const SitoModule sito_anonymise_module = {
    .name = "anonymise",
    .sentence =
        "Anonymisation: values made coarser, hierarchies, noise and pseudonyms with keys, redaction.",
    .functions = functions,
    .count = SITO_COUNT(functions),
};
