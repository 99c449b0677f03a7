-- id:          overdue-update
-- title.en:    The data set is updated as often as it promises
-- title.pl:    Zbiór jest aktualizowany tak często, jak zapowiada
-- severity:    warning
-- needs:       descriptor
-- basis.en:    DCAT-AP: dct:modified, dct:accrualPeriodicity (EU frequency vocabulary)
-- basis.pl:    DCAT-AP: dct:modified, dct:accrualPeriodicity (słownik częstotliwości UE)
-- message.en:  {state, select, future {The descriptor says that the data were modified on {modified}, after
--              the day of the check} other {The data were last modified on {modified}; at the stated
--              frequency ({frequency}) they were due by {due}}}
-- message.pl:  {state, select, future {Według opisu zbioru dane zmieniono {modified}, a więc po dniu
--              kontroli} other {Dane zmieniono ostatnio {modified}; przy podanej częstotliwości
--              ({frequency}) aktualizacja powinna nastąpić do {due}}}
-- why.en:      Who relies on monthly data takes the newest file for this month's. A date that is not kept
--              up makes the portal remind the custodian, or hide the data set.
-- why.pl:      Kto liczy na dane miesięczne, weźmie najnowszy plik za tegoroczny i tegomiesięczny. Gdy data
--              nie jest aktualna, portal przypomina gestorowi o zbiorze.
-- fix.en:      Set dct:modified to the day on which the data were brought up to date, or state the
--              frequency that you keep (dct:accrualPeriodicity).
-- fix.pl:      Ustaw dct:modified na dzień, w którym dane zaktualizowano, albo podaj częstotliwość, której
--              dotrzymujesz (dct:accrualPeriodicity).
-- since:       0.1
WITH frequency (code, step) AS (
  VALUES ('DAILY', '+1 day'), ('WEEKLY', '+7 days'), ('BIWEEKLY', '+14 days'), ('MONTHLY', '+1 month'),
         ('BIMONTHLY', '+2 months'), ('QUARTERLY', '+3 months'), ('ANNUAL_3', '+4 months'),
         ('ANNUAL_2', '+6 months'), ('ANNUAL', '+1 year'), ('BIENNIAL', '+2 years'),
         ('TRIENNIAL', '+3 years')
),
stated AS (
  SELECT date(substr(dataset.modified, 1, 10)) AS modified, dataset.today AS today, frequency.code AS code,
         date(substr(dataset.modified, 1, 10), frequency.step) AS due
    FROM dataset
    LEFT JOIN frequency ON dataset.periodicity LIKE '%/' || frequency.code OR dataset.periodicity = frequency.code
)
SELECT NULL AS field,
       NULL AS line,
       1 AS count,
       iif(modified > today, 'future', 'overdue') AS state,
       modified,
       code AS frequency,
       due
  FROM stated
 WHERE modified > today
    OR due < today;
