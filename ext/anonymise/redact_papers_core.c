/*
** Documents of a person and where they were issued, births, addresses in the Internet.
**
**   dowód osobisty … wydany przez Prezydenta Miasta Łodzi · legitymacja nr 123456 · urodzona w Łodzi 5 maja 1980 r.
**
** R1  Behind legitymacja, prawo jazdy, karta pobytu the next code with four digits is the number of a document.
** R2  Behind a document of a person who issued it and where is masked, also an organ (§ 4 (1) 3); the words
**     „wydany przez” and the date stay.
** R3  The place of birth, before or behind the date, and behind its label.
** R4  An address of IPv4 has four numbers up to 255 and at least eight digits, or follows the letters IP.
** R5  A mail address may be spelt „a.lis (at) poczta.pl”; a profile in a network and a year behind rocznik ask.
*/
#include <string.h>

#include "identity/identity.h"
#include "redact_find.h"

enum { REACH = 12, NEAR_PAPER = 160 };

static const AnonWord *word_at(const AnonPass *pass, size_t i) {
    return &pass->words.items[i];
}

static bool begins_with(const AnonPass *pass, size_t i, const char *beginning) {
    return i < pass->words.count &&
           strncmp(anon_word_lower(&pass->words, i), beginning, strlen(beginning)) == 0;
}

static int add(AnonPass *pass, size_t start, size_t end, AnonKind kind) {
    return anon_span_add(
        &pass->found,
        (AnonSpan){.start = start, .end = end, .kind = kind, .reason = ANON_PERSONAL});
}

/* ---- R1 ---- */

static bool is_code_byte(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '/' ||
           c == '-';
}

/* The code around a byte, with at least `least` digits; 0: none. */
static size_t code_around(SitoText text, size_t byte, size_t *start, size_t least) {
    size_t end = byte, digits = 0;
    *start = byte;
    while (*start > 0 && is_code_byte(text.data[*start - 1])) {
        --*start;
    }
    while (end < text.size && is_code_byte(text.data[end])) {
        end++;
    }
    while (end > *start && (text.data[end - 1] == '-' || text.data[end - 1] == '/')) {
        end--;
    }
    for (size_t i = *start; i < end; i++) {
        digits += text.data[i] >= '0' && text.data[i] <= '9';
    }
    return digits >= least ? end : 0;
}

/* The first word behind the name of a document; 0: there is none here. */
static size_t behind_paper(const AnonPass *pass, size_t i) {
    if (begins_with(pass, i, "legitymacj")) {
        return i + 1;
    }
    bool licence = begins_with(pass, i, "praw") && begins_with(pass, i + 1, "jazdy");
    bool stay = begins_with(pass, i, "kart") && begins_with(pass, i + 1, "pobytu");
    bool military = begins_with(pass, i, "książeczk") && begins_with(pass, i + 1, "wojskow");
    bool card = (word_at(pass, i)->is & WORD_PAPER) != 0 &&
                (begins_with(pass, i, "dow") || begins_with(pass, i, "paszport"));
    return licence || stay || military ? i + 2 : card ? i + 1 : 0;
}

static int find_number(AnonPass *pass, size_t i, AnonKind kind) {
    for (size_t n = i; n < pass->words.count && n < i + 6; n++) {
        const AnonWord *word = word_at(pass, n);
        size_t start, end;
        bool abbreviated = n > 0 && word_at(pass, n - 1)->size <= 3; /* kat. B nr … */
        if ((word->gap & (GAP_PARAGRAPH | GAP_SEMICOLON | GAP_MARK)) != 0 ||
            ((word->gap & GAP_STOP) != 0 && word->capital && !abbreviated)) {
            break;
        }
        bool date = begins_with(pass, n, "dni") || begins_with(pass, n, "wydan") ||
                    begins_with(pass, n, "ważn");
        if (date) {
            break;
        }
        if ((word->is & WORD_NUMBER) == 0) {
            continue;
        }
        end = code_around(pass->text, word->start, &start, 4);
        return end == 0 ? SITO_OK : add(pass, start, end, kind);
    }
    return SITO_OK;
}

