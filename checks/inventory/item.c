/*
** One item of the inventory: its name as people see it, and its row.
*/
#include "private.h"

#include <string.h>

#include "common/db.h"

char *sito_inventory_name(const char *raw) {
    SitoText text = {raw, strlen(raw)};
    SitoBuffer out = {0};
    size_t valid = sito_utf8_valid(text);
    int rc = SITO_OK;
    for (size_t at = 0; at < text.size && rc == SITO_OK;) {
        unsigned char c = (unsigned char)raw[at];
        size_t from = at, step = 1;
        if (c >= 0x80 && at < valid) {
            (void)sito_utf8_next(text, &at);
            step = at - from;
        } else {
            at++;
        }
        bool escaped = c < ' ' || c == 0x7F || (c >= 0x80 && from >= valid) ||
                       (c == '\\' && raw[from + 1] == 'x');
        rc = escaped ? sito_buffer_print(&out, "\\x%02X", c)
                     : sito_buffer_add(&out, raw + from, step);
        if (c >= 0x80 && from >= valid) { /* after a broken byte the text goes on */
            SitoText rest = {raw + at, text.size - at};
            valid = at + sito_utf8_valid(rest);
        }
    }
    rc = rc == SITO_OK ? sito_buffer_add(&out, "", 1) : rc;
    if (rc != SITO_OK) {
        sito_buffer_free(&out);
        return NULL;
    }
    return out.data;
}

int sito_inventory_keep(Inventory *inventory, const Item *item, char **error) {
    return sito_db_do(
        inventory->result, error,
        "INSERT OR IGNORE INTO item (item, root, format, bytes, rows, digest, proposed, why, columns,"
        "  damaged) VALUES (?1, ?2, ?3, nullif(?4, -1), nullif(?5, -1), ?6, ?7, ?8, ?9, ?10)",
        "tttiitttti", item->item, inventory->root, item->format, item->bytes, item->rows,
        item->digest, item->proposed, item->why, item->columns, item->damaged);
}
