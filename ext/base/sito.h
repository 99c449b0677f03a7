/*
** What every module of sito shares: result codes, memory, text, growing buffers, errors, the keyed
** hash, SHA-256, and the table in which a module declares its functions. Plain C: no sqlite3.h.
**
**   module.c ──▶ SitoModule { SitoFunction[] } ──▶ registration · sito_help · docs/functions.md · tests
**
** R1  A function is declared once; everything said of it elsewhere is made from that one row.
** R2  Every allocation goes through sito_malloc and its kin, so that a test can make each one fail.
** R3  Every growing buffer has a stated limit; growing beyond it is SITO_TOOBIG, never a crash.
** R4  Text is pointer and length. NUL is a legal byte. Whether it is UTF-8 is checked at the border.
*/
#ifndef SITO_H
#define SITO_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SITO_VERSION "0.1.0"

#if defined(__GNUC__)
#define SITO_EXPORT __attribute__((visibility("default")))
#define SITO_MUST_CHECK __attribute__((warn_unused_result))
#else
#define SITO_EXPORT
#define SITO_MUST_CHECK
#endif

/* Result codes. The values are SQLite's own, so that SQL glue hands them on unchanged
** (register.c asserts it). */
enum {
    SITO_OK = 0,
    SITO_ERROR = 1,
    SITO_NOMEM = 7,
    SITO_INTERRUPT = 9,
    SITO_IOERR = 10,
    SITO_CANTOPEN = 14,
    SITO_TOOBIG = 18,
    SITO_MISUSE = 21
};

/* ---- memory (memory.c) ---- */

/* As malloc, realloc and free, on SQLite's heap. A size of 0 gives NULL. */
void *sito_malloc(size_t size) SITO_MUST_CHECK;
void *sito_realloc(void *memory, size_t size) SITO_MUST_CHECK;
void sito_free(void *memory);

/* Asks the system for large pages under a block that will be filled: touching 16 MB in pages of 4 KB
** costs as much time as filling them. A wish; blocks below 4 MB are left alone. */
void sito_want_large_pages(void *memory, size_t size);

/* Grows *array so that it holds at least `needed` items of `size` bytes, at most `limit` items.
** *capacity is its present room, in items. SITO_OK, SITO_NOMEM or SITO_TOOBIG; on failure *array
** stays valid and unchanged. */
int sito_grow(void **array, size_t *capacity, size_t needed, size_t size,
              size_t limit) SITO_MUST_CHECK;

/* A text that is being put together. Start from {.limit = …}; release data with sito_free. */
typedef struct SitoBuffer {
    char *data;
    size_t size;
    size_t capacity;
    size_t limit; /* the most bytes it may hold; 0 stands for SITO_BUFFER_LIMIT */
} SitoBuffer;

#define SITO_BUFFER_LIMIT ((size_t)1 << 30)

/* Room for `extra` more bytes behind data + size. */
int sito_buffer_reserve(SitoBuffer *buffer, size_t extra) SITO_MUST_CHECK;
int sito_buffer_add(SitoBuffer *buffer, const char *bytes, size_t size) SITO_MUST_CHECK;
int sito_buffer_print(SitoBuffer *buffer, const char *format, ...) SITO_MUST_CHECK;
void sito_buffer_free(SitoBuffer *buffer);

/* ---- errors (memory.c) ---- */

/* Fills *error (once: an earlier message stays) with a formatted message and returns rc. The message
** is the caller's, to release with sito_free. Where memory is short *error stays NULL and the result
** is SITO_NOMEM. `error` may be NULL. The format is SQLite's (%q %Q %w and the usual ones). */
int sito_error(char **error, int rc, const char *format, ...);
char *sito_print(const char *format, ...) SITO_MUST_CHECK; /* NULL: out of memory */

/* ---- text (text.c) ---- */

typedef struct SitoText {
    const char *data;
    size_t size;
} SitoText;

#define SITO_LITERAL(string) ((SitoText){.data = (string), .size = sizeof(string) - 1})

bool sito_text_equal(SitoText a, SitoText b);
bool sito_text_equal_nocase(SitoText a, SitoText b); /* ASCII letters alone are folded */

/* The length of the longest prefix of text that is well-formed UTF-8 (Unicode 15, table 3-7). */
size_t sito_utf8_valid(SitoText text);

/* Decodes the code point at *position and moves on; an ill-formed byte gives U+FFFD and one step.
** *position < text.size is the caller's duty. */
uint32_t sito_utf8_next(SitoText text, size_t *position);

/* Writes the UTF-8 form of a code point below 0x110000 into out[4]; returns its length. */
size_t sito_utf8_encode(uint32_t codepoint, char *out);

/* The nearest of `words` to `word` by edit distance (Damerau-Levenshtein, ASCII case ignored), or
** NULL when none is near enough to be a likely slip: at most a third of its letters. */
const char *sito_nearest(SitoText word, const char *const *words, size_t count);

