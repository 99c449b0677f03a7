/*
** anon_mondrian(source, plan): for each row its class and what the class says of each column of the plan,
** class after class.
**
**   SELECT json_extract("values", '$[0]') AS wiek, count(*) FROM anon_mondrian('t', '{"columns": [{"name":
**     "wiek"}, {"name": "kod", "hierarchy": "prefix:4,2"}], "k": 5}') GROUP BY class;
**
** No row: the table as a whole does not meet the target.
*/
#include <sqlite3ext.h>
SQLITE_EXTENSION_INIT3

#include "config.h"
#include "mondrian.h"
#include "release.h"

static int add(SitoBuffer *out, SitoText text) {
    return sito_buffer_add(out, text.data, text.size);
}

/* One text as JSON; sqlite's own %Q does not know JSON. */
static int add_json(SitoBuffer *out, SitoText text) {
    int rc = add(out, SITO_LITERAL("\""));
    for (size_t i = 0, plain; i < text.size && rc == SITO_OK; i += plain + 1) {
        for (plain = 0; i + plain < text.size && (unsigned char)text.data[i + plain] >= 0x20 &&
                        text.data[i + plain] != '"' && text.data[i + plain] != '\\';) {
            plain++;
        }
        rc = sito_buffer_add(out, text.data + i, plain);
        if (rc == SITO_OK && i + plain < text.size) {
            unsigned char c = (unsigned char)text.data[i + plain];
            rc = sito_buffer_print(out, c < 0x20 ? "\\u%04x" : "\\%c", c);
        }
    }
    return rc == SITO_OK ? add(out, SITO_LITERAL("\"")) : rc;
}

static int print_class(const AnonPlan *plan, const AnonDictionary *leaves,
                       const AnonMondrian *result, size_t class, SitoBuffer *label,
                       SitoBuffer *out) {
    int rc = add(out, SITO_LITERAL("["));
    for (int c = 0; c < plan->count && rc == SITO_OK; c++) {
        bool is_null = false;
        label->size = 0;
        rc = anon_mondrian_label(plan, leaves, result, class, c, label, &is_null);
        rc = rc == SITO_OK && c > 0 ? add(out, SITO_LITERAL(",")) : rc;
        rc = rc != SITO_OK ? rc
             : is_null     ? add(out, SITO_LITERAL("null"))
                           : add_json(out, (SitoText){label->data, label->size});
    }
    return rc == SITO_OK ? add(out, SITO_LITERAL("]")) : rc;
}

/* The rowids in the order of the classes: they lie anywhere in memory, and a loop that does nothing else
** waits for many of them at once. */
static int64_t *gather(const AnonPlan *plan, const AnonMondrian *result) {
    int64_t *rowids = sito_malloc(((size_t)plan->rows + 1) * sizeof *rowids);
    sito_want_large_pages(rowids, plan->rows * sizeof *rowids);
    for (uint32_t i = 0; rowids != NULL && i < plan->rows; i++) {
        rowids[i] = plan->rowids[result->row[i]];
    }
    return rowids;
}

/* Class after class; what it says is written once, in the first of its rows. */
static int answer(SitoCall *call, const AnonPlan *plan, const AnonDictionary *leaves,
                  const AnonMondrian *result) {
    SitoBuffer label = {0}, text = {0};
    int64_t *rowids = gather(plan, result);
    int rc =
        rowids == NULL ? SITO_NOMEM : sito_answer_expect(&call->answer, (size_t)plan->rows * 4);
    for (size_t class = 0; class < result->classes && rc == SITO_OK; class ++) {
        AnonSpan span = result->spans[class];
        size_t said = call->answer.count + 3;
        text.size = 0;
        rc = print_class(plan, leaves, result, class, &label, &text);
        for (uint32_t i = span.from; i < span.to && rc == SITO_OK; i++) {
            rc = sito_answer_row(&call->answer, "iii", rowids[i], (int64_t) class + 1,
                                 (int64_t)(span.to - span.from));
            rc = rc != SITO_OK ? rc
                 : i == span.from
                     ? sito_answer_text(&call->answer, (SitoText){text.data, text.size})
                     : sito_answer_again(&call->answer, said);
        }
    }
    sito_free(rowids);
    sito_buffer_free(&label);
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
