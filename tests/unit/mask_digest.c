/*
** What masking leaves alone in a message (checks/common/mask.h R4), and what it does not.
*/
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <sqlite3.h>
#include <string.h>

#include "common/db.h"
#include "common/mask.h"

/* 64 hexadecimal digits, of which eleven in a row are an invented PESEL of 2244. */
#define DIGEST "b080d06bf9b9e9ab44651401354ea55508c3a4bca975200cd9d27d86bd388bff"

static void gives(const char *text, bool names, const char *expected) {
    sqlite3 *db = NULL;
    SitoBuffer out = {0};
    assert_int_equal(sito_db_open(&db, NULL), SITO_OK);
    assert_int_equal(sito_put_masked(db, (SitoText){text, strlen(text)}, names, &out, NULL),
                     SITO_OK);
    assert_int_equal(out.size, strlen(expected));
    assert_memory_equal(out.data, expected, out.size);
    sito_buffer_free(&out);
    sqlite3_close(db);
}

static void a_digest_in_a_message_stays(void **state) {
    (void)state;
    assert_int_equal(strlen(DIGEST), 64);
    gives("skrót łańcucha: " DIGEST, false, "skrót łańcucha: " DIGEST);
    gives(DIGEST "\n44651401354\n" DIGEST, false, DIGEST "\n99999999999\n" DIGEST);
}

static void what_is_no_digest_is_masked(void **state) {
    (void)state;
    gives("x 44651401354 y", false, "x 99999999999 y");
    sqlite3 *db = NULL;
    SitoBuffer out = {0};
    const char longer[] = DIGEST "a";
    assert_int_equal(sito_db_open(&db, NULL), SITO_OK);
    assert_int_equal(sito_put_masked(db, (SitoText){longer, strlen(longer)}, false, &out, NULL),
                     SITO_OK);
    assert_int_equal(sito_buffer_add(&out, "", 1), SITO_OK);
    assert_null(strstr(out.data, "44651401354"));
    sito_buffer_free(&out);
    sqlite3_close(db);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_digest_in_a_message_stays),
        cmocka_unit_test(what_is_no_digest_is_masked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
