/*
** The XML that the harvester of dane.gov.pl reads, and its MD5 (pages.h).
**
** R1  The namespace says the version. Children are unqualified and the root has a prefix, as in the
**     published examples; 1.10 alone is qualified throughout.
** R2  Frequencies: irregular and notPlanned from 1.13 on, notApplicable before. 1.10 knows no CC0.
** R3  A text that is too long for the schema is cut and ends with '…'. An identifier of more than 36
**     characters is the beginning of its SHA-256.
** R4  Nothing that is a legal answer (high-value data, statistical secrecy) is filled in.
*/
#include <openssl/evp.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "common/db.h"
#include "publish/pages.h"
#include "publish/publish.h"
#include "publish/section.h"

enum { IDENT_SIZE = 36 };

const char *const sito_harvester_versions = "1.13 1.12 1.11 1.10 1.9";

/* ident(dataset, resource): at most 36 characters, the same for ever. */
static void ident(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count;
    const char *dataset = (const char *)sqlite3_value_text(values[0]);
    const char *resource = (const char *)sqlite3_value_text(values[1]);
    char *name =
        resource == NULL ? sito_print("%s", dataset) : sito_print("%s/%s", dataset, resource);
    char hex[SITO_SHA256_HEX] = "";
    SitoSha256 *hash = NULL;
    int rc = name == NULL ? SITO_NOMEM : sito_sha256_new(&hash);
    if (rc == SITO_OK) {
        rc = sito_sha256_add(hash, name, strlen(name));
    }
    if (rc == SITO_OK) {
        rc = sito_sha256_hex(hash, hex);
    }
    sito_sha256_free(hash);
    if (rc != SITO_OK) {
        sqlite3_result_error_code(context, rc);
    } else if (strlen(name) <= IDENT_SIZE) {
        sqlite3_result_text(context, name, -1, SQLITE_TRANSIENT);
    } else {
        sqlite3_result_text(context, hex, IDENT_SIZE, SQLITE_TRANSIENT);
    }
    sito_free(name);
}

/* ---- the parts of a data set; ?1 is its details ---- */

#define CUT(text, most)                                                                            \
    "iif(length(" text ") > " #most ", substr(" text ", 1, " #most " - 1) || '…', " text ")"
#define TITLE "coalesce(?1 ->> '$.descriptor.title', ?1 ->> '$.dataset')"
#define DESCRIPTION "coalesce(?1 ->> '$.descriptor.description', " TITLE ")"

static const SitoSection categories = {
    .sql = "WITH theme(code) AS ("
           "  SELECT value FROM json_each(?1, '$.descriptor.dcat.\"dcat:theme\"')"
           "   WHERE type = 'text'),"
           "known(code) AS (VALUES ('AGRI'), ('EDUC'), ('ENVI'), ('ENER'), ('TRAN'), ('TECH'),"
           "  ('ECON'), ('SOCI'), ('HEAL'), ('GOVE'), ('REGI'), ('JUST'), ('INTR')),"
           "chosen(code) AS (SELECT DISTINCT known.code FROM known JOIN theme"
           "  ON theme.code = known.code OR theme.code LIKE '%/' || known.code)"
           "SELECT code FROM chosen UNION ALL"
           " SELECT 'REGI' WHERE NOT EXISTS (SELECT 1 FROM chosen)",
    .head = "      <categories>\n",
    .row = "        <category>%1</category>\n",
    .tail = "      </categories>\n",
};

static const SitoSection conditions = {
    .sql =
        "WITH licence(name, words, address) AS (VALUES"
        "  ('CC0-1.0', 'CC0 1.0', 'https://creativecommons.org/publicdomain/zero/1.0/legalcode.pl'),"
        "  ('CC-BY-4.0', 'CC BY 4.0', 'https://creativecommons.org/licenses/by/4.0/legalcode.pl'),"
        "  ('CC-BY-SA-4.0', 'CC BY-SA 4.0', 'https://creativecommons.org/licenses/by-sa/4.0/legalcode.pl'),"
        "  ('CC-BY-NC-4.0', 'CC BY-NC 4.0', 'https://creativecommons.org/licenses/by-nc/4.0/legalcode.pl'),"
        "  ('CC-BY-NC-SA-4.0', 'CC BY-NC-SA 4.0', 'https://creativecommons.org/licenses/by-nc-sa/4.0/legalcode.pl'),"
        "  ('CC-BY-ND-4.0', 'CC BY-ND 4.0', 'https://creativecommons.org/licenses/by-nd/4.0/legalcode.pl'),"
        "  ('CC-BY-NC-ND-4.0', 'CC BY-NC-ND 4.0', 'https://creativecommons.org/licenses/by-nc-nd/4.0/legalcode.pl'))"
        "SELECT address, words FROM licence"
        " WHERE name = ?1 ->> '$.descriptor.licenses[0].name'"
        "   AND NOT (name = 'CC0-1.0' AND ?1 ->> '$.harvester' = '1.10')",
    .row = "      <conditions>\n"
           "        <dbOrCopyrighted>%1</dbOrCopyrighted>\n"
           "        <dbOrCopyrightedLicenseChosen>%2</dbOrCopyrightedLicenseChosen>\n"
           "      </conditions>\n",
};

