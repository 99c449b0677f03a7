/*
** What the risk module offers to SQL (risk.h says what the words mean).
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include "measures.h"
#include "risk.h"
#include "tables.h"

/* Two districts, three diagnoses: the classes have 2 and 3 rows. */
#define FIVE_ROWS                                                                                  \
    " FROM (VALUES ('katar', 'Górna'), ('grypa', 'Górna'), ('grypa', 'Widzew'),"                 \
    " ('grypa', 'Widzew'), ('angina', 'Widzew'))"

#define SENSITIVE(function, text, shown, value)                                                    \
    {                                                                                              \
        .name = function, .kind = SITO_AGGREGATE, .power = SITO_PURE, .min_args = 2,               \
        .max_args = SITO_MANY, .step = risk_sensitive_step, .final = risk_sensitive_final,         \
        .args = "sensitive, quasi, …", .sentence = text, .example = "SELECT " shown FIVE_ROWS,     \
        .result = value                                                                            \
    }

#define TABLE(function, arguments, text)                                                           \
    {                                                                                              \
        .name = function, .kind = SITO_TABLE, .power = SITO_DIRECT, .tables = risk_tables,         \
        .args = arguments, .sentence = text,                                                       \
        .example = "SELECT * FROM " function "('table', 'column, column')"                         \
    }

static const SitoFunction functions[] = {
    {.name = "k_anonymity",
     .kind = SITO_AGGREGATE,
     .power = SITO_PURE,
     .min_args = 1,
     .max_args = SITO_MANY,
     .step = risk_quasi_step,
     .final = risk_k_final,
     .args = "quasi, …",
     .sentence = "The size of the smallest class of rows that agree in all quasi-identifiers.",
     .example = "SELECT k_anonymity(column2)" FIVE_ROWS,
     .result = "2"},
    SENSITIVE(
        "l_diversity",
        "The least number of distinct sensitive values in a class, counted over folded texts; "
        "what means no value is none.",
        "l_diversity(column1, column2)", "2"),
    SENSITIVE("l_diversity_entropy",
              "exp of the least entropy of the sensitive values of a class, a real number.",
              "round(l_diversity_entropy(column1, column2), 6)", "1.8898820000000000618"),
    {.name = "l_diversity_recursive",
     .kind = SITO_AGGREGATE,
     .power = SITO_PURE,
     .min_args = 3,
     .max_args = SITO_MANY,
     .step = risk_recursive_step,
     .final = risk_sensitive_final,
     .args = "l, sensitive, quasi, …",
     .sentence = "The least c such that every class is recursively (c', l)-diverse for every c' "
                 "above it; infinite where a class has fewer than l values.",
     .example = "SELECT l_diversity_recursive(2, column1, column2)" FIVE_ROWS,
     .result = "2.0"},
    SENSITIVE("alpha_k", "The largest share that one sensitive value has in a class.",
              "round(alpha_k(column1, column2), 6)", "0.66666700000000000958"),
    SENSITIVE(
        "t_closeness",
        "The largest distance between the sensitive values of a class and of the table, every "
        "two values equally far apart.",
        "round(t_closeness(column1, column2), 6)", "0.29999999999999998889"),
    SENSITIVE(
        "t_closeness_ordered",
        "The largest earth mover's distance between the sensitive values of a class and of the "
        "table, over the order of the values.",
        "round(t_closeness_ordered(column1, column2), 6)", "0.25"),
    SENSITIVE("beta_likeness",
              "The largest relative gain (q - p) / p of a sensitive value in a class, basic "
              "beta-likeness.",
              "round(beta_likeness(column1, column2), 6)", "1.5"),
    SENSITIVE("delta_disclosure",
              "The largest |ln(q / p)| of a sensitive value that occurs in a class.",
              "round(delta_disclosure(column1, column2), 6)", "0.91629099999999996661"),
    {.name = "risk_measures",
     .kind = SITO_AGGREGATE,
     .power = SITO_PURE,
     .min_args = 2,
     .max_args = SITO_MANY,
     .step = risk_sensitive_step,
     .final = risk_measures_final,
     .args = "sensitive, quasi, …",
     .sentence = "All measures in one pass, as a JSON object.",
     .example = "SELECT json_extract(risk_measures(column1, column2), '$.k_anonymity',"
                " '$.l_diversity', '$.classes')" FIVE_ROWS,
     .result = "'[2,2,2]'"},
    {.name = "risk_facts",
     .kind = SITO_AGGREGATE,
     .power = SITO_PURE,
     .min_args = 1,
     .max_args = SITO_MANY,
     .step = risk_facts_step,
     .final = risk_facts_final,
     .args = "config, value, …",
     .sentence = "Measures, class sizes and witnesses for the gate; config says in JSON which role "
                 "each value has.",
     .example = "SELECT json_extract(risk_facts('{\"columns\":[{\"role\":\"quasi-identifier\"}]}', "
                "column2), '$.class')" FIVE_ROWS,
     .result = "'[{\"size\":2,\"classes\":1,\"rows\":2},{\"size\":3,\"classes\":1,\"rows\":3}]'"},
    TABLE("risk_histogram", "source, quasi, unit",
          "The sizes of the classes of a table: how many classes and rows have each size."),
    TABLE("risk_classes", "source, quasi, unit",
          "The classes of a table, each with its size, its first row and its values."),
    TABLE("risk_rows", "source, quasi, unit",
          "The class of every row of a table, and 1 / its size."),
    TABLE("risk_summary", "source, quasi, sensitive, unit, hierarchy",
          "Every measure of a table, over rows or over distinct units, also with a hierarchy."),
    TABLE("risk_unique_sets", "source, quasi, most, unit",
          "The smallest sets of columns that make rows unique, and how many rows each."),
    TABLE("risk_suda", "source, quasi, most, fraction",
          "The rows that few columns make unique, with SUDA scores and DIS-SUDA."),
    TABLE("risk_quasi_identifiers", "source, quasi, most",
          "How far each set of columns tells rows apart, and which sets are keys."),
    TABLE("risk_dependencies", "source, quasi, most",
          "Columns that other columns determine: whoever knows the one knows the other."),
    TABLE(
        "risk_reversal", "source, field, tries, all_of_them",
        "Whether a column holds digests of PESEL, REGON, NIP or telephone numbers that can be turned back."),
    TABLE(
        "risk_linkage", "source, published, fields",
        "How many rows of a table can be linked with one that is published already, and what that reveals."),
    TABLE("risk_links", "source, published, fields",
          "The certain links between two tables: rows that are alone in their class in both."),
    TABLE("risk_presence", "source, population, fields",
          "k-map, journalist risk and delta-presence of a table against its population."),
    TABLE("risk_difference", "source, newer, fields",
          "The classes whose size differs between two releases of one register."),
    TABLE(
        "risk_inference", "source, quasi, secret",
        "How well a secret column can be guessed from others, with a control, and the subgroups that give most away."),
    TABLE("risk_frequency", "source, pseudonym, reference, field",
          "Whether pseudonyms can be told by how often they occur."),
    TABLE("risk_population", "source, quasi, population, unit",
          "Estimates of how many rows of a sample are unique in a population of the given size."),
    TABLE("risk_individual", "source, quasi, weight",
          "The risk of each row of a sample with sampling weights."),
    TABLE("risk_registry", "source, quasi, key_name",
          "The classes of a table as keyed hashes, to test later files against without the data."),
};

const SitoModule sito_risk_module = {
    .name = "risk",
    .sentence = "How easily rows can be traced to persons, and what a class of rows gives away.",
    .functions = functions,
    .count = SITO_COUNT(functions),
};
