/*
** One data set of `sito run` (run.h):
**
**   export ─▶ the bytes as they are ─▶ check, unless their verdict is recorded ─▶ mark ─▶ publish
**
** R1  Nothing is decided here: whether these bytes may be marked and published the triggers of the catalogue say,
**     by the recorded analysis and decision. By default a decision is about exactly these bytes; an office that
**     lets one stand for later versions has said so in its requirements (sql/catalogue/life.sql R3).
** R2  What is wrong is this data set's alone; what it lacks is told with who may give it.
*/
#include <string.h>

#include "dataset.h"
#include "run.h"
#include "catalogue/office.h"
#include "publish/publish.h"

typedef struct Course {
    const SitoArguments *a;
    const SitoOffice *office;
    SitoDataset dataset;
    SitoSetResult *result;
} Course;

/* The outcome with its reason, which it takes; SITO_OK: the run goes on. */
static int end(SitoSetResult *result, SitoSetOutcome outcome, char *reason) {
    result->outcome = outcome;
    sito_free(result->reason);
    result->reason = reason;
    return SITO_OK;
}

/* A refusal by the catalogue or of the warehouse is this set's; memory and interrupts are not. */
static int end_badly(SitoSetResult *result, int rc, char *reason, char **error) {
    if (rc == SITO_NOMEM || rc == SITO_INTERRUPT) {
        sito_free(reason);
        return sito_error(error, rc, NULL);
    }
    return end(result, rc == SITO_ERROR ? SITO_SET_REFUSED : SITO_SET_INCOMPLETE, reason);
}

/* ---- export ---- */

static int export_files(Course *c, bool *goes_on, char **error) {
    SitoExported exported = {0};
    char *reason = NULL;
    int rc = sito_export_dataset(&c->dataset, c->office, c->a->language, &exported, &reason);
    c->result->written = exported.written;
    sito_buffer_free(&exported.lines);
    *goes_on = rc == SITO_OK;
    return rc == SITO_OK ? SITO_OK : end_badly(c->result, rc, reason, error);
}

/* ---- check ---- */

/* Whether the newest verdict of exactly these bytes is a PASS. */
static int is_passing(Course *c, bool *passing, char **error) {
    char *digest = NULL;
    int rc = sito_office_text(c->office->catalogue, "SELECT digest FROM passing WHERE dataset = ?1",
                              c->dataset.check.package.name, &digest, error);
    *passing = rc == SITO_OK && digest != NULL && strcmp(digest, c->dataset.check.digest) == 0;
    sito_free(digest);
    return rc;
}

static int open_set(Course *c, const char *folder, const char *catalogue) {
    SitoArguments arguments = *c->a;
    const char *paths[] = {folder};
    arguments.paths = paths;
    arguments.paths_count = 1;
    arguments.catalogue = catalogue;
    return sito_dataset_open(&c->dataset, &arguments);
}

/* The bytes are scanned, judged and recorded. */
static int check_anew(Course *c, const char *folder, const char *catalogue, bool *passing) {
    sito_dataset_close(&c->dataset); /* its list of inputs is that of the bytes before */
    int status = open_set(c, folder, catalogue);
    status =
        status == SITO_EXIT_OK ? sito_dataset_check(&c->dataset, c->office->catalogue) : status;
    status =
        status == SITO_EXIT_OK ? sito_dataset_record(&c->dataset, c->office->catalogue) : status;
    c->result->checked = status == SITO_EXIT_OK;
    *passing = c->result->checked && strcmp(c->dataset.check.verdict, "PASS") == 0;
    if (*passing) {
        return SITO_OK;
    }
    bool failed = c->result->checked && strcmp(c->dataset.check.verdict, "FAIL") == 0;
    return end(
        c->result, failed ? SITO_SET_FAILS : SITO_SET_INCOMPLETE,
        sito_print(sito_say(c->a->language, "zob. sito check %s", "see sito check %s"), folder));
}

static int judge(Course *c, const char *folder, const char *catalogue, bool *passing,
                 char **error) {
    char *reason = NULL;
    int rc = sito_dataset_digest(&c->dataset, &reason);
    if (rc != SITO_OK) {
        *passing = false;
        return rc == SITO_NOMEM || rc == SITO_INTERRUPT
                   ? end_badly(c->result, rc, reason, error)
                   : end(c->result, SITO_SET_INCOMPLETE, reason);
    }
    rc = is_passing(c, passing, error);
    return rc == SITO_OK && !*passing ? check_anew(c, folder, catalogue, passing) : rc;
}

/* ---- mark and publication ---- */

/* What the catalogue knows of it: registered, …, publishable, published; and of which bytes it is published. */
static int ask_state(Course *c, char **state, bool *published, char **error) {
    char *digest = NULL;
    const char *name = c->dataset.check.package.name;
    int rc = sito_catalogue_state(c->office->catalogue, name, state, error);
    rc = rc == SITO_OK ? sito_office_text(c->office->catalogue,
                                          "SELECT published_digest FROM dataset WHERE name = ?1"
                                          " AND state = 'published'",
                                          name, &digest, error)
                       : rc;
    *published = rc == SITO_OK && digest != NULL && strcmp(digest, c->dataset.check.digest) == 0;
    sito_free(digest);
    return rc;
}

static const char deciders[] =
    "SELECT group_concat(person, ', ') FROM (SELECT DISTINCT person FROM entitled"
    " WHERE act = 'decision' AND date('now') BETWEEN from_day AND until_day AND ?1 IS NOT NULL"
    " ORDER BY person)";