/* ---- R2 ---- */

static bool joins_organ(const AnonPass *pass, size_t i) {
    static const char *const words[] = {"w",  "we", "do",  "spraw", "ds",     "i",     "m",
                                        "st", "na", "dla", "woj",   "miasta", "gminy", "powiatu"};
    for (size_t w = 0; w < SITO_COUNT(words); w++) {
        if (anon_word_is(&pass->words, i, words[w])) {
            return true;
        }
    }
    return false;
}

/* Masks the capitalised words from i on, with the small words between them. */
static int mask_place(AnonPass *pass, size_t i) {
    size_t first = i, last = i;
    bool any = false;
    for (; i < pass->words.count && i < first + REACH; i++) {
        const AnonWord *word = word_at(pass, i);
        const uint32_t never =
            GAP_COMMA | GAP_SEMICOLON | GAP_CLOSE | GAP_PARAGRAPH | GAP_PIPE | GAP_MARK;
        bool stop = (word->gap & GAP_STOP) != 0 &&
                    word_at(pass, i - 1)->end - word_at(pass, i - 1)->start > 3;
        bool far = i == first && (word->gap & ~(uint32_t)(GAP_BLANK | GAP_COLON | GAP_LINE)) != 0;
        if (far || (i > first && ((word->gap & never) != 0 || stop))) {
            break;
        }
        if (word->capital) {
            last = i;
            any = true;
        } else if (!joins_organ(pass, i) && i > first) {
            bool lower_organ = !any && (word->is & (WORD_FUNCTION | WORD_OFFICE)) != 0;
            if (!lower_organ) {
                break;
            }
            last = i;
        }
    }
    if (!any) {
        return SITO_OK;
    }
    size_t start = word_at(pass, first)->start, end = word_at(pass, last)->end;
    int rc = anon_span_add(&pass->issued, (AnonSpan){.start = start, .end = end});
    return rc == SITO_OK ? add(pass, start, end, ANON_ISSUE_PLACE) : rc;
}

/* The word behind wydany przez, wydany w, organ wydający:; 0: none. */
static size_t behind_issue(const AnonPass *pass, size_t i) {
    if (begins_with(pass, i, "organ") && begins_with(pass, i + 1, "wyda")) {
        return i + 2;
    }
    if (begins_with(pass, i, "miejsce") && begins_with(pass, i + 1, "wydania")) {
        return i + 2;
    }
    if (!begins_with(pass, i, "wydan") && !anon_word_is(&pass->words, i, "wyd")) {
        return 0;
    }
    for (size_t n = i + 1; n < pass->words.count && n < i + REACH; n++) {
        const AnonWord *word = word_at(pass, n);
        if ((word->gap & (GAP_PARAGRAPH | GAP_SEMICOLON)) != 0 ||
            ((word->gap & GAP_STOP) != 0 && word->capital)) {
            return 0;
        }
        bool by = anon_word_is(&pass->words, n, "przez");
        bool in = anon_word_is(&pass->words, n, "w") || anon_word_is(&pass->words, n, "we");
        bool place = n + 1 < pass->words.count && word_at(pass, n + 1)->capital;
        if (by || (in && place)) {
            return n + 1;
        }
    }
    return 0;
}

int anon_find_papers(AnonPass *pass) {
    size_t paper = 0; /* the end of the last word or number of a document; 0: none */
    int rc = SITO_OK;
    for (size_t i = 0; i < pass->words.count && rc == SITO_OK; i++) {
        if (anon_word_is(&pass->words, i, "vin")) {
            rc = find_number(pass, i + 1, ANON_OTHER);
            continue;
        }
        size_t number = behind_paper(pass, i);
        if (number > 0) {
            paper = word_at(pass, i)->end;
            rc = find_number(pass, number, ANON_DOCUMENT);
            continue;
        }
        bool near = paper > 0 && word_at(pass, i)->start - paper < NEAR_PAPER;
        size_t issue = near ? behind_issue(pass, i) : 0;
        if (issue > 0 && issue < pass->words.count) {
            rc = mask_place(pass, issue);
        }
    }
    return rc;
}

