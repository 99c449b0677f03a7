/*
** What is no text file: told by its name, and by its first bytes whatever its name (redact.h, R1).
*/
#include <string.h>

#include "redact/private.h"

typedef struct Format {
    const char *extensions; /* ".pdf .fdf" */
    const char *magic;      /* the first bytes; NULL: known by its name alone */
    size_t size;
    const char *name;
    enum { LAYERS, OFFICE, MARKED, PICTURE, PACKED, TABLE, MAIL } kind;
} Format;

#define MAGIC(bytes) (bytes), sizeof(bytes) - 1

static const Format formats[] = {
    {".pdf", MAGIC("%PDF-"), "PDF", LAYERS},
    {".ps .eps", MAGIC("%!PS"), "PostScript", LAYERS},
    {".docx .docm .dotx", NULL, 0, "DOCX (Word)", OFFICE},
    {".odt .ott .fodt", NULL, 0, "ODT (LibreOffice)", OFFICE},
    {".doc .dot .wps", MAGIC("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), "DOC (Word)", OFFICE},
    {".rtf", MAGIC("{\\rtf"), "RTF", OFFICE},
    {".pages", NULL, 0, "Pages", OFFICE},
    {".ppt .pptx .odp", NULL, 0, "PPTX/ODP", OFFICE},
    {".html .htm .xhtml .mht .mhtml", MAGIC("<!doctype html"), "HTML", MARKED},
    {"", MAGIC("<html"), "HTML", MARKED},
    {".xml .svg", MAGIC("<?xml"), "XML", MARKED},
    {".png", MAGIC("\x89PNG"), "PNG", PICTURE},
    {".jpg .jpeg", MAGIC("\xFF\xD8\xFF"), "JPEG", PICTURE},
    {".gif", MAGIC("GIF8"), "GIF", PICTURE},
    {".tif .tiff", MAGIC("II*\0"), "TIFF", PICTURE},
    {"", MAGIC("MM\0*"), "TIFF", PICTURE},
    {".bmp .webp .heic", NULL, 0, "BMP/WEBP/HEIC", PICTURE},
    {".djvu", MAGIC("AT&TFORM"), "DjVu", PICTURE},
    {".zip .7z .rar", MAGIC("PK\x03\x04"), "ZIP", PACKED},
    {".gz .tgz", MAGIC("\x1F\x8B"), "GZIP", PACKED},
    {"", MAGIC("7z\xBC\xAF\x27\x1C"), "7z", PACKED},
    {".csv .tsv .json .xls .xlsx .ods .db .sqlite", NULL, 0, "CSV/XLSX/JSON", TABLE},
    {".eml .msg .mbox", NULL, 0, "EML/MSG", MAIL},
};

static const struct {
    const char *pl, *en;
} reasons[] = {
    [LAYERS] =
        {"czarny prostokąt w takim pliku tylko przykrywa tekst, który nadal w nim jest i daje "
         "się skopiować; skopiuj treść do pliku .txt (UTF-8) i zanonimizuj tamten plik",
         "a black box in such a file only lies over the text, which is still there and can be "
         "copied; copy the text into a .txt file (UTF-8) and redact that one"},
    [OFFICE] =
        {"taki plik przechowuje też zmiany, komentarze, właściwości i dane ukryte, których nie "
         "widać; w edytorze wybierz „Zapisz jako” → „Zwykły tekst (.txt)”, kodowanie UTF-8, i "
         "zanonimizuj tamten plik",
         "such a file also keeps changes, comments, properties and hidden data that nobody "
         "sees; in the editor choose \"Save as\" → \"Plain text (.txt)\", encoding UTF-8, and "
         "redact that one"},
    [MARKED] =
        {"znaczniki mogą ukrywać tekst albo rozdzielać litery jednego słowa; zapisz stronę jako "
         "zwykły tekst (.txt, UTF-8) i zanonimizuj tamten plik",
         "its markup may hide text or part the letters of one word; save the page as plain text "
         "(.txt, UTF-8) and redact that one"},
    [PICTURE] =
        {"to obraz: tekstu w nim nie da się przeszukać, a metadane zostają; przepisz treść do "
         "pliku .txt (UTF-8)",
         "it is a picture: its text cannot be searched, and its metadata stays; copy the text "
         "into a .txt file (UTF-8)"},
    [PACKED] =
        {"to archiwum albo dokument pakietu biurowego (DOCX, ODT) pod inną nazwą; zapisz sam "
         "dokument jako zwykły tekst (.txt, UTF-8)",
         "it is an archive, or an office document (DOCX, ODT) by another name; save the document "
         "itself as plain text (.txt, UTF-8)"},
    [TABLE] =
        {"to tabela, nie dokument; tabele anonimizuje sito anonymise, a przegląda sito check",
         "it is a table, no document; sito anonymise makes tables anonymous, sito check looks at "
         "them"},
    [MAIL] =
        {"wiadomość ma nagłówki i zakodowane części, których nie widać; skopiuj jej treść do pliku "
         ".txt (UTF-8)",
         "a message has headers and encoded parts that nobody sees; copy its text into a .txt file "
         "(UTF-8)"},
};

static int refuse(const char *path, const Format *format, bool by_name, SitoLanguage language,
                  char **error) {
    return sito_error(error, by_name ? SITO_MISUSE : SITO_ERROR,
                      sito_say(language, "%s: format %s nie jest przyjmowany: %s",
                               "%s: the format %s is not taken: %s"),
                      path, format->name,
                      sito_say(language, reasons[format->kind].pl, reasons[format->kind].en));
}

/* Whether `word` is one of the words of a list. */
static bool is_among(SitoText word, const char *list) {
    while (*list != 0) {
        size_t size = strcspn(list, " ");
        if (sito_text_equal_nocase(word, (SitoText){list, size})) {
            return true;
        }
        list += size + strspn(list + size, " ");
    }
    return false;
}

int sito_refuse_name(const char *path, SitoLanguage language, char **error) {
    const char *slash = strrchr(path, '/'), *name = slash != NULL ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    SitoText extension = dot == NULL ? (SitoText){"", 0} : (SitoText){dot, strlen(dot)};
    if (is_among(extension, ".txt .md")) {
        return SITO_OK;
    }
    for (size_t i = 0; i < SITO_COUNT(formats); i++) {
        if (is_among(extension, formats[i].extensions)) {
            return refuse(path, &formats[i], true, language, error);
        }
    }
    return sito_error(
        error, SITO_MISUSE,
        sito_say(language,
                 "%s: sito redact czyta zwykły tekst z rozszerzeniem .txt albo .md; zapisz "
                 "dokument jako zwykły tekst (UTF-8)",
                 "%s: sito redact reads plain text with the extension .txt or .md; save the "
                 "document as plain text (UTF-8)"),
        path);
}

static bool begins(SitoText bytes, const Format *format) {
    return format->magic != NULL && bytes.size >= format->size &&
           (format->kind == MARKED ? sito_text_equal_nocase((SitoText){bytes.data, format->size},
                                                            (SitoText){format->magic, format->size})
                                   : memcmp(bytes.data, format->magic, format->size) == 0);
}

/* What stands before the first bytes of a marked or printed page without being one. */
static SitoText without_blanks(SitoText bytes) {
    const char mark[] = "\xEF\xBB\xBF";
    if (bytes.size >= 3 && memcmp(bytes.data, mark, 3) == 0) {
        bytes = (SitoText){bytes.data + 3, bytes.size - 3};
    }
    while (bytes.size > 0 && strchr(" \t\r\n", bytes.data[0]) != NULL && bytes.data[0] != 0) {
        bytes = (SitoText){bytes.data + 1, bytes.size - 1};
    }
    return bytes;
}

int sito_refuse_content(const char *path, SitoText bytes, SitoLanguage language, char **error) {
    SitoText text = without_blanks(bytes);
    for (size_t i = 0; i < SITO_COUNT(formats); i++) {
        if (begins(bytes, &formats[i]) || begins(text, &formats[i])) {
            return refuse(path, &formats[i], false, language, error);
        }
    }
    return SITO_OK;
}

int sito_refuse_zero(const char *path, int64_t line, SitoLanguage language, char **error) {
    return sito_error(
        error, SITO_ERROR,
        sito_say(language,
                 "%s, wiersz %lld: bajt zerowy, więc to nie jest plik tekstowy; zapisz "
                 "dokument jako zwykły tekst (.txt, UTF-8)",
                 "%s, line %lld: a zero byte, so this is no text file; save the document "
                 "as plain text (.txt, UTF-8)"),
        path, (long long)line);
}
