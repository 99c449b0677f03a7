/*
** A file that is written beside its place, read back, and renamed: whole or not at all.
**
** R1  Its name until then is .sito-export-NAME, closed to others; one of a program that was stopped is replaced.
** R2  What was hashed while it was written has to be what is on the disk.
** R3  A file that has the same bytes already is not touched.
*/
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/file.h"
#include "common/interrupt.h"
#include "common/trouble.h"
#include "warehouse/private.h"

static int trouble(const OutFile *file, int number, char **error) {
    return sito_error(
        error, SITO_IOERR,
        sito_say(file->language, "nie można zapisać pliku %s: %s", "cannot write the file %s: %s"),
        file->path, sito_errno_words(file->language, number));
}

int sito_outfile_open(OutFile *file, const char *path, SitoLanguage language, char **error) {
    *file = (OutFile){.fd = -1, .language = language, .path = sito_print("%s", path)};
    char *folder = sito_path_folder(path);
    const char *slash = strrchr(path, '/');
    char *name = sito_print(".sito-export-%s", slash == NULL ? path : slash + 1);
    char *beside = folder == NULL || name == NULL ? NULL : sito_path_join(folder, name);
    sito_free(folder);
    sito_free(name);
    if (file->path == NULL || beside == NULL) {
        sito_free(beside);
        return SITO_NOMEM;
    }
    if (unlink(beside) != 0 && errno != ENOENT) {
        int number = errno;
        sito_free(beside);
        return trouble(file, number, error);
    }
    file->fd = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file->fd < 0) {
        int number = errno;
        sito_free(beside);
        return trouble(file, number, error);
    }
    file->beside = beside;
    sito_interrupt_remember(beside);
    return sito_sha256_new(&file->hash);
}

int sito_outfile_add(OutFile *file, SitoText bytes, char **error) {
    int rc = sito_sha256_add(file->hash, bytes.data, bytes.size);
    while (rc == SITO_OK && bytes.size > 0) {
        ssize_t written = write(file->fd, bytes.data, bytes.size);
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return trouble(file, written < 0 ? errno : EIO, error);
        }
        bytes.data += written;
        bytes.size -= (size_t)written;
    }
    return rc;
}

int sito_outfile_end(OutFile *file, char **error) {
    char found[SITO_SHA256_HEX];
    int64_t size = 0;
    int rc = sito_sha256_hex(file->hash, file->sha256);
    if (rc == SITO_OK && (fchmod(file->fd, 0644) != 0 || fsync(file->fd) != 0)) {
        rc = trouble(file, errno, error);
    }
    int closed = close(file->fd), number = errno;
    file->fd = -1;
    if (rc == SITO_OK && closed != 0) {
        rc = trouble(file, number, error);
    }
    rc = rc == SITO_OK ? sito_file_hash(file->beside, file->language, found, &size, error) : rc;
    if (rc == SITO_OK && strcmp(found, file->sha256) != 0) {
        rc = sito_error(error, SITO_IOERR,
                        sito_say(file->language,
                                 "plik %s nie zapisał się tak, jak go podano dyskowi",
                                 "the file %s was not written as it was given to the disk"),
                        file->path);
    }
    return rc;
}

static void forget(OutFile *file) {
    sito_interrupt_forget(file->beside);
    sito_free(file->beside);
    file->beside = NULL;
}

/* The new name is on disk, too. */
static int sync_folder(const OutFile *file, char **error) {
    char *folder = sito_path_folder(file->path);
    int fd = folder == NULL ? -1 : open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int rc = folder == NULL             ? SITO_NOMEM
             : fd < 0 || fsync(fd) != 0 ? trouble(file, errno, error)
                                        : SITO_OK;
    if (fd >= 0) {
        close(fd);
    }
    sito_free(folder);
    return rc;
}

int sito_outfile_place(OutFile *file, bool *unchanged, char **error) {
    char present[SITO_SHA256_HEX] = "", *ignored = NULL;
    int64_t size = 0;
    *unchanged = sito_file_kind(file->path) == SITO_FILE_REGULAR &&
                 sito_file_hash(file->path, file->language, present, &size, &ignored) == SITO_OK &&
                 strcmp(present, file->sha256) == 0;
    sito_free(ignored);
    if (*unchanged) {
        int rc = unlink(file->beside) == 0 ? SITO_OK : trouble(file, errno, error);
        forget(file);
        return rc;
    }
    if (rename(file->beside, file->path) != 0) {
        return trouble(file, errno, error);
    }
    forget(file);
    return sync_folder(file, error);
}

void sito_outfile_close(OutFile *file) {
    if (file->fd >= 0 && file->path != NULL) {
        close(file->fd);
    }
    if (file->beside != NULL) {
        unlink(file->beside);
        forget(file);
    }
    sito_sha256_free(file->hash);
    sito_free(file->path);
    *file = (OutFile){.fd = -1};
}