/* ---- R3, R4 ---- */

static bool is_month(const AnonPass *pass, size_t i) {
    const AnonWord *word = word_at(pass, i);
    return (word->signs & SITO_WORD_MONTH) != 0 && !word->capital;
}

/* The capitalised words at i are a place. */
static int mask_birth_place(AnonPass *pass, size_t i, size_t *behind) {
    size_t last = i;
    if (i >= pass->words.count || !word_at(pass, i)->capital ||
        (word_at(pass, i)->gap & (GAP_PARAGRAPH | GAP_MARK)) != 0) {
        return SITO_OK;
    }
    while (last + 1 < pass->words.count && last < i + 3 && word_at(pass, last + 1)->capital &&
           (word_at(pass, last + 1)->gap & ~(uint32_t)(GAP_BLANK | GAP_HYPHEN)) == 0 &&
           !word_at(pass, last + 1)->caps) {
        last++;
    }
    *behind = last + 1;
    return add(pass, word_at(pass, i)->start, word_at(pass, last)->end, ANON_BIRTH_PLACE);
}

/* Behind urodzony: w PLACE within the words that may stand there. */
static int find_birth(AnonPass *pass, size_t i) {
    bool label = begins_with(pass, i, "urodzenia") && i > 0 && begins_with(pass, i - 1, "miejsc");
    size_t behind = i;
    for (size_t n = i + 1; n < pass->words.count && n < i + REACH; n++) {
        const AnonWord *word = word_at(pass, n);
        const uint32_t never = GAP_PARAGRAPH | GAP_SEMICOLON | GAP_MARK;
        bool stop = (word->gap & GAP_STOP) != 0 && word->capital &&
                    word_at(pass, n - 1)->end - word_at(pass, n - 1)->start > 2;
        if ((word->gap & never) != 0 || stop || ((word->gap & GAP_LINE) != 0 && word->capital)) {
            break;
        }
        bool in = anon_word_is(&pass->words, n, "w") || anon_word_is(&pass->words, n, "we") ||
                  anon_word_is(&pass->words, n, "m") || begins_with(pass, n, "miejscowo");
        if (label && word->capital) {
            return mask_birth_place(pass, n, &behind);
        }
        if (in && n + 1 < pass->words.count && word_at(pass, n + 1)->capital) {
            return mask_birth_place(pass, n + 1, &behind);
        }
        bool passes = in || (word->is & WORD_NUMBER) != 0 || is_month(pass, n) || word->roman ||
                      word->size <= 2 || begins_with(pass, n, "dni") ||
                      begins_with(pass, n, "rok") || begins_with(pass, n, "się") ||
                      begins_with(pass, n, "dat") || begins_with(pass, n, "miejsc");
        if (!passes) {
            break;
        }
        label = label || begins_with(pass, n, "miejsc");
    }
    return SITO_OK;
}

/* R4 */
static int find_ip(AnonPass *pass, size_t i) {
    size_t digits = 0;
    for (size_t n = 0; n < 4; n++) {
        if (i + n >= pass->words.count || (word_at(pass, i + n)->is & WORD_NUMBER) == 0) {
            return SITO_OK;
        }
        const AnonWord *word = word_at(pass, i + n);
        size_t size = word->end - word->start;
        bool joined =
            n == 0 || (word->gap == GAP_STOP && word->start == word_at(pass, i + n - 1)->end + 1);
        int value = 0;
        for (size_t d = 0; d < size && d < 4; d++) {
            value = value * 10 + (pass->text.data[word->start + d] - '0');
        }
        if (!joined || size > 3 || value > 255) {
            return SITO_OK;
        }
        digits += size;
    }
    bool told = i > 0 && (anon_word_is(&pass->words, i - 1, "ip") ||
                          anon_word_is(&pass->words, i - 1, "hosta"));
    size_t end = word_at(pass, i + 3)->end;
    bool longer = end + 1 < pass->text.size && pass->text.data[end] == '.' &&
                  pass->text.data[end + 1] >= '0' && pass->text.data[end + 1] <= '9';
    return (digits >= 8 || told) && !longer
               ? add(pass, word_at(pass, i)->start, end, ANON_IP_ADDRESS)
               : SITO_OK;
}

