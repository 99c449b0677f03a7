/*
** anon_mondrian(source, plan): for each row its class and what the class says of each column of the plan.
**
**   SELECT json_extract("values", '$[0]') AS wiek, count(*) FROM anon_mondrian('t', '{"columns": [{"name":
**     "wiek"}, {"name": "kod", "hierarchy": "prefix:4,2"}], "k": 5}') GROUP BY class;
**
** No row: the table as a whole does not meet the target.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include <string.h>

#include "config.h"
#include "mondrian.h"
#include "release.h"

/* One text as JSON; sqlite's own %Q does not know JSON. */
static int add_json(SitoBuffer *out, SitoText text, bool is_null) {
    int rc = sito_buffer_print(out, is_null ? "null" : "\"");
    for (size_t i = 0; !is_null && i < text.size && rc == SITO_OK; i++) {
        unsigned char c = (unsigned char)text.data[i];
        rc = c == '"' || c == '\\' ? sito_buffer_print(out, "\\%c", c)
             : c < 0x20            ? sito_buffer_print(out, "\\u%04x", c)
                                   : sito_buffer_add(out, text.data + i, 1);
    }
    return rc == SITO_OK && !is_null ? sito_buffer_print(out, "\"") : rc;
}

static int print_class(const AnonPlan *plan, const AnonDictionary *leaves,
                       const AnonMondrian *result, size_t class, SitoBuffer *out) {
    SitoBuffer label = {0};
    int rc = sito_buffer_print(out, "[");
    for (int c = 0; c < plan->count && rc == SITO_OK; c++) {
        bool is_null = false;
        label.size = 0;
        rc = anon_mondrian_label(plan, leaves, result, class, c, &label, &is_null);
        rc = rc == SITO_OK && c > 0 ? sito_buffer_print(out, ",") : rc;
        rc = rc == SITO_OK ? add_json(out, (SitoText){label.data, label.size}, is_null) : rc;
    }
    sito_buffer_free(&label);
    return rc == SITO_OK ? sito_buffer_print(out, "]") : rc;
}

/* Each class is written once, in the first of its rows. */
static int answer(SitoCall *call, const AnonPlan *plan, const AnonDictionary *leaves,
                  const AnonMondrian *result) {
    SitoBuffer text = {0};
    size_t *cells = sito_malloc((result->classes + 1) * sizeof *cells); /* + 1; 0: not written */
    int rc = cells == NULL ? SITO_NOMEM : SITO_OK;
    if (rc == SITO_OK) {
        memset(cells, 0, (result->classes + 1) * sizeof *cells);
    }
    for (uint32_t row = 0; row < plan->rows && rc == SITO_OK; row++) {
        uint32_t class = result->class_of[row];
        rc = sito_answer_row(&call->answer, "iii", plan->rowids[row], (int64_t) class + 1,
                             (int64_t)result->sizes[class]);
        if (rc == SITO_OK && cells[class] > 0) {
            rc = sito_answer_again(&call->answer, cells[class] - 1);
        } else if (rc == SITO_OK) {
            text.size = 0;
            rc = print_class(plan, leaves, result, class, &text);
            cells[class] = call->answer.count + 1;
            rc = rc == SITO_OK ? sito_answer_text(&call->answer, (SitoText){text.data, text.size})
                               : rc;
        }
    }
    sito_free(cells);
    sito_buffer_free(&text);
    return rc;
}

int anon_mondrian_run(SitoCall *call) {
    AnonPlan plan = {.count = 0};
    AnonDictionary leaves[ANON_MOST_COLUMNS] = {{.count = 0}};
    AnonMondrian result = {.classes = 0};
    SitoText table, json;
    bool meets = false;
    int rc = sito_call_text(call, 0, &table);
    rc = rc == SITO_OK ? sito_call_text(call, 1, &json) : rc;
    rc = rc == SITO_OK ? anon_config_read(call->db, json, &plan, &call->error) : rc;
    rc = rc == SITO_OK ? anon_plan_read(call, table, &plan, leaves) : rc;
    rc = rc == SITO_OK ? anon_mondrian(&plan, leaves, &call->watch, &result, &meets) : rc;
    rc = rc == SITO_OK && meets ? answer(call, &plan, leaves, &result) : rc;
    for (int c = 0; c < ANON_MOST_COLUMNS; c++) {
        anon_dictionary_free(&leaves[c]);
    }
    anon_mondrian_free(&result);
    anon_plan_free(&plan);
    return rc;
}
