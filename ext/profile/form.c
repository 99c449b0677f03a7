/*
** Forms of a text (form.h).
**
** R1  email: an addr-spec of RFC 5321, letters beyond ASCII as RFC 6531 has them; its local part is a
**     dot-atom, its domain is of labels. Neither a display name nor a comment.
** R2  uri: RFC 3986, with a scheme; characters beyond ASCII and blanks have to be percent-encoded. http and
**     https have a host.
** R3  uuid: 8-4-4-4-12 hexadecimal digits, of any version.
** R4  binary: base64 of RFC 4648 with its padding, in one line.
** R5  duration: PnYnMnDTnHnMnS with a part at least, a fraction of seconds alone; or PnW; a minus in front.
*/
#include <string.h>

#include "form.h"

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_hex(char c) {
    return is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

static bool is_one_of(char c, const char *set) {
    return c != 0 && strchr(set, c) != NULL;
}

static bool is_beyond_ascii(char c) {
    return ((unsigned char)c & 0x80) != 0;
}

/* ---- R1 ---- */

static bool is_dot_atom(SitoText text) {
    char last = '.';
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        bool atom = is_letter(c) || is_digit(c) || is_beyond_ascii(c) ||
                    is_one_of(c, "!#$%&'*+-/=?^_`{|}~");
        if (!atom && (c != '.' || last == '.')) {
            return false;
        }
        last = c;
    }
    return last != '.';
}

static bool is_domain(SitoText text) {
    size_t label = 0;
    for (size_t i = 0; i <= text.size; i++) {
        char c = i < text.size ? text.data[i] : '.';
        if (c == '.') {
            if (label == 0 || label > 63 || text.data[i - 1] == '-') {
                return false;
            }
            label = 0;
            continue;
        }
        bool hyphen = c == '-' && label > 0;
        if (!hyphen && !is_letter(c) && !is_digit(c) && !is_beyond_ascii(c)) {
            return false;
        }
        label++;
    }
    return true;
}

bool sito_form_is_email(SitoText value) {
    const char *at = value.size > 0 ? memchr(value.data, '@', value.size) : NULL;
    if (at == NULL || value.size > 254 || sito_utf8_valid(value) != value.size) {
        return false;
    }
    size_t local = (size_t)(at - value.data);
    return local <= 64 && is_dot_atom((SitoText){value.data, local}) &&
           is_domain((SitoText){at + 1, value.size - local - 1});
}

/* ---- R2 ---- */

/* [user@]host[:port], the host perhaps in brackets. */
static bool is_authority(SitoText text, bool hosted) {
    size_t start = 0;
    for (size_t i = 0; i < text.size; i++) {
        start = text.data[i] == '@' ? i + 1 : start;
    }
    size_t end = start;
    if (end < text.size && text.data[end] == '[') {
        const char *close = memchr(text.data + end, ']', text.size - end);
        if (close == NULL) {
            return false;
        }
        end = (size_t)(close - text.data) + 1;
    } else {
        while (end < text.size && text.data[end] != ':') {
            if (is_one_of(text.data[end++], "[]")) {
                return false;
            }
        }
    }
    hosted = hosted && end == start;
    for (size_t i = end; i < text.size; i++) {
        if (i == end ? text.data[i] != ':' : !is_digit(text.data[i])) {
            return false;
        }
    }
    return !hosted && memchr(text.data, '[', start) == NULL;
}

static bool has_uri_characters(SitoText text, bool brackets) {
    int fragments = 0;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (c == '%' &&
            (text.size - i < 3 || !is_hex(text.data[i + 1]) || !is_hex(text.data[i + 2]))) {
            return false;
        }
        bool known = is_letter(c) || is_digit(c) || is_one_of(c, "-._~%:/?#@!$&'()*+,;=") ||
                     (brackets && is_one_of(c, "[]"));
        fragments += c == '#';
        if (!known || fragments > 1) {
            return false;
        }
    }
    return true;
}

bool sito_form_is_uri(SitoText value) {
    size_t scheme = 0;
    while (scheme < value.size && (is_letter(value.data[scheme]) ||
                                   (scheme > 0 && (is_digit(value.data[scheme]) ||
                                                   is_one_of(value.data[scheme], "+-."))))) {
        scheme++;
    }
    if (scheme == 0 || scheme == value.size || value.data[scheme] != ':') {
        return false;
    }
    SitoText name = {value.data, scheme};
    bool web = sito_text_equal_nocase(name, SITO_LITERAL("http")) ||
               sito_text_equal_nocase(name, SITO_LITERAL("https"));
    SitoText rest = {value.data + scheme + 1, value.size - scheme - 1};
    if (rest.size < 2 || rest.data[0] != '/' || rest.data[1] != '/') {
        return !web && has_uri_characters(rest, false);
    }
    size_t end = 2;
    while (end < rest.size && !is_one_of(rest.data[end], "/?#")) {
        end++;
    }
    SitoText authority = {rest.data + 2, end - 2};
    return has_uri_characters(authority, true) && is_authority(authority, web) &&
           has_uri_characters((SitoText){rest.data + end, rest.size - end}, false);
}

/* ---- R3, R4 ---- */

bool sito_form_is_uuid(SitoText value) {
    for (size_t i = 0; i < value.size; i++) {
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? value.data[i] != '-' : !is_hex(value.data[i])) {
            return false;
        }
    }
    return value.size == 36;
}

bool sito_form_is_base64(SitoText value) {
    size_t size = value.size;
    if (size % 4 != 0) {
        return false;
    }
    for (int padding = 0; padding < 2 && size > 0 && value.data[size - 1] == '='; padding++) {
        size--;
    }
    for (size_t i = 0; i < size; i++) {
        if (!is_letter(value.data[i]) && !is_digit(value.data[i]) &&
            !is_one_of(value.data[i], "+/")) {
            return false;
        }
    }
    return true;
}

/* ---- R5 ---- */

/* Parts in the order of their letters, each once at most; 0 where one is wrong, else how many. */
static size_t count_parts(SitoText text, const char *letters) {
    size_t i = 0, parts = 0;
    while (i < text.size) {
        size_t start = i;
        bool fraction = false;
        while (i < text.size && is_digit(text.data[i])) {
            i++;
        }
        if (i == start) {
            return 0;
        }
        if (i < text.size && is_one_of(text.data[i], ".,")) {
            start = ++i;
            fraction = true;
            while (i < text.size && is_digit(text.data[i])) {
                i++;
            }
        }
        const char *letter =
            i > start && i < text.size && text.data[i] != 0 ? strchr(letters, text.data[i]) : NULL;
        if (letter == NULL || (fraction && *letter != 'S')) {
            return 0;
        }
        letters = letter + 1;
        parts++, i++;
    }
    return parts;
}

bool sito_form_is_duration(SitoText value) {
    size_t i = value.size > 0 && value.data[0] == '-';
    if (i >= value.size || value.data[i] != 'P') {
        return false;
    }
    SitoText rest = {value.data + i + 1, value.size - i - 1};
    const char *t = rest.size > 0 ? memchr(rest.data, 'T', rest.size) : NULL;
    size_t days = t == NULL ? rest.size : (size_t)(t - rest.data);
    SitoText before = {rest.data, days};
    if (t == NULL) {
        return count_parts(before, "YMD") > 0 || count_parts(before, "W") > 0;
    }
    SitoText after = {t + 1, rest.size - days - 1};
    return (days == 0 || count_parts(before, "YMD") > 0) && count_parts(after, "HMS") > 0;
}
