/*
** Strict reading of our JSON files (json.h).
*/
#include "common/json.h"

#include <sqlite3.h>

#include <string.h>

#include "common/db.h"

enum { PATH_ROOM = 300 };

int sito_problem(SitoProblems *problems, const char *where, const char *format, ...) {
    va_list args;
    va_start(args, format);
    char *text = sqlite3_vmprintf(format, args);
    va_end(args);
    if (text == NULL) {
        return SITO_NOMEM;
    }
    problems->count++;
    int rc = sito_buffer_print(&problems->lines, "%s: %s%s%s\n", problems->file, where,
                               where[0] != 0 ? ": " : "", text);
    sqlite3_free(text);
    return rc;
}

int sito_problems_raise(SitoProblems *problems, char **error) {
    int rc = SITO_OK;
    if (problems->count > 0) {
        const char *end = memchr(problems->lines.data, '\n', problems->lines.size);
        int length = (int)(end - problems->lines.data);
        rc = problems->count == 1
                 ? sito_error(error, SITO_MISUSE, "%.*s", length, problems->lines.data)
                 : sito_error(error, SITO_MISUSE,
                              sito_say(problems->language,
                                       "%.*s (błędów razem: %d; wszystkie pokaże sito lint)",
                                       "%.*s (%d problems in all; sito lint shows them)"),
                              length, problems->lines.data, (int)problems->count);
    }
    sito_buffer_free(&problems->lines);
    return rc;
}

/* "$.resources[12].path" becomes "$.resources[].path"; a path that is too long becomes "". */
static void generalise(const char *path, char out[PATH_ROOM]) {
    size_t n = 0;
    bool inside = false;
    for (; *path != 0 && n + 1 < PATH_ROOM; path++) {
        inside = inside && *path != ']';
        if (!inside) {
            out[n++] = *path;
        }
        inside = inside || *path == '[';
    }
    out[*path == 0 ? n : 0] = 0;
}

/* How a path is shown: without "$.". */
static const char *shown(const char *path) {
    return strncmp(path, "$.", 2) == 0 ? path + 2 : strcmp(path, "$") == 0 ? "" : path;
}

static char letter_of(const char *type) {
    static const struct {
        const char *type;
        char letter;
    } letters[] = {{"text", 't'},  {"integer", 'i'}, {"real", 'n'},  {"true", 'b'},
                   {"false", 'b'}, {"object", 'o'},  {"array", 'a'}, {"null", '!'}};
    for (size_t i = 0; i < SITO_COUNT(letters); i++) {
        if (strcmp(letters[i].type, type) == 0) {
            return letters[i].letter;
        }
    }
    return '?';
}

static const char *type_in_words(SitoLanguage language, const char *types) {
    switch (types[0] == '*' ? types[1] : types[0]) {
    case 't':
        return strchr(types, 'o') != NULL
                   ? sito_say(language, "tekst albo obiekt", "text or an object")
                   : sito_say(language, "tekst", "text");
    case 'i':
        return sito_say(language, "liczba całkowita", "an integer");
    case 'n':
        return sito_say(language, "liczba", "a number");
    case 'b':
        return sito_say(language, "true albo false", "true or false");
    case 'o':
        return sito_say(language, "obiekt {…}", "an object {…}");
    default:
        return sito_say(language, "lista […]", "a list […]");
    }
}

typedef struct Checker {
    const SitoKey *keys;
    size_t count;
    const char *const *closed;
    SitoProblems *problems;
} Checker;

static bool is_closed(const Checker *c, const char *object) {
    for (size_t i = 0; c->closed[i] != NULL; i++) {
        if (strcmp(c->closed[i], object) == 0) {
            return true;
        }
    }
    return false;
}

