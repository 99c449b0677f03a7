/*
** Reads .test files (record.h).
*/
#include "record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *must(void *memory) {
    if (memory == NULL) {
        fputs("test-runner: out of memory\n", stderr);
        exit(3);
    }
    return memory;
}

static bool refuse(const TestFile *file, int line, const char *message, const char *detail) {
    fprintf(stderr, "%s:%d: %s%s\n", file->path, line, message, detail);
    return false;
}

/* The whole file, ended by NUL; a NUL byte inside would hide what follows and is refused. */
static char *read_all(const char *path) {
    FILE *in = fopen(path, "rb");
    char *text = NULL;
    size_t size = 0;
    FILE *out = in != NULL ? must(open_memstream(&text, &size)) : NULL;
    if (in == NULL) {
        perror(path);
        return NULL;
    }
    char block[8192];
    size_t got;
    while ((got = fread(block, 1, sizeof block, in)) > 0) {
        fwrite(block, 1, got, out);
    }
    bool broken = ferror(in) != 0;
    fclose(in);
    fclose(out);
    if (broken || strlen(text) != size) {
        fprintf(stderr, "%s: cannot be read, or holds a NUL byte\n", path);
        free(text);
        return NULL;
    }
    return text;
}

static const char *lookup(const Variable *variables, size_t count, const char *name, size_t size) {
    for (size_t i = 0; i < count; i++) {
        if (strlen(variables[i].name) == size && memcmp(variables[i].name, name, size) == 0) {
            return variables[i].value;
        }
    }
    return NULL;
}

/* Puts the values of ${NAME} in place (R7). */
static char *substitute(TestFile *file, const char *text, const Variable *variables, size_t count) {
    char *result = NULL;
    size_t size = 0;
    FILE *out = must(open_memstream(&result, &size));
    int line = 1;
    for (const char *p = text; *p != 0; p++) {
        const char *end = p[0] == '$' && p[1] == '{' ? strchr(p, '}') : NULL;
        if (end == NULL) {
            line += *p == '\n';
            fputc(*p, out);
            continue;
        }
        const char *value = lookup(variables, count, p + 2, (size_t)(end - p) - 2);
        if (value == NULL) {
            fclose(out);
            free(result);
            refuse(file, line, "unknown variable; there are ", "${FIXTURES} ${GENERATED} ${TMP}");
            return NULL;
        }
        fputs(value, out);
        p = end;
    }
    fclose(out);
    return result;
}

/* Cuts one line off *rest, ends it with NUL and returns it; NULL at the end of the text. */
static char *take_line(char **rest) {
    char *line = *rest;
    if (*line == 0) {
        return NULL;
    }
    char *end = strchr(line, '\n');
    if (end != NULL) {
        *end = 0;
        *rest = end + 1;
    } else {
        *rest = line + strlen(line);
    }
    return line;
}

static bool parse_directive(TestFile *file, char *line, int number, Record *record) {
    static const struct {
        const char *word;
        RecordKind kind;
        bool wants_argument;
    } directives[] = {{"statement ok", RECORD_STATEMENT, false},
                      {"statement error", RECORD_ERROR, true},
                      {"query", RECORD_QUERY, false},
                      {"rule", RECORD_RULE, true},
                      {"file", RECORD_FILE, true}};
    for (size_t i = 0; i < sizeof directives / sizeof *directives; i++) {
        size_t size = strlen(directives[i].word);
        if (strncmp(line, directives[i].word, size) != 0 ||
            (line[size] != 0 && line[size] != ' ')) {
            continue;
        }
        char *argument = line + size + (line[size] == ' ');
        if ((*argument != 0) != directives[i].wants_argument) {
            return refuse(file, number,
                          *argument != 0 ? "nothing may follow " : "text must follow ",
                          directives[i].word);
        }
        *record = (Record){.kind = directives[i].kind, .line = number, .argument = argument};
        return true;
    }
    return refuse(file, number,
                  "not a record; it begins with `statement ok`, `statement error TEXT`, `query`, "
                  "`rule ID` or `file NAME`: ",
                  line);
}

/* Collects the lines of a record behind its directive: body, and what follows ---- . */
static bool parse_lines(TestFile *file, char **rest, int *number, Record *record) {
    bool has_rows = record->kind == RECORD_QUERY || record->kind == RECORD_RULE;
    bool in_rows = false;
    size_t size;
    FILE *body = must(open_memstream(&record->body, &size));
    FILE *rows = must(open_memstream(&record->expected, &size));
    for (char *line; (line = take_line(rest)) != NULL;) {
        ++*number;
        if (*line == 0) {
            break;
        }
        if (has_rows && !in_rows && strcmp(line, "----") == 0) {
            in_rows = true;
        } else if (in_rows) {
            fprintf(rows, "%s\n", line);
        } else {
            fprintf(body, "%s%s", ftell(body) > 0 ? "\n" : "", line);
        }
    }
    fclose(body);
    fclose(rows);
    if (has_rows && !in_rows) {
        return refuse(file, record->line, "---- and the rows are missing", "");
    }
    if (record->kind != RECORD_RULE && record->kind != RECORD_FILE && *record->body == 0) {
        return refuse(file, record->line, "no SQL follows", "");
    }
    return true;
}

static bool parse(TestFile *file, char *text) {
    int number = 0;
    size_t room = 0;
    for (char *line; (line = take_line(&text)) != NULL;) {
        number++;
        if (strncmp(line, "# oom: no", 9) == 0) {
            file->oom = false;
        }
        if (*line == 0 || *line == '#') {
            continue;
        }
        if (file->count == room) {
            room = room * 2 + 16;
            file->records = must(realloc(file->records, room * sizeof *file->records));
        }
        Record *record = &file->records[file->count];
        if (!parse_directive(file, line, number, record)) {
            return false;
        }
        file->count++;
        if (!parse_lines(file, &text, &number, record)) {
            return false;
        }
    }
    return file->count > 0 || refuse(file, 1, "the file holds no record", "");
}

bool test_file_read(const char *path, const Variable *variables, size_t count, TestFile *file) {
    *file = (TestFile){.path = path, .oom = true};
    char *raw = read_all(path);
    if (raw == NULL) {
        return false;
    }
    file->text = substitute(file, raw, variables, count);
    free(raw);
    if (file->text != NULL && parse(file, file->text)) {
        return true;
    }
    test_file_free(file);
    return false;
}

void test_file_free(TestFile *file) {
    for (size_t i = 0; i < file->count; i++) {
        free(file->records[i].body);
        free(file->records[i].expected);
    }
    free(file->records);
    free(file->text);
    *file = (TestFile){0};
}