/* ---- table names (names.c) ---- */

/* The name of a table as a user writes it in a string: t, temp.t, "od d"."x;y". */
typedef struct SitoName {
    char *schema; /* NULL where none was written */
    char *table;
    char *quoted; /* "schema"."table", safe to paste into SQL */
} SitoName;

/* Parses such a name; anything else than one name is an error. Release with sito_name_free. */
int sito_name_parse(SitoText text, SitoName *name, char **error) SITO_MUST_CHECK;
void sito_name_free(SitoName *name);

/* ---- a record as one value ---- */

/* All cells of the record on which a table stands, handed from its hidden column _cells to an aggregate:
** a value of SQLite for each cell costs more than what is done with it. The value is a pointer (type
** SITO_CELLS), NULL to everything else. The object lives as long as the statement; `number` tells
** whether the table still stands on that record, and whoever uses it compares. */
typedef struct SitoCells {
    int64_t number; /* of the record, from 1; 0: none any more */
    size_t count;
    /* The text of cell i < count; data NULL: there is no value. It lasts until the next call. */
    int (*read)(const struct SitoCells *cells, size_t i, SitoText *text);
} SitoCells;

#define SITO_CELLS "sito-cells"

/* ---- hashes (hash.c) ---- */

typedef struct SitoHash128 {
    uint64_t low, high;
} SitoHash128;

/* A hash of 128 bits keyed with random bytes of this process (XXH3 with a 192-byte secret). Equal
** bytes have equal hashes within one process; nobody outside it can make two values collide. The
** value never leaves the process and never decides an order that anyone sees. */
SitoHash128 sito_hash128(const void *bytes, size_t size);

/* SHA-256 (FIPS 180-4). */
typedef struct SitoSha256 SitoSha256;
enum { SITO_SHA256_SIZE = 32, SITO_SHA256_HEX = 65 };

int sito_sha256_new(SitoSha256 **hash) SITO_MUST_CHECK;
int sito_sha256_add(SitoSha256 *hash, const void *bytes, size_t size) SITO_MUST_CHECK;
/* The digest as 64 lower-case hexadecimal digits and a NUL. */
int sito_sha256_hex(SitoSha256 *hash, char hex[SITO_SHA256_HEX]) SITO_MUST_CHECK;
void sito_sha256_free(SitoSha256 *hash);

/* ---- declaring functions (register.c) ---- */

struct sqlite3;
struct sqlite3_context;
struct sqlite3_value;
struct sqlite3_module;
struct SitoTable;

typedef enum SitoKind {
    SITO_SCALAR,    /* call */
    SITO_AGGREGATE, /* step, final */
    SITO_COLLATION, /* open */
    SITO_TABLE      /* module: a virtual table or a table function */
} SitoKind;

/* What a function touches. Everything that touches files, keys, the clock, the network or chance
** is SITO_DIRECT: not deterministic, and refused from views and triggers of a hostile file. */
typedef enum SitoPower { SITO_PURE, SITO_DIRECT } SitoPower;

enum { SITO_MANY = 127 }; /* the most arguments SQLite passes */

typedef struct SitoFunction {
    const char *name;
    SitoKind kind;
    SitoPower power;
    int min_args, max_args; /* of scalars and aggregates; equal, or a range up to SITO_MANY */
    void (*call)(struct sqlite3_context *, int, struct sqlite3_value **);
    void (*step)(struct sqlite3_context *, int, struct sqlite3_value **);
    void (*final)(struct sqlite3_context *);
    int (*open)(struct sqlite3 *, const char *name, char **error); /* registers the collation */
    const struct sqlite3_module *module;
    const struct SitoTable *tables; /* of a table function: the list that describes it (table.h) */
    const char *args;               /* as written in the manual: "text, from, length" */
    const char *sentence;           /* what it gives, in one sentence */
    const char *example;            /* one SELECT that runs on an empty database */
    const char *result; /* what the example prints in .mode quote; NULL: shown, not tested */
} SitoFunction;

typedef struct SitoModule {
    const char *name;     /* the folder: "risk" */
    const char *sentence; /* what the module is for */
    const SitoFunction *functions;
    size_t count;
    const char *file; /* told of here, and had by this file, which is loaded apart; NULL: here */
} SitoModule;

#define SITO_COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Registers the functions of all modules with a connection: all of them, or only the SITO_PURE
** ones. `modules` ends with NULL and must outlive the connection. */
int sito_register(struct sqlite3 *db, const SitoModule *const *modules, bool pure_only,
                  char **error) SITO_MUST_CHECK;

/* The modules of sito.so, ending with NULL (ext/sito.c); the program registers the same ones. */
extern const SitoModule *const sito_modules[];

/* base itself: sito_version(), sito_help */
extern const SitoModule sito_base_module;

#endif
