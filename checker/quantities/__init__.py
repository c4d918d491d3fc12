"""Quantities in running text: numbers, units, currencies, dates, times and identifiers.

    recognise("Rund 88 Millionen Franken am 2. Februar 2018", "de")

gives a ``Recognised`` with every ``Quantity`` in reading order and every full ``Date``.
A quantity has exact spans into the text: ``span`` for the number with its scale word
("88 Millionen"), ``unit_span`` for its unit ("Franken"), ``whole`` for both, ``counted``
for the word that names what is counted ("modèles" in "29 208 modèles"), ``group`` for the
date it belongs to. Values are exact fractions: ``value`` is the likeliest, ``readings``
are all it can be. ``firm`` is False for words that may explain a number of the other
language but are no numbers by themselves (un, beide, Jahrzehnt); arithmetic and counting
should look at firm quantities only. ``step`` is the precision it was written with,
``bound`` what the words before it say ("environ", "plus de").

``agree``, ``converted`` and ``dimension`` compare units.
The functions are pure, know the language only through its file, and take time that grows
with the length of the text whatever is in it.
"""

from checker.quantities.facts import agree, converted, dimension
from checker.quantities.model import Bound, Date, Kind, Quantity, Recognised
from checker.quantities.recognise import recognise

__all__ = [
    "Bound",
    "Date",
    "Kind",
    "Quantity",
    "Recognised",
    "agree",
    "converted",
    "dimension",
    "recognise",
]
