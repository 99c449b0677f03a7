/*
** The covered document and its record, placed as one new folder (redact.h, R3 and R4).
*/
#include <sqlite3.h>

#include <string.h>

#include "common/clock.h"
#include "common/db.h"
#include "common/file.h"
#include "common/mask.h"
#include "folder/folder.h"
#include "redact/private.h"

/* ---- names ---- */

/* "pismo" of "dir/pismo.txt", and ".txt". */
static SitoText stem_of(const char *path, const char **extension) {
    const char *slash = strrchr(path, '/'), *name = slash != NULL ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    *extension = dot;
    return (SitoText){name, (size_t)(dot - name)};
}

static int name_is_personal(const SitoRedaction *r, SitoText name, bool *personal, char **error) {
    SitoBuffer masked = {0};
    int rc = sito_put_masked(r->db, name, true, &masked, error);
    *personal = rc == SITO_OK && !sito_text_equal(name, (SitoText){masked.data, masked.size});
    sito_buffer_free(&masked);
    return rc;
}

int sito_redaction_names(const SitoRedaction *r, const char *to, char **folder, char **file,
                         char **error) {
    const char *extension;
    bool personal = false;
    SitoText stem = stem_of(r->document.path, &extension);
    if (to != NULL) { /* the last part of the folder's name is that of the file */
        size_t size = strlen(to);
        while (size > 1 && to[size - 1] == '/') {
            size--;
        }
        *folder = sito_print("%.*s", (int)size, to);
        const char *slash = *folder != NULL ? strrchr(*folder, '/') : NULL;
        *file = *folder == NULL
                    ? NULL
                    : sito_print("%s%s", slash != NULL ? slash + 1 : *folder, extension);
        return *file == NULL ? SITO_NOMEM : SITO_OK;
    }
    int rc = name_is_personal(r, stem, &personal, error);
    if (rc == SITO_OK && personal) {
        return sito_error(
            error, SITO_MISUSE, "%s",
            sito_say(r->language,
                     "w nazwie pliku są dane osobowe, a nowy folder miałby podobną; podaj "
                     "jego nazwę: --to FOLDER",
                     "the name of the file holds personal data, and the new folder would "
                     "have a similar one; name it: --to DIR"));
    }
    char *parent = rc == SITO_OK ? sito_path_folder(r->document.path) : NULL;
    char *name = sito_print("%.*s-anonim", (int)stem.size, stem.data);
    *folder = parent != NULL && name != NULL ? sito_path_join(parent, name) : NULL;
    *file = name != NULL ? sito_print("%s%s", name, extension) : NULL;
    sito_free(parent);
    sito_free(name);
    return rc != SITO_OK ? rc : *folder == NULL || *file == NULL ? SITO_NOMEM : SITO_OK;
}

/* ---- the covered document ---- */

/* The sentence of §5.2; NULL where nothing was covered, or something of it was not said. */
static int make_statement(SitoRedaction *r, const SitoRedactor *who, char **statement,
                          char **error) {
    char *document = NULL;
    *statement = NULL;
    if (r->covered == 0 || who->by == NULL || who->position == NULL || who->unit == NULL ||
        who->basis == NULL) {
        return SITO_OK;
    }
    int rc = who->document != NULL
                 ? SITO_OK
                 : sito_db_text(r->db, &document, error,
                                "SELECT 'dokumentu „' || name || '”' FROM document", "");
    rc = rc == SITO_OK
             ? sito_db_text(r->db, statement, error, "SELECT anon_statement(?1, ?2, ?3, ?4, ?5)",
                            "ttttt", who->document != NULL ? who->document : document, who->basis,
                            who->by, who->position, who->unit)
             : rc;
    sito_free(document);
    return rc;
}

/* The covered text, and the statement below it, with the line ends of the document. */
static int make_text(const SitoRedaction *r, const char *covered, const char *statement,
                     SitoBuffer *out) {
    const char *end = strstr(covered, "\r\n") != NULL ? "\r\n" : "\n";
    size_t size = strlen(covered);
    bool ended = size > 0 && (covered[size - 1] == '\n' || covered[size - 1] == '\r');
    int rc = r->document.mark ? sito_buffer_add(out, "\xEF\xBB\xBF", 3) : SITO_OK;
    rc = rc == SITO_OK ? sito_buffer_add(out, covered, size) : rc;
    return rc != SITO_OK || statement == NULL
               ? rc
               : sito_buffer_print(out, "%s%s%s%s", ended ? "" : end, end, statement, end);
}

/* ---- placing ---- */

typedef struct Files {
    SitoRedaction *redaction;
    const char *name, *digest;
    SitoText text;
    SitoAgree agree;
    void *context;
} Files;

static int stage(SitoStage *stage, const char *name, SitoText text, char **error) {
    char sha256[SITO_SHA256_HEX];
    return sito_stage_write(stage, name, text, sha256, error);
}

static int fill(SitoStage *to, void *context, char **error) {
    Files *files = context;
    SitoBuffer json = {0}, page = {0};
    int rc = stage(to, files->name, files->text, error);
    rc = rc == SITO_OK ? sito_redaction_record(files->redaction, "json", &json, error) : rc;
    rc = rc == SITO_OK ? stage(to, "anonimizacja.json", (SitoText){json.data, json.size}, error)
                       : rc;
    rc = rc == SITO_OK ? sito_redaction_record(files->redaction, "html", &page, error) : rc;
    rc = rc == SITO_OK ? stage(to, "anonimizacja.html", (SitoText){page.data, page.size}, error)
                       : rc;
    rc = rc == SITO_OK ? sito_buffer_add(&json, "", 1) : rc;
    rc = rc == SITO_OK && files->agree != NULL
             ? files->agree(files->context, files->digest, json.data, error)
             : rc;
    sito_buffer_free(&json);
    sito_buffer_free(&page);
    return rc;
}

static int note(SitoRedaction *r, const SitoRedactor *who, const char *statement,
                const char *digest, const char *folder, const char *file, char **error) {
    char now[SITO_CLOCK_SIZE];
    sito_clock_now(now);
    return sito_db_do(
        r->db, error,
        "INSERT INTO made SELECT ?1, name, sha256, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10,"
        " ?11 FROM document",
        "ttttttttttt", file, digest, SITO_PROGRAM, now, who->by, who->position, who->unit,
        who->basis, who->case_mark, statement, folder);
}

int sito_redaction_write(SitoRedaction *r, const SitoRedactor *who, const char *to, SitoAgree agree,
                         void *context, char **error) {
    char *covered = NULL, *statement = NULL, *folder = NULL, *file = NULL;
    char digest[SITO_SHA256_HEX];
    SitoBuffer text = {0};
    int rc = sito_redaction_names(r, to, &folder, &file, error);
    rc = rc == SITO_OK ? sito_redaction_cover(r, &covered, error) : rc;
    rc = rc == SITO_OK ? make_statement(r, who, &statement, error) : rc;
    rc = rc == SITO_OK ? make_text(r, covered, statement, &text) : rc;
    rc = rc == SITO_OK ? sito_text_hash((SitoText){text.data, text.size}, digest) : rc;
    rc = rc == SITO_OK ? note(r, who, statement, digest, folder, file, error) : rc;
    if (rc == SITO_OK) {
        Files files = {.redaction = r,
                       .name = file,
                       .digest = digest,
                       .text = {text.data, text.size},
                       .agree = agree,
                       .context = context};
        rc = sito_folder_make(folder, r->language, fill, &files, error);
    }
    sito_free(covered);
    sito_free(statement);
    sito_free(folder);
    sito_free(file);
    sito_buffer_free(&text);
    return rc;
}