/* ---- R5 ---- */

static bool is_mail_byte(char c) {
    return is_code_byte(c) || c == '.' || c == '_' || c == '+';
}

/* a.lis (at) poczta.pl: the word at i is the „at”. */
static int find_spelt_mail(AnonPass *pass, size_t i) {
    SitoText text = pass->text;
    size_t start = word_at(pass, i)->start, end = word_at(pass, i)->end, dots = 0;
    if (start == 0 || end >= text.size || strchr("([{", text.data[start - 1]) == NULL ||
        strchr(")]}", text.data[end]) == NULL) {
        return SITO_OK;
    }
    for (start--; start > 0 && text.data[start - 1] == ' '; start--) {
    }
    size_t name = start;
    while (start > 0 && is_mail_byte(text.data[start - 1])) {
        start--;
    }
    for (end++; end < text.size && text.data[end] == ' '; end++) {
    }
    size_t host = end;
    while (end < text.size && is_mail_byte(text.data[end])) {
        dots += text.data[end++] == '.';
    }
    end -= end > host && text.data[end - 1] == '.';
    return start < name && end > host && dots > 0 ? add(pass, start, end, ANON_EMAIL) : SITO_OK;
}

/* facebook.com/jan.kos: perhaps a person's, perhaps the office's. */
static int find_profile(AnonPass *pass, size_t i) {
    static const char *const hosts[] = {"facebook", "instagram", "linkedin", "tiktok", "twitter"};
    SitoText text = pass->text;
    size_t end = word_at(pass, i)->end, slash = 0;
    bool known = false;
    for (size_t h = 0; h < SITO_COUNT(hosts); h++) {
        known = known || anon_word_is(&pass->words, i, hosts[h]);
    }
    if (!known || end >= text.size || text.data[end] != '.') {
        return SITO_OK;
    }
    for (; end < text.size && (is_mail_byte(text.data[end]) || text.data[end] == '@'); end++) {
        slash = text.data[end] == '/' && slash == 0 ? end : slash;
    }
    end -= text.data[end - 1] == '.';
    return slash == 0 || end <= slash + 1
               ? SITO_OK
               : anon_span_add(&pass->found, (AnonSpan){.start = slash + 1,
                                                        .end = end,
                                                        .kind = ANON_OTHER,
                                                        .reason = ANON_DOUBT,
                                                        .needs_decision = true});
}

/* rocznik 1968 */
static int find_year(AnonPass *pass, size_t i) {
    size_t year = i + 1;
    if (!begins_with(pass, i, "rocznik") || year >= pass->words.count ||
        (word_at(pass, year)->is & WORD_NUMBER) == 0 ||
        word_at(pass, year)->end - word_at(pass, year)->start != 4) {
        return SITO_OK;
    }
    return anon_span_add(&pass->found, (AnonSpan){.start = word_at(pass, year)->start,
                                                  .end = word_at(pass, year)->end,
                                                  .kind = ANON_BIRTH_DATE,
                                                  .reason = ANON_DOUBT,
                                                  .needs_decision = true});
}

int anon_find_births(AnonPass *pass) {
    int rc = SITO_OK;
    for (size_t i = 0; i < pass->words.count && rc == SITO_OK; i++) {
        if (anon_word_is(&pass->words, i, "ur") || begins_with(pass, i, "urodz")) {
            rc = find_birth(pass, i);
        } else if ((word_at(pass, i)->is & WORD_NUMBER) != 0) {
            rc = find_ip(pass, i);
        } else if (anon_word_is(&pass->words, i, "at")) {
            rc = find_spelt_mail(pass, i);
        } else {
            rc = find_profile(pass, i);
            rc = rc == SITO_OK ? find_year(pass, i) : rc;
        }
    }
    return rc;
}