static int unknown_key(Checker *c, const char *object, const char *where, const char *key) {
    const char *names[60];
    size_t count = 0;
    SitoLanguage language = c->problems->language;
    SitoBuffer all = {0};
    int rc = SITO_OK;
    for (size_t i = 0; i < c->count && rc == SITO_OK; i++) {
        if (strcmp(c->keys[i].object, object) == 0 && count < SITO_COUNT(names)) {
            rc = sito_buffer_print(&all, "%s%s", count > 0 ? ", " : "", c->keys[i].key);
            names[count++] = c->keys[i].key;
        }
    }
    const char *nearest = sito_nearest((SitoText){key, strlen(key)}, names, count);
    if (rc == SITO_OK) {
        rc = sito_problem(
            c->problems, shown(where),
            sito_say(language, "nieznany klucz '%s'%s%s%s; dozwolone: %.*s",
                     "unknown key '%s'%s%s%s; allowed: %.*s"),
            key, nearest == NULL ? "" : sito_say(language, " (czy chodziło o ", " (did you mean "),
            nearest == NULL ? "" : nearest, nearest == NULL ? "" : "?)", (int)all.size,
            all.size > 0 ? all.data : "");
    }
    sito_buffer_free(&all);
    return rc;
}

static bool word_allowed(const char *word, const char *words) {
    size_t size = strlen(word);
    for (const char *at = words; *at != 0;) {
        size_t length = strcspn(at, " ");
        if (length == size && strncmp(at, word, size) == 0) {
            return true;
        }
        at += length + strspn(at + length, " ");
    }
    return false;
}

/* One key of the file: object is its generalised path. */
static int check_key(Checker *c, const char *object, const char *where, const char *key,
                     const char *type, const char *atom) {
    SitoLanguage language = c->problems->language;
    const SitoKey *known = NULL;
    for (size_t i = 0; i < c->count && known == NULL; i++) {
        if (strcmp(c->keys[i].object, object) == 0 && strcmp(c->keys[i].key, key) == 0) {
            known = &c->keys[i];
        }
    }
    if (known == NULL) {
        bool open =
            !is_closed(c, object) || (strcmp(object, "$.dcat") == 0 && strchr(key, ':') != NULL);
        return open ? SITO_OK : unknown_key(c, object, where, key);
    }
    char letter = letter_of(type);
    bool fits = strchr(known->types, letter) != NULL ||
                (letter == 'i' && strchr(known->types, 'n') != NULL);
    if (!fits) {
        return sito_problem(
            c->problems, shown(where),
            sito_say(language, "wartością klucza '%s' ma być %s", "the value of '%s' must be %s"),
            key, type_in_words(language, known->types));
    }
    if (letter == 't' && known->words != NULL && !word_allowed(atom, known->words)) {
        return sito_problem(c->problems, shown(where),
                            sito_say(language, "'%s': nieznana wartość '%s'; dozwolone: %s",
                                     "'%s': unknown value '%s'; allowed: %s"),
                            key, atom, known->words);
    }
    return SITO_OK;
}

/* The keys that an object at `where` must have. */
static int check_required(sqlite3 *db, Checker *c, SitoText text, const char *object,
                          const char *where, char **error) {
    int rc = SITO_OK;
    for (size_t i = 0; i < c->count && rc == SITO_OK; i++) {
        const SitoKey *known = &c->keys[i];
        if (known->types[0] != '*' || strcmp(known->object, object) != 0) {
            continue;
        }
        int64_t present;
        rc = sito_db_integer(db, &present, error,
                             "SELECT json_type(?1, ?2 || '.\"' || ?3 || '\"') IS NOT NULL", "ttt",
                             text.data, where, known->key);
        if (rc == SITO_OK && !present) {
            rc = sito_problem(
                c->problems, shown(where),
                sito_say(c->problems->language, "brakuje klucza '%s'", "the key '%s' is missing"),
                known->key);
        }
    }
    return rc;
}

/* An item of a list whose items are objects. */
static int check_item(Checker *c, const char *where, const char *type) {
    char object[PATH_ROOM];
    generalise(where, object);
    for (size_t i = 0; i < c->count && strcmp(type, "object") != 0; i++) {
        if (strcmp(c->keys[i].object, object) == 0) {
            return sito_problem(c->problems, shown(where), "%s",
                                sito_say(c->problems->language, "tu ma być obiekt {…}",
                                         "an object {…} must be here"));
        }
    }
    return SITO_OK;
}

