/*
** Where the bytes of a csv table come from: a regular file, perhaps packed by gzip, or a text in
** memory.
**
** R1  Only regular files are read: a directory, a pipe or a device is refused when it is opened,
**     and opening never blocks. /dev/fd/N is the way to read a file that is already open.
** R2  A failed read is an error, and so is an end of file before the size that the file had when it
**     was opened: fewer bytes than there are never look like the end.
** R3  A file that is another one, or has another size or time of change, than when the table was
**     created or the scan began, is an error: what was decided about it holds no longer.
** R4  With hashing on, the SHA-256 covers exactly the bytes of the file, as it lies there, that
**     were read since the last rewind.
** R5  A file that begins with the mark of gzip (1F 8B 08) is unpacked, up to max_unpacked bytes.
*/
#ifndef SITO_CSV_SOURCE_CORE_H
#define SITO_CSV_SOURCE_CORE_H

#include <sys/types.h>

#include "csv.h"

/* What tells one state of a file from another. */
typedef struct SitoFileState {
    int64_t device, inode, size, seconds, nanoseconds;
} SitoFileState;

/* Called now and then while bytes are read; what it returns, if not SITO_OK, ends the reading. */
typedef struct SitoPoll {
    int (*call)(void *argument);
    void *argument;
} SitoPoll;

typedef struct SitoSource SitoSource;

/* `name` must outlive the source (messages show it). `seen`: the state the file must still be in,
** or NULL. */
int sito_source_open(const char *name, const SitoFileState *seen, int64_t max_unpacked,
                     SitoSource **source, char **error) SITO_MUST_CHECK;
/* The text must outlive the source. */
int sito_source_text(SitoText text, SitoSource **source) SITO_MUST_CHECK;
void sito_source_free(SitoSource *source);
void sito_source_poll(SitoSource *source, SitoPoll poll);

/* From the first byte again. SITO_UTF_16LE and BE are turned into UTF-8 from here on, other
** encodings are handed out as they are. hash tells whether to compute the SHA-256. */
int sito_source_rewind(SitoSource *source, SitoEncoding encoding, bool hash,
                       char **error) SITO_MUST_CHECK;
/* From byte `offset` of the file on; not for packed files. */
int sito_source_seek(SitoSource *source, int64_t offset, char **error) SITO_MUST_CHECK;

/* Up to `room` bytes (8 or more) into `buffer`; *got is 0 at the end only. */
int sito_source_read(SitoSource *source, char *buffer, size_t room, size_t *got,
                     char **error) SITO_MUST_CHECK;

/* The digest of all bytes, once sito_source_read has met the end. */
int sito_source_digest(SitoSource *source, char hex[SITO_SHA256_HEX]) SITO_MUST_CHECK;

/* How messages call it: the file name, or "data". */
const char *sito_source_name(const SitoSource *source);
SitoFileState sito_source_state(const SitoSource *source);
bool sito_source_packed(const SitoSource *source);

/* What tests put in the place of the system: a read(2) that fails or gives little. */
typedef struct SitoSourceHooks {
    ssize_t (*read)(int fd, void *buffer, size_t size);
    size_t most; /* the most bytes that one read of a text gives; 0: all */
} SitoSourceHooks;
extern SitoSourceHooks sito_source_hooks;

#endif
