/*
** Writing HTML, SVG and XML: text is escaped, elements close in the order in which they opened.
**
** R1  What has a meaning in markup is escaped; what XML 1.0 does not allow is U+FFFD.
** R2  The nested writer keeps the first error and then writes nothing more: its caller asks once, at
**     the end. Names of elements and attributes are those of the program, never of data.
*/
#ifndef SITO_MARKUP_H
#define SITO_MARKUP_H

#include "base/sito.h"

int sito_put_markup(SitoBuffer *out, SitoText text) SITO_MUST_CHECK;

/* ` name="value"` */
int sito_put_attribute(SitoBuffer *out, const char *name, SitoText value) SITO_MUST_CHECK;

/* ---- the nested writer ---- */

enum { SITO_MARKUP_DEPTH = 32 };

typedef struct SitoMarkup {
    SitoBuffer *out;
    int rc;
    const char *names[SITO_MARKUP_DEPTH];
    size_t depth;
    bool in_tag; /* attributes may still be added to the element that opened last */
} SitoMarkup;

/* Opens <name>; attributes follow, until text or another element does. */
void sito_open(SitoMarkup *m, const char *name);
void sito_attribute(SitoMarkup *m, const char *name, const char *value);
void sito_attribute_print(SitoMarkup *m, const char *name, const char *format, ...);
/* <name class="class"> */
void sito_open_class(SitoMarkup *m, const char *name, const char *class);
void sito_close(SitoMarkup *m);
/* Closes the element without an end tag: <meta …>, or <rect …/> where `slash` is set. */
void sito_close_empty(SitoMarkup *m, bool slash);

void sito_write(SitoMarkup *m, const char *text);
void sito_write_text(SitoMarkup *m, SitoText text);
/* Markup of the program itself, as it is. */
void sito_write_raw(SitoMarkup *m, const char *markup);

/* <name class="class">text</name>; class may be NULL */
void sito_element(SitoMarkup *m, const char *name, const char *class, const char *text);

#endif