static int walk(sqlite3 *db, Checker *c, SitoText text, char **error) {
    sqlite3_stmt *tree = NULL;
    int rc = sito_db_prepare(
        db, &tree, error, "SELECT path, fullkey, key, type, atom, typeof(key) FROM json_tree(?1)",
        "t", text.data);
    while (rc == SITO_OK && (rc = sqlite3_step(tree)) == SQLITE_ROW) {
        const char *path = (const char *)sqlite3_column_text(tree, 0);
        const char *fullkey = (const char *)sqlite3_column_text(tree, 1);
        const char *key = (const char *)sqlite3_column_text(tree, 2);
        const char *type = (const char *)sqlite3_column_text(tree, 3);
        const char *atom = (const char *)sqlite3_column_text(tree, 4);
        const char *key_type = (const char *)sqlite3_column_text(tree, 5);
        char object[PATH_ROOM];
        rc = SITO_OK;
        if (key != NULL && strcmp(key_type, "text") == 0) {
            generalise(path, object);
            rc = check_key(c, object, path, key, type, atom);
        }
        if (rc == SITO_OK && strcmp(key_type, "integer") == 0) {
            rc = check_item(c, fullkey, type);
        }
        if (rc == SITO_OK && strcmp(type, "object") == 0) {
            generalise(fullkey, object);
            rc = check_required(db, c, text, object, fullkey, error);
        }
    }
    if (rc != SITO_OK && rc != SQLITE_DONE) {
        rc = sito_db_error(db, rc, error);
    }
    sqlite3_finalize(tree);
    return rc == SQLITE_DONE ? SITO_OK : rc;
}

/* Well-formed, an object, no key twice; *sound tells whether the walk makes sense. */
static int check_form(sqlite3 *db, SitoText text, SitoProblems *problems, bool *sound,
                      char **error) {
    SitoLanguage language = problems->language;
    int64_t valid = 0;
    char *twice = NULL;
    *sound = false;
    bool bom = text.size >= 3 && memcmp(text.data, "\xEF\xBB\xBF", 3) == 0;
    bool clean = memchr(text.data, 0, text.size) == NULL && sito_utf8_valid(text) == text.size;
    int rc = SITO_OK;
    if (clean && !bom) {
        rc = sito_db_integer(db, &valid, error,
                             "SELECT CASE WHEN json_valid(?1) THEN json_type(?1) = 'object' END",
                             "t", text.data);
    }
    if (rc != SITO_OK || !valid) {
        return rc != SITO_OK
                   ? rc
                   : sito_problem(problems, "", "%s",
                                  bom ? sito_say(language,
                                                 "plik zaczyna się znacznikiem BOM, którego "
                                                 "JSON nie dopuszcza; zapisz go jako UTF-8 "
                                                 "bez BOM",
                                                 "the file starts with a BOM, which JSON "
                                                 "does not allow; save it as UTF-8 without "
                                                 "BOM")
                                      : sito_say(language,
                                                 "to nie jest poprawny obiekt JSON w UTF-8",
                                                 "this is not a well-formed JSON object in "
                                                 "UTF-8"));
    }
    rc = sito_db_text(db, &twice, error,
                      "SELECT fullkey FROM json_tree(?1) GROUP BY fullkey HAVING count(*) > 1 "
                      "ORDER BY 1 LIMIT 1",
                      "t", text.data);
    if (rc == SITO_OK && twice != NULL) {
        rc = sito_problem(
            problems, shown(twice), "%s",
            sito_say(language, "ten klucz występuje dwa razy", "this key stands there twice"));
    }
    *sound = rc == SITO_OK && twice == NULL;
    sito_free(twice);
    return rc;
}

int sito_json_check(sqlite3 *db, SitoText text, const SitoKey *keys, size_t count,
                    const char *const *closed, SitoProblems *problems, char **error) {
    Checker checker = {.keys = keys, .count = count, .closed = closed, .problems = problems};
    bool sound;
    int rc = check_form(db, text, problems, &sound, error);
    return rc == SITO_OK && sound ? walk(db, &checker, text, error) : rc;
}
