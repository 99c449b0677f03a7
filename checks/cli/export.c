/*
** sito export: the files of a data set whose resources declare a query, written from the warehouse.
**
** R1  Exit status: 0 written or unchanged · 1 a query, a value or a source was refused: no file has changed ·
**     2 usage or descriptor · 3 the warehouse, the catalogue or a file could not be read or written.
*/
#include "dataset.h"
#include "warehouse.h"

int sito_export_dataset(const SitoDataset *dataset, const SitoOffice *office, SitoLanguage language,
                        SitoExported *exported, char **error) {
    SitoExport request = {.warehouse = office->warehouse,
                          .catalogue = office->catalogue,
                          .dataset = dataset->check.package.name,
                          .folder = dataset->check.package.folder,
                          .descriptor = dataset->check.package.text,
                          .language = language};
    return sito_warehouse_export(&request, exported, error);
}

static int write_files(const SitoArguments *a, const SitoDataset *dataset) {
    SitoOffice office = {0};
    SitoExported exported = {0};
    char *error = NULL;
    int status = sito_office_open(&office, a, dataset->catalogue, false, false);
    if (status == SITO_EXIT_OK) {
        int rc = sito_export_dataset(dataset, &office, a->language, &exported, &error);
        status = sito_catalogue_status(rc, error);
    }
    if (status == SITO_EXIT_OK && exported.declared == 0) {
        status = sito_complain(
            SITO_EXIT_USAGE, "%s",
            sito_say(a->language,
                     "żaden zasób tego opisu nie ma zapytania (warehouse.query), więc nie "
                     "ma czego zapisać",
                     "no resource of this descriptor has a query (warehouse.query), so "
                     "there is nothing to write"));
    }
    if (status == SITO_EXIT_OK) {
        status = sito_write_masked(a, (SitoText){exported.lines.data, exported.lines.size});
    }
    sito_buffer_free(&exported.lines);
    sito_office_close(&office);
    return status;
}

int sito_command_export(const SitoArguments *a) {
    SitoDataset dataset;
    int status = sito_dataset_open(&dataset, a);
    if (status == SITO_EXIT_OK && dataset.check.package.descriptor == NULL) {
        status = sito_complain(
            SITO_EXIT_USAGE, "%s",
            sito_say(a->language, "podaj folder zbioru z opisem (datapackage.json)",
                     "name the folder of a data set with its descriptor (datapackage.json)"));
    }
    status = status == SITO_EXIT_OK ? write_files(a, &dataset) : status;
    sito_dataset_close(&dataset);
    return status;
}
