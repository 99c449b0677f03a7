/*
** What polish offers to SQL: one table, every function once.
*/
#include "collation.h"
#include "functions.h"
#include "polish.h"

#define FUNCTION(function, count, arguments, text, sample, printed)                                \
    .name = #function, .kind = SITO_SCALAR, .power = SITO_PURE, .min_args = (count),               \
    .max_args = (count), .call = sito_##function, .args = (arguments), .sentence = (text),         \
    .example = "SELECT " #function "(" sample ")", .result = (printed)

static const SitoFunction functions[] = {
    {.name = "polish",
     .kind = SITO_COLLATION,
     .power = SITO_PURE,
     .open = sito_polish_collation,
     .args = "",
     .sentence = "Sorts as a Polish dictionary does; different texts stay different.",
     .example =
         "SELECT group_concat(column1) FROM (SELECT column1 FROM (VALUES ('zebra'), ('ćma'), "
         "('cud')) ORDER BY column1 COLLATE polish)",
     .result = "'cud,ćma,zebra'"},
    {.name = "polish_ci",
     .kind = SITO_COLLATION,
     .power = SITO_PURE,
     .open = sito_polish_collation_ci,
     .args = "",
     .sentence = "Compares as polish does, without regard to case.",
     .example = "SELECT 'ŁÓDŹ' = 'łódź' COLLATE polish_ci",
     .result = "1"},
    {.name = "polish_ai",
     .kind = SITO_COLLATION,
     .power = SITO_PURE,
     .open = sito_polish_collation_ai,
     .args = "",
     .sentence = "Compares letters alone, without regard to marks and case.",
     .example = "SELECT 'Łódź' = 'LODZ' COLLATE polish_ai",
     .result = "1"},
    {.name = "polish_num",
     .kind = SITO_COLLATION,
     .power = SITO_PURE,
     .open = sito_polish_collation_num,
     .args = "",
     .sentence = "Sorts as polish does, with the numbers in a text by their value.",
     .example = "SELECT 'ul. 2' < 'ul. 11' COLLATE polish_num",
     .result = "1"},
    {FUNCTION(pl_upper, 1, "text", "The text in capital letters.", "'łódź'", "'ŁÓDŹ'")},
    {FUNCTION(pl_lower, 1, "text", "The text in small letters.", "'ŁÓDŹ'", "'łódź'")},
    {FUNCTION(
        pl_fold, 1, "text",
        "The coarsest form of a text: case, blanks at the ends and ways of encoding do not matter.",
        "' HIV '", "'hiv'")},
    {FUNCTION(pl_ascii, 1, "text", "The text without the marks of its letters.",
              "'Zażółć gęślą jaźń'", "'Zazolc gesla jazn'")},
    {FUNCTION(pl_contains, 2, "text, part",
              "1 when the part stands in the text; marks and case do not matter.",
              "'ul. Żółkiewskiego 5', 'ZOLK'", "1")},
    {FUNCTION(pl_sort_key, 1, "text", "A BLOB that sorts as COLLATE polish does, for indexes.",
              "'b') > pl_sort_key('ą'", "1")},
    {FUNCTION(
        pl_date, 1, "text",
        "A date as Polish offices write it, as YYYY-MM-DD; NULL when it is none or could be two.",
        "'17 lipca 2024 r.'", "'2024-07-17'")},
    {FUNCTION(pl_number, 1, "text",
              "A number as Polish offices write it; NULL when it is none or could be two.",
              "'1 234,50 zł'", "1234.5")},
    {FUNCTION(pl_is_working_day, 1, "date",
              "1 when the day is no Saturday, Sunday or Polish holiday.", "'2025-12-24'", "0")},
    {FUNCTION(pl_add_working_days, 2, "date, days",
              "The day so many working days later; with 0 the day itself or the next working day.",
              "'2025-12-23', 1", "'2025-12-29'")},
    {FUNCTION(pl_collation_version, 0, "",
              "The version of the rules behind COLLATE polish; after a change REINDEX polish.", "",
              NULL)},
};

const SitoModule sito_polish_module = {
    .name = "polish",
    .sentence = "Polish text: sorting, searching, dates, numbers, working days.",
    .functions = functions,
    .count = SITO_COUNT(functions),
};
