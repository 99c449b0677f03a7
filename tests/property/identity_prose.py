#!/usr/bin/python3
"""personal_data_find on invented official prose: precision and recall by kind, and the bounds that must hold.

Marks in the sentences say what a person would mask: {name|Anna Nowak}. Kinds of one table row of annex 1 count
together where prose does not tell them apart. A hit counts from a confidence of 0.5; it is right when it overlaps a
mark of its kind and a mark is found when a hit of its kind overlaps it. Every person and number is invented; PESELs
are of people born after 2100. Run: identity_prose.py [sito.so] [-v].
"""
import os
import re
import sqlite3
import sys
from collections import Counter

SITO = sys.argv[1] if len(sys.argv) > 1 and not sys.argv[1].startswith('-') else os.environ['SITO_SO']
VERBOSE = '-v' in sys.argv

SENTENCES = '''
Pani {name|Anna Kowalska}, zam. {address|ul. Zgierska 12 m. 5, 91-001 Łódź}, wniosła o umorzenie opłaty.
Skargę złożył radny {name|Jan Nowak}, tel. {phone|500 123 456}.
Wnioskodawca {name|Piotr Zieliński}, PESEL {pesel|02430807620}, legitymuje się dowodem osobistym {id_card|ABA300000}.
Decyzja została doręczona {name|Agnieszce Wiśniewskiej} w dniu 12 maja 2022 r.
Zarządzenie Prezydenta Miasta Łodzi z dnia 3 czerwca 2021 r. w sprawie budżetu obywatelskiego.
Remont ul. Adama Mickiewicza rozpocznie się 17 lipca 2024 r.
Odpowiedź proszę przesłać na adres {email|zofia.mazur@example.pl} lub telefonicznie: {phone|601-234-567}.
Szkoła Podstawowa nr 5 im. Marii Skłodowskiej-Curie ogłasza nabór do klasy pierwszej.
Mieszkaniec {name|Tomasz Wójcik}, ur. {birth_date|12.03.1975} w {birth_place|Pabianicach}, skarży się na hałas.
Rachunek do zwrotu nadpłaty: {iban|61 1090 1014 0000 0712 1981 2874}.
Pan {name|Lewandowski} oświadczył, że nie był właścicielem pojazdu o nr rej. {plate|EL 1234K}.
Nieruchomość objęta księgą wieczystą KW nr {land_register|LD1M/00012345/1} stanowi własność {name|Marka Kamińskiego}.
Rada Miejska w Łodzi podjęła uchwałę nr XII/345/19 z dnia 20 listopada 2019 r.
Zgłoszenie nr 2546/2021 dotyczy awarii oświetlenia przy placu Jana Pawła II.
Do protokołu zeznała {name|Katarzyna Dąbrowska}, córka {name|Stanisława}, urodzona {birth_date|5 maja 1980 r.}.
Pełnomocnikiem jest adwokat {name|Michał Kaczmarek}, NIP {nip|8567346215}.
Świadek {name|J. Kowalski} potwierdził przebieg zdarzenia.
Umowę podpisała {name|Małgorzata Szymańska-Zając}, dyrektor przedszkola.
Koszt inwestycji wyniósł 12 423 815,00 zł brutto.
W dniu 24 grudnia 2025 r. urząd będzie nieczynny.
Znak sprawy: DKA-ORK-III.1431.123.2024 proszę podać w korespondencji.
Pani Dyrektor {name|Joanna Woźniak} udzieliła odpowiedzi na interpelację.
Dziecko {name|Zuzanna Krawczyk}, PESEL: {pesel|09222509560}, zostało przyjęte do oddziału integracyjnego.
Paszport nr {passport|ZS0000177} został unieważniony.
Lekarz {name|Barbara Piotrowska}, PWZ {pwz|5425740}, wystawiła zaświadczenie.
Proszę o kontakt pod numerem {phone|+48 602 345 678} po godz. 16.
Pismo skierowano do {name|Pawła Grabowskiego}, {address|al. Kościuszki 3/7, 90-418 Łódź}.
Adres do doręczeń elektronicznych: {edelivery|AE:PL-50419-15057-VDGUG-25}.
Najemca lokalu, pan {name|Nowakowski}, zalega z czynszem od marca 2023 r.
Wykonawcą jest spółka wpisana do rejestru pod numerem KRS 0000006865.
Sędzia {name|Ewa Pawlak} odroczyła rozprawę do 15.10.2024.
Ławkę ufundowali {name|Krystyna Michalska} i {name|Zbigniew Michalski}.
Zgodnie z art. 4 ust. 3 ustawy o petycjach dane nie podlegają ujawnieniu.
Wodomierz nr 12345678 wskazał 351 m3.
W zebraniu uczestniczyli: {name|Andrzej Król}, {name|Halina Wieczorek}, {name|Ł. Wróbel}.
Zespół Szkół Ogólnokształcących nr 1 przy ul. Tadeusza Kościuszki.
Syn {name|Jakub Stępień} ur. {birth_date|2010-09-01} uczęszcza do świetlicy.
Interwencję podjęto po zgłoszeniu mieszkanki {name|Marii Adamczyk} z {address|os. Słoneczne 7/14}.
Park im. ks. Józefa Poniatowskiego zostanie doświetlony.
Oferta wpłynęła z adresu {email|j.dudek@firma.example.com}.
Tel. komórkowy: {phone|784 555 111}, dom: {phone|42 638 41 11}.
Komornik {name|Robert Sikora} zajął wierzytelność.
{name|KOWALSKA ANNA} stawiła się w urzędzie.
Mandat nałożono na kierowcę {name|Dariusza Baranowskiego}.
Pod adresem {address|ul. 6 Sierpnia 21/23 lok. 4} stwierdzono samowolę budowlaną.
Petycję w imieniu mieszkańców złożyła {name|Monika Olszewska}.
Biblioteka Narodowa w Warszawie udostępniła zbiory.
Wniosek {name|Grzegorza Jaworskiego} z dnia 01.02.2024 r. pozostawiono bez rozpoznania.
Numer REGON podmiotu to {regon|192598184}.
Uczennica {name|Oliwia Malinowska} zdobyła pierwsze miejsce.
Z wyrazami szacunku {name|Łukasz Górski}
Właścicielem działki jest {name|Krzysztof Pietrzak}, s. {name|Józefa}.
Stan techniczny mostu im. Stefana Okrzei oceniono jako dobry.
Ob. {name|Wieczorek} zam. {address|Piotrkowska 104} zgłosił usterkę windy.
Województwo Łódzkie i Powiat Pabianicki przekażą po 50 000 zł.
Zażalenie wniosła {name|Teresa K.}, emerytka.
Pojazd marki Skoda Fabia zaparkowano na chodniku.
Konferencję otworzyła Minister Edukacji, gościem była {name|Iwona Sobczak}.
W sprawie {name|Henryka Ostrowskiego} wydano postanowienie.
Proszę zwrócić kwotę na konto {iban|PL27 1140 2004 0000 3002 0135 5387}.
Zadzwonił pan o nazwisku {name|Jasiński}, numeru nie podał.
Na pogrzeb {name|Wandy Czarneckiej} przybyło wielu mieszkańców.
Dom Pomocy Społecznej przyjmuje wnioski w godzinach 8-16.
Dane kontaktowe: {name|Rafał Sawicki}, {email|rafal.sawicki+um@poczta.example.org}, {phone|(42) 272 60 00}.
Nagroda im. Władysława Reymonta trafiła do laureata z Warszawy.
W 2023 roku wydano 1234 decyzje, w tym 56 odmownych.
'''.strip().split('\n')