/* What is missing for the mark, and who may decide. */
static int say_waiting(Course *c, char *refusal, char **error) {
    char *people = NULL;
    const char *name = c->dataset.check.package.name;
    int rc =
        sito_office_missing(c->office->catalogue, name, "publishable", &c->result->note, error);
    rc =
        rc == SITO_OK ? sito_office_text(c->office->catalogue, deciders, name, &people, error) : rc;
    if (rc == SITO_OK && people != NULL && c->result->note.size > 0) {
        rc = sito_buffer_print(&c->result->note,
                               sito_say(c->a->language, "  decyduje: %s\n", "  may decide: %s\n"),
                               people);
    }
    sito_free(people);
    if (rc != SITO_OK) {
        sito_free(refusal);
        return rc;
    }
    return end(c->result, SITO_SET_WAITS, refusal);
}

static int mark(Course *c, bool *marked, char **error) {
    SitoCheck *check = &c->dataset.check;
    char *location = sito_dataset_location(&c->dataset), *reason = NULL;
    SitoRun run = {.dataset = check->package.name,
                   .version = check->package.version,
                   .location = location,
                   .digest = check->digest,
                   .program = SITO_PROGRAM,
                   .inputs = check->inputs.items,
                   .inputs_count = check->inputs.count};
    SitoAct act = {.actor = c->a->by != NULL ? c->a->by : "sito run"};
    int rc = location == NULL ? SITO_NOMEM
                              : sito_catalogue_mark(c->office->catalogue, &run, &act, &reason);
    sito_free(location);
    *marked = rc == SITO_OK;
    return rc == SITO_OK      ? SITO_OK
           : rc == SITO_ERROR ? say_waiting(c, reason, error)
                              : end_badly(c->result, rc, reason, error);
}

static int publish(Course *c, const char *catalogue, char **error) {
    SitoPublished done = {0};
    char *reason = NULL;
    SitoPublishRequest request = {.catalogue = c->office->catalogue,
                                  .catalogue_path = catalogue,
                                  .check = &c->dataset.check,
                                  .folder = c->a->to,
                                  .url = c->a->url,
                                  .publisher = c->a->publisher,
                                  .harvester = c->a->harvester,
                                  .act = {.actor = c->a->by},
                                  .language = c->a->language};
    int rc = sito_publish(&request, &done, &reason);
    sito_free(done.page);
    return rc == SITO_OK
               ? end(c->result, done.unchanged ? SITO_SET_CURRENT : SITO_SET_PUBLISHED, NULL)
               : end_badly(c->result, rc == SITO_MISUSE ? SITO_ERROR : rc, reason, error);
}

static int release(Course *c, const char *catalogue, char **error) {
    char *state = NULL;
    bool published = false, marked = false;
    int rc = ask_state(c, &state, &published, error);
    if (rc == SITO_OK && published && c->a->to == NULL) {
        rc = end(c->result, SITO_SET_CURRENT, NULL);
    } else if (rc == SITO_OK && sito_dataset_waivers_hold(&c->dataset) != SITO_EXIT_OK) {
        rc = end(c->result, SITO_SET_REFUSED,
                 sito_print("%s", sito_say(c->a->language, "odstępstwo wygasło (waivers.json)",
                                           "a waiver has expired (waivers.json)")));
    } else if (rc == SITO_OK) {
        marked =
            state != NULL && (strcmp(state, "publishable") == 0 || strcmp(state, "published") == 0);
        rc = marked ? SITO_OK : mark(c, &marked, error);
        rc = rc != SITO_OK || !marked ? rc
             : c->a->to == NULL       ? end(c->result, SITO_SET_PASSES, NULL)
                                      : publish(c, catalogue, error);
    }
    sito_free(state);
    return rc;
}

/* ---- all of it ---- */

static int follow(Course *c, const char *folder, const char *catalogue, char **error) {
    bool goes_on = true, passing = false;
    SitoPackage *package = &c->dataset.check.package;
    if (package->descriptor == NULL) {
        return end(
            c->result, SITO_SET_INCOMPLETE,
            sito_print("%s", sito_say(c->a->language, "zbiór nie ma opisu (datapackage.json)",
                                      "it has no descriptor (datapackage.json)")));
    }
    c->result->name = sito_print("%s", package->name);
    int rc = c->result->name == NULL ? SITO_NOMEM : export_files(c, &goes_on, error);
    rc = rc == SITO_OK && goes_on ? judge(c, folder, catalogue, &passing, error) : rc;
    memcpy(c->result->digest, c->dataset.check.digest, sizeof c->result->digest);
    return rc == SITO_OK && passing ? release(c, catalogue, error) : rc;
}

int sito_run_set(const SitoArguments *a, const SitoOffice *office, const char *catalogue,
                 const char *folder, SitoSetResult *result, char **error) {
    *result = (SitoSetResult){.outcome = SITO_SET_INCOMPLETE};
    Course c = {.a = a, .office = office, .result = result};
    int rc = SITO_OK;
    if (open_set(&c, folder, catalogue) != SITO_EXIT_OK) { /* which told why */
        rc = end(result, SITO_SET_INCOMPLETE,
                 sito_print(sito_say(a->language, "opisu zbioru nie da się użyć; zob. sito lint %s",
                                     "the descriptor cannot be used; see sito lint %s"),
                            folder));
    } else {
        rc = follow(&c, folder, catalogue, error);
    }
    sito_dataset_close(&c.dataset);
    return rc;
}

void sito_set_result_free(SitoSetResult *result) {
    sito_free(result->name);
    sito_free(result->reason);
    sito_buffer_free(&result->note);
    *result = (SitoSetResult){0};
}
