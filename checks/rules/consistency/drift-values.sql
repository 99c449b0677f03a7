-- id:          drift-values
-- title.en:    The values of a column are of the same kinds as in the previous version
-- title.pl:    Wartości kolumn są tego samego rodzaju co w poprzedniej wersji
-- severity:    warning
-- needs:       previous
-- param:       most number 0.1   by how much the share of texts may grow | o ile może wzrosnąć udział tekstów
-- basis.en:    Comparison with the version that was published last
-- basis.pl:    Porównanie z ostatnio opublikowaną wersją
-- message.en:  Column "{field}": {state, select, fewer {there were {before, plural, one {# different value}
--              other {# different values}} in the previous version, now there {now, plural, one {is #}
--              other {are #}}} other {{now, number, percent} of the values are texts; in the previous
--              version it was {before, number, percent}}}
-- message.pl:  Kolumna „{field}”: {state, select, fewer {w poprzedniej wersji {before, plural, one {była #
--              różna wartość} few {były # różne wartości} many {było # różnych wartości} other {było #
--              różnej wartości}}, teraz {now, plural, one {jest #} few {są #} many {jest #} other {jest
--              #}}} other {{now, number, percent} wartości to teksty; w poprzedniej wersji było to {before,
--              number, percent}}}
-- why.en:      A code list that shrinks or numbers that turn into texts mean that the source system or the
--              export has changed; series over the versions then break.
-- why.pl:      Kurcząca się lista kategorii albo liczby zamienione w teksty oznaczają, że zmienił się
--              system źródłowy lub eksport; szeregi z kolejnych wersji się wtedy rwą.
-- fix.en:      Compare both exports and mend the new one, or describe the change of the column.
-- fix.pl:      Porównaj oba eksporty i popraw nowy albo opisz zmianę kolumny.
-- since:       0.1
WITH both AS (
  SELECT profile.field AS field,
         profile.rows AS rows,
         profile.rows - profile.missing AS filled,
         previous.rows AS rows_before,
         previous.rows - previous.missing AS filled_before,
         profile.distinct_values AS distinct_values,
         previous.distinct_values AS distinct_before,
         profile.texts AS texts,
         previous.texts AS texts_before
    FROM profile
    JOIN previous ON previous.field = profile.field
   WHERE profile.rows - profile.missing >= 20
     AND previous.rows - previous.missing >= 20
),
drift AS (
  SELECT field, 'fewer' AS state, distinct_before - distinct_values AS count, distinct_values AS now,
         distinct_before AS before
    FROM both
   WHERE distinct_before >= 10
     AND distinct_values * 3 <= distinct_before
     AND rows * 2 >= rows_before -- with far fewer records there are fewer values
  UNION ALL
  SELECT field, 'texts', texts, round(1.0 * texts / filled, 2), round(1.0 * texts_before / filled_before, 2)
    FROM both
   WHERE 1.0 * texts / filled > 1.0 * texts_before / filled_before + :most
)
SELECT drift.field AS field,
       NULL AS line,
       drift.count AS count,
       drift.state AS state,
       drift.now AS now,
       drift.before AS before
  FROM drift
  JOIN field ON field.name = drift.field
 ORDER BY field.position, drift.state
 LIMIT 20;
