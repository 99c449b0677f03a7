/*
** A .test file: sqllogictest records, values as the shell's `.mode quote` prints them.
**
**   # a comment                      R1  records are separated by blank lines
**   statement ok                     R2  SQL follows, one or more statements, all must succeed
**   statement error TEXT             R3  must fail with a message that contains TEXT
**   query                            R4  SQL, then ----, then every row, in order (none is none)
**   rule ID [param=value …]          R5  then ----, then the rule's rows or messages (rule.h)
**   file NAME                        R6  the lines that follow become ${TMP}/NAME; \n \r \t \\
**                                        \xHH stand for bytes; the last line has no line end of
**                                        its own
**
** R7  ${FIXTURES}, ${GENERATED} and ${TMP} stand for folders anywhere in a file; another ${NAME} is
**     an error. R8  What is none of these is an error with its line: nothing is passed over.
** R9  A comment `# oom: no — reason` leaves the file out of the allocation-failure mode.
*/
#ifndef RUNNER_RECORD_H
#define RUNNER_RECORD_H

#include <stdbool.h>
#include <stddef.h>

typedef enum RecordKind {
    RECORD_STATEMENT,
    RECORD_ERROR,
    RECORD_QUERY,
    RECORD_RULE,
    RECORD_FILE
} RecordKind;

typedef struct Record {
    RecordKind kind;
    int line;       /* of the directive */
    char *argument; /* what stands behind the directive: the error's text, the rule's words … */
    char *body;     /* SQL or the content of a file */
    char *expected; /* the rows, each with its line end */
} Record;

typedef struct TestFile {
    const char *path;
    Record *records;
    size_t count;
    bool oom; /* false where R9 leaves it out */
    char *text;
} TestFile;

typedef struct Variable {
    const char *name, *value;
} Variable;

/* Reads and parses `path`. On failure prints path:line: message on stderr and returns false. */
bool test_file_read(const char *path, const Variable *variables, size_t count, TestFile *file);
void test_file_free(TestFile *file);

#endif
