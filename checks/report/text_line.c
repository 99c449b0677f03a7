/*
** Lines that every part of the report for people writes alike (text.h).
*/
#include "report/text.h"

#include <string.h>

#include "common/wrap.h"
#include "runner/rule.h"

int sito_text_counted(TextReport *report, const char *pattern, int64_t number) {
    SitoMessageValue value = {.name = "n", .type = SITO_VALUE_INTEGER, .integer = number};
    return sito_message_format(report->language, pattern, &value, 1, report->out, report->error);
}

int sito_text_colour(TextReport *report, const char *sequence) {
    return report->colour ? sito_buffer_print(report->out, "\x1B[%sm", sequence) : SITO_OK;
}

int sito_text_coloured(TextReport *report, const char *sequence, const char *text) {
    int rc = sito_text_colour(report, sequence);
    rc = rc == SITO_OK ? sito_put_plain(report->out, (SitoText){text, strlen(text)}) : rc;
    return rc == SITO_OK ? sito_text_colour(report, "0") : rc;
}

int sito_text_heading(TextReport *report, const char *pl, const char *en) {
    int rc = sito_put(report->out, "\n");
    rc = rc == SITO_OK ? sito_text_coloured(report, "1", sito_say(report->language, pl, en)) : rc;
    return rc == SITO_OK ? sito_put(report->out, "\n") : rc;
}