static const SitoSection resources = {
    .sql =
        "SELECT ident(?1 ->> '$.dataset', r.value ->> '$.name'),"
        " (?1 ->> '$.url') || (?1 ->> '$.dataset') || '/' || (r.value ->> '$.path'),"
        " " CUT(
            "coalesce(r.value ->> '$.title', r.value ->> '$.name')",
            300) ","
                 " " CUT(
                     "coalesce(r.value ->> '$.description', r.value ->> '$.title', " DESCRIPTION
                     ")",
                     1000) ","
                           " substr(coalesce(date(?1 ->> '$.descriptor.dcat.\"dct:modified\"'),"
                           "                 ?1 ->> '$.published_at'), 1, 10), ?1 ->> '$.published_at'"
                           "  FROM json_each(?1, '$.descriptor.resources') AS r",
    .head = "      <resources>\n",
    .row = "        <resource status=\"published\">\n"
           "          <extIdent>%1</extIdent>\n"
           "          <url>%2</url>\n"
           "          <title><polish>%3</polish></title>\n"
           "          <description><polish>%4</polish></description>\n"
           "          <availability>remote</availability>\n"
           "          <dataDate>%5</dataDate>\n"
           "          <lastUpdateDate>%6</lastUpdateDate>\n"
           "        </resource>\n",
    .tail = "      </resources>\n",
};

/* At least one is asked for: without keywords the name of the data set. */
static const SitoSection tags = {
    .sql = "SELECT value FROM json_each(?1, '$.descriptor.keywords') WHERE type = 'text'"
           " AND trim(value) <> '' UNION ALL"
           " SELECT ?1 ->> '$.dataset' WHERE NOT EXISTS (SELECT 1 FROM"
           "  json_each(?1, '$.descriptor.keywords') WHERE type = 'text' AND trim(value) <> '')",
    .head = "      <tags>\n",
    .row = "        <tag lang=\"pl\">%1</tag>\n",
    .tail = "      </tags>\n",
};

static const SitoSection *const dataset_parts[] = {&categories, &conditions, &resources, &tags};

/* Its first column is the details, for the parts; outermost ?1 is the array of details. */
static const SitoSection datasets = {
    .sql =
        "WITH shown(d) AS (SELECT value FROM json_each(?1)),"
        "frequency(eu, word, since) AS (VALUES ('ANNUAL', 'yearly', 0),"
        "  ('ANNUAL_2', 'everyHalfYear', 0), ('QUARTERLY', 'quarterly', 0),"
        "  ('MONTHLY', 'monthly', 0), ('WEEKLY', 'weekly', 0), ('DAILY', 'daily', 0),"
        "  ('IRREG', 'irregular', 1), ('NEVER', 'notPlanned', 1),"
        "  ('NOT_PLANNED', 'notPlanned', 1))"
        "SELECT d, ident(d ->> '$.dataset', NULL),"
        " " CUT(
            "coalesce(d ->> '$.descriptor.title', d ->> '$.dataset')",
            300) ","
                 " " CUT(
                     "coalesce(d ->> '$.descriptor.description', d ->> '$.descriptor.title',"
                     " d ->> '$.dataset')",
                     1000) ","
                           " (d ->> '$.url') || (d ->> '$.dataset') || '/',"
                           " coalesce((SELECT word FROM frequency"
                           "            WHERE d ->> '$.descriptor.dcat.\"dct:accrualPeriodicity\"'"
                           "                  IN (eu, 'http://publications.europa.eu/resource/authority/frequency/' || eu)"
                           "              AND (NOT since OR d ->> '$.harvester' = '1.13')),"
                           "          iif(d ->> '$.harvester' = '1.13', 'irregular', 'notApplicable')),"
                           " d ->> '$.published_at'"
                           "  FROM shown",
    .row = "    <dataset status=\"published\">\n"
           "      <extIdent>%2</extIdent>\n"
           "      <title><polish>%3</polish></title>\n"
           "      <description><polish>%4</polish></description>\n"
           "      <url>%5</url>\n"
           "      <updateFrequency>%6</updateFrequency>\n"
           "%A%B%C%D"
           "      <lastUpdateDate>%7</lastUpdateDate>\n"
           "    </dataset>\n",
    .inner = dataset_parts,
};

int sito_pages_harvester(sqlite3 *db, const char *details, const char *version, SitoBuffer *out,
                         char **error) {
    const char *given[3] = {details};
    const char *prefix = strcmp(version, "1.10") == 0 ? "" : "od:";
    int rc = sqlite3_create_function(db, "ident", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL,
                                     ident, NULL, NULL);
    if (rc == SITO_OK) {
        rc = sito_buffer_print(out,
                               "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                               "<%sdatasets xmlns%s%.*s=\"urn:otwarte-dane:harvester:%s\">\n",
                               prefix, prefix[0] != 0 ? ":" : "", prefix[0] != 0 ? 2 : 0, prefix,
                               version);
    }
    if (rc == SITO_OK) {
        rc = sito_section_write(db, &datasets, given, out, error);
    }
    return rc == SITO_OK ? sito_buffer_print(out, "</%sdatasets>\n", prefix) : rc;
}

int sito_pages_md5(SitoText text, SitoBuffer *out, char **error) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    if (EVP_Digest(text.data, text.size, digest, &size, EVP_md5(), NULL) != 1) {
        return sito_error(error, SITO_ERROR, "MD5: OpenSSL");
    }
    int rc = SITO_OK;
    for (unsigned int i = 0; i < size && rc == SITO_OK; i++) {
        rc = sito_buffer_print(out, "%02x", digest[i]);
    }
    return rc;
}
