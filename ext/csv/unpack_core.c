/*
** gzip and UTF-16 (unpack_core.h).
*/
#include "unpack_core.h"

#include <string.h>
#include <zlib.h>

enum { PIECE = 64 * 1024 };

/* ---- gzip ---- */

struct SitoUnpack {
    const char *name;
    int64_t limit, unpacked;
    z_stream stream;
    bool between; /* a member has ended and the next has not begun */
    char piece[PIECE];
};

static void *take(void *opaque, uInt items, uInt size) {
    (void)opaque;
    return sito_malloc((size_t)items * size);
}

static void give(void *opaque, void *memory) {
    (void)opaque;
    sito_free(memory);
}

int sito_unpack_new(const char *name, int64_t limit, SitoUnpack **out) {
    SitoUnpack *unpack = sito_malloc(sizeof *unpack);
    if (unpack == NULL) {
        return SITO_NOMEM;
    }
    *unpack = (SitoUnpack){
        .name = name, .limit = limit, .stream = {.zalloc = take, .zfree = give}, .between = true};
    enum { GZIP_ONLY = 15 + 16 };
    if (inflateInit2(&unpack->stream, GZIP_ONLY) != Z_OK) {
        sito_free(unpack);
        return SITO_NOMEM;
    }
    *out = unpack;
    return SITO_OK;
}

void sito_unpack_free(SitoUnpack *unpack) {
    if (unpack != NULL) {
        inflateEnd(&unpack->stream);
        sito_free(unpack);
    }
}

/* What inflate said, as an error. */
static int complain(const SitoUnpack *unpack, int status, char **error) {
    if (status == Z_MEM_ERROR) {
        return SITO_NOMEM;
    }
    return sito_error(error, SITO_ERROR, "csv: %s: the gzip data are damaged: %s", unpack->name,
                      unpack->stream.msg != NULL ? unpack->stream.msg : "unexpected end");
}

int sito_unpack_read(SitoUnpack *unpack, SitoPull pull, void *from, char *buffer, size_t room,
                     size_t *got, char **error) {
    z_stream *z = &unpack->stream;
    *got = 0;
    while (*got == 0) {
        if (z->avail_in == 0) {
            size_t size = 0;
            int rc = pull(from, unpack->piece, PIECE, &size, error);
            if (rc != SITO_OK) {
                return rc;
            }
            if (size == 0) {
                return unpack->between
                           ? SITO_OK
                           : sito_error(error, SITO_ERROR, "csv: %s: the gzip data are cut off",
                                        unpack->name);
            }
            z->next_in = (unsigned char *)unpack->piece;
            z->avail_in = (uInt)size;
        }
        if (unpack->between && inflateReset(z) != Z_OK) {
            return SITO_ERROR;
        }
        unpack->between = false;
        uInt wanted = room > PIECE * 16 ? PIECE * 16 : (uInt)room;
        z->next_out = (unsigned char *)buffer;
        z->avail_out = wanted;
        int status = inflate(z, Z_NO_FLUSH);
        if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR) {
            return complain(unpack, status, error);
        }
        *got = wanted - z->avail_out;
        unpack->between = status == Z_STREAM_END;
        unpack->unpacked += (int64_t)*got;
        if (unpack->unpacked > unpack->limit) {
            return sito_error(error, SITO_TOOBIG,
                              "csv: %s unpacks to more than %lld bytes; raise max_unpacked if that "
                              "is right",
                              unpack->name, (long long)unpack->limit);
        }
    }
    return SITO_OK;
}

/* ---- UTF-16 ---- */

static uint32_t unit_at(const SitoUtf16 *utf16, size_t at) {
    unsigned char first = (unsigned char)utf16->bytes[at];
    unsigned char second = (unsigned char)utf16->bytes[at + 1];
    return utf16->big_endian ? (uint32_t)(first << 8 | second) : (uint32_t)(second << 8 | first);
}

/* The next character as UTF-8 into out; the number of bytes written. 0: more bytes are needed. */
static size_t turn(SitoUtf16 *utf16, char *out) {
    size_t left = utf16->end - utf16->begin;
    if (left < 2) {
        if (left == 1 && utf16->at_end) {
            utf16->begin++;
            *out = (char)0xFF;
            return 1;
        }
        return 0;
    }
    uint32_t unit = unit_at(utf16, utf16->begin);
    bool high = unit >= 0xD800 && unit < 0xDC00;
    if (high && left < 4 && !utf16->at_end) {
        return 0;
    }
    utf16->begin += 2;
    if (high && left >= 4) {
        uint32_t low = unit_at(utf16, utf16->begin);
        if (low >= 0xDC00 && low < 0xE000) {
            utf16->begin += 2;
            return sito_utf8_encode(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00), out);
        }
    }
    return sito_utf8_encode(unit, out);
}

int sito_utf16_read(SitoUtf16 *utf16, SitoPull pull, void *from, char *buffer, size_t room,
                    size_t *got, char **error) {
    *got = 0;
    for (;;) {
        size_t size;
        while (*got + 4 <= room && (size = turn(utf16, buffer + *got)) > 0) {
            *got += size;
        }
        if (*got > 0 || utf16->at_end) {
            return SITO_OK;
        }
        if (utf16->bytes == NULL && (utf16->bytes = sito_malloc(PIECE)) == NULL) {
            return SITO_NOMEM;
        }
        memmove(utf16->bytes, utf16->bytes + utf16->begin, utf16->end - utf16->begin);
        utf16->end -= utf16->begin;
        utf16->begin = 0;
        size_t more = 0;
        int rc = pull(from, utf16->bytes + utf16->end, PIECE - utf16->end, &more, error);
        if (rc != SITO_OK) {
            return rc;
        }
        utf16->end += more;
        utf16->at_end = more == 0;
    }
}

int64_t sito_utf16_bytes(SitoText text) {
    int64_t bytes = 0;
    for (size_t i = 0; i < text.size; i++) {
        unsigned char c = (unsigned char)text.data[i];
        /* One unit for each first byte, two where four bytes follow; FF is the odd byte. */
        bytes += c == 0xFF ? 1 : c >= 0xF0 ? 4 : (c & 0xC0) != 0x80 ? 2 : 0;
    }
    return bytes;
}