GROUPS = {'numbers': ('pesel', 'nip', 'regon', 'id_card', 'passport', 'land_register', 'iban', 'pwz', 'plate', 'edelivery'),
          'contact': ('email', 'phone'), 'address': ('address',), 'name': ('name',),
          'birth': ('birth_date', 'birth_place')}
AIMS = {'numbers': 0.98, 'contact': 0.98, 'address': 0.98, 'name': 0.9, 'birth': 0.9}


def parse(marked):
    """The plain text and its marks as (kind, first character, last character), from 1."""
    text, marks = '', []
    for part in re.split(r'(\{[a-z_]+\|[^}]*\})', marked):
        if part.startswith('{'):
            kind, inside = part[1:-1].split('|')
            marks.append((kind, len(text) + 1, len(text) + len(inside)))
            part = inside
        text += part
    return text, marks


def main():
    db = sqlite3.connect(':memory:')
    db.enable_load_extension(True)
    db.load_extension(SITO)
    marked, found, hits_right, hits_all = Counter(), Counter(), Counter(), Counter()
    for sentence in SENTENCES:
        text, marks = parse(sentence)
        hits = db.execute('SELECT kind, start, "end" FROM personal_data_find(?) WHERE confidence >= 0.5',
                          (text,)).fetchall()
        overlap = lambda a, b: a[0] == b[0] and a[1] <= b[2] and b[1] <= a[2]
        for mark in marks:
            marked[mark[0]] += 1
            found[mark[0]] += any(overlap(mark, hit) for hit in hits)
            if VERBOSE and not any(overlap(mark, hit) for hit in hits):
                print('missed %s: %s' % (mark[0], sentence))
        for hit in hits:
            hits_all[hit[0]] += 1
            hits_right[hit[0]] += any(overlap(mark, hit) for mark in marks)
            if VERBOSE and not any(overlap(mark, hit) for mark in marks):
                print('wrong %s %r: %s' % (hit[0], text[hit[1] - 1:hit[2]], sentence))
    print('%d sentences, %d marks' % (len(SENTENCES), sum(marked.values())))
    print('%-14s %6s %6s %10s %10s' % ('kind', 'marks', 'hits', 'recall', 'precision'))
    for kind in sorted(set(marked) | set(hits_all)):
        print('%-14s %6d %6d %10.3f %10.3f' % (kind, marked[kind], hits_all[kind], found[kind] / max(marked[kind], 1),
                                               hits_right[kind] / max(hits_all[kind], 1)))
    precision = sum(hits_right.values()) / sum(hits_all.values())
    print('precision over all: %.3f' % precision)
    failed = precision < 0.95
    for group, kinds in GROUPS.items():
        recall = sum(found[k] for k in kinds) / sum(marked[k] for k in kinds)
        print('recall of %s: %.3f (aim %.2f)' % (group, recall, AIMS[group]))
        failed = failed or recall < AIMS[group]
    return failed


if __name__ == '__main__':
    sys.exit(main())
