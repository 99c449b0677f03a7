/*
** A rule that cannot be evaluated (course.h).
*/
#include "runner/course.h"

#include <sqlite3.h>
#include <stdarg.h>

int sito_course_spoil(SitoCourse *course, const char *format, ...) {
    va_list args;
    va_start(args, format);
    sito_free(course->reason);
    course->reason = sqlite3_vmprintf(format, args);
    va_end(args);
    course->status = "ERROR";
    return course->reason == NULL ? SITO_NOMEM : SITO_OK;
}
