-- id:         waiver-refused
-- title.en:   Every waiver is in force, bounded, for this file, and by the person who may give it
-- title.pl:   Każde odstępstwo obowiązuje, ma granice, dotyczy tego pliku i pochodzi od osoby, która może odstąpić
-- severity:   error
-- basis.en:   GDPR art. 5(2) (accountability), art. 24 and art. 38(1); order 354/2022 of the Mayor of Łódź,
--             § 15 and § 16
-- basis.pl:   Art. 5 ust. 2 (rozliczalność), art. 24 i art. 38 ust. 1 RODO; zarządzenie nr 354/2022 Prezydenta
--             Miasta Łodzi, § 15 i § 16
-- message.en: Waiver {number} in waivers.json (rule {rule}) {state, select, unknown {names a rule that does not
--             exist} never {is of a rule that nobody may waive} foreign {belongs to another data set, resource or
--             file: the SHA-256 differs} unbounded {has no bounds: an end date, and records or fingerprints with
--             their number} expired {expired on {expires}} person {can come from the local data controller alone}
--             papers {lacks the legal basis, the case mark or the opinion of the data protection officer} way {names
--             none of the ways 15.2.2, 15.2.3 and statute} other {cannot be applied}}
-- message.pl: Odstępstwo nr {number} w waivers.json (reguła {rule}) {state, select, unknown {wskazuje regułę, której
--             nie ma} never {dotyczy reguły, od której nikt nie może odstąpić} foreign {dotyczy innego zbioru, zasobu
--             albo pliku: skrót SHA-256 się różni} unbounded {nie ma granic: terminu oraz rekordów albo odcisków
--             ustaleń z ich liczbą} expired {wygasło {expires}} person {może pochodzić tylko od lokalnego
--             administratora danych} papers {nie ma podstawy prawnej, znaku sprawy albo opinii inspektora ochrony
--             danych} way {nie wskazuje żadnej z dróg 15.2.2, 15.2.3 i ustawy (statute)} other {nie może być
--             zastosowane}}
-- why.en:     A waiver says that somebody looked and answers for it. One that does not fit says nothing of these
--             data, and left lying it hides that nobody looked.
-- why.pl:     Odstępstwo oznacza, że ktoś sprawdził i za to odpowiada. Jeżeli nie pasuje, nic nie mówi o tych
--             danych, a pozostawione ukrywa, że nikt nie sprawdził.
-- fix.en:     Mend the finding itself, or have the waiver given again for this file: sito waive. Remove the old one
--             from waivers.json.
-- fix.pl:     Usuń przyczynę ustalenia albo uzyskaj odstępstwo ponownie, dla tego pliku: sito waive. Stare usuń
--             z waivers.json.
-- since:      0.1
SELECT NULL AS field,
       NULL AS line,
       1 AS count,
       number AS number,
       rule AS rule,
       state AS state,
       expires AS expires
  FROM waiver
 WHERE state <> 'valid'
 ORDER BY number;
