"""Plants errors into sentence pairs and says which words they made wrong.

Kinds: another noun (or verb, or adjective) of like frequency, like ending or near meaning; a
negation put in or taken out; a clause left out, its counterpart being the surplus; a clause
of another text added. What stays wrong on the page is marked by character spans.
"""

from __future__ import annotations

import bisect
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

import numpy as np

from checker.terms.language import Grammar
from checker.terms.lexicon import Lexicon, vocabulary

WRONG, NEGATED, SURPLUS = range(3)
LANGUAGES = ("fr", "de")
TOKEN = re.compile(r"[^\W_]+(?:[-‑][^\W_]+)*")
CLAUSE = re.compile(r"[,–(] ?[^,;:.!?()«»„“\"–—]{12,120}(?=[,.;:–)])")
CUT = re.compile(r"[,;:()«»“”„\"–—.!?]")
NEAR, SYNONYM = 40, 0.72

# be, have, the modals and a few verbs of speech: where a plain negation can be put in
VERBS = {
    "fr": re.compile(
        r" (est|était|sont|étaient|a|ont|avait|avaient|peut|peuvent|pourrait|doit|doivent|sera|"
        r"seront|serait|va|vont|fait|veut|faut|semble|reste|devrait|fut|suis|sommes|avons|ai)"
        r"\b(?! pas| plus| jamais|-)"
    ),
    "de": re.compile(
        r" (ist|war|sind|waren|haben|hat|hatte|hatten|kann|können|könnte|muss|müssen|wird|werden|"
        r"wurde|wurden|soll|sollen|sollte|will|wollen|darf|dürfen|würde|bleibt|sei|bin|habe)"
        r"\b(?! nicht| kein)"
    ),
}
# what "kein" and "aucun" are put in place of
ARTICLES = {
    "fr": re.compile(r" (a|ont|avait|avaient|est|fait|reste) (une?)\b(?! (?:peu|fois|autre))"),
    "de": re.compile(r"(?<= )ein(?:e|en|er|em|es)?\b(?! (?:paar|wenig|bisschen|mal))"),
}
NEGATIONS = {
    "fr": re.compile(r"\b(?:ne |n['’])((?:\w+['’])?\w+) (?:pas|plus|jamais)\b(?! que)"),
    "de": re.compile(r"\b(?: ?(nicht|nie|niemals)|(k)ein(?:e|en|er|em|es)?)\b(?! nur)"),
}
CUES = {
    "fr": re.compile(r"\b(?:pas|plus|jamais|aucune?|rien|personne|sans|ni|non)\b", re.IGNORECASE),
    "de": re.compile(
        r"\b(?:nicht|nie|niemals|nichts|niemand\w{0,2}|kein\w{0,2}|ohne|weder|nein)\b",
        re.IGNORECASE,
    ),
}


@dataclass
class Pair:
    """A French and a German text and the spans that are wrong: side, start, end, kind.

    ``unsure`` sides carry no labels of kind SURPLUS but for those given, ``unknown`` stretches
    (side, start, end) none.
    """

    texts: list[str]
    spans: list[tuple[int, int, int, int]] = field(default_factory=list)
    unsure: set[int] = field(default_factory=set)
    unknown: list[tuple[int, int, int]] = field(default_factory=list)

    def replace(self, side: int, start: int, end: int, new: str) -> None:
        """Puts ``new`` in place of a stretch and moves the marks behind it."""
        text, shift = self.texts[side], len(new) - (end - start)
        self.texts[side] = text[:start] + new + text[end:]
        self.spans = [
            (s, a + shift, b + shift, k) if s == side and a >= end else (s, a, b, k)
            for s, a, b, k in self.spans
        ]
        self.unknown = [
            (s, a + shift, b + shift) if s == side and a >= end else (s, a, b)
            for s, a, b in self.unknown
        ]


Vectors = Callable[[Sequence[str]], np.ndarray]


class Planter:
    """Knows the words of the training texts and puts them where they do not belong."""

    def __init__(
        self,
        texts: dict[str, list[str]],
        rules: dict[str, Grammar],
        known: Lexicon,
        vectors: Vectors,
        seed: int,
    ) -> None:
        self.random, self.rules, self.known = random.Random(seed), rules, known
        self.vectors = vectors
        self.count = {code: Counter[str]() for code in LANGUAGES}
        self.clauses: dict[str, list[str]] = {code: [] for code in LANGUAGES}
        for code in LANGUAGES:
            for text in texts[code]:
                self.count[code].update(TOKEN.findall(text))
                self.clauses[code] += [m.group() for m in CLAUSE.finditer(text) if m[0][0] == ","]
        self.pools: dict[tuple[str, bool, str], tuple[list[str], list[float]]] = {}
        self._fill_pools()

    def _fill_pools(self) -> None:
        groups: dict[tuple[str, bool, str], list[tuple[str, float]]] = defaultdict(list)
        for code in LANGUAGES:
            for word, count in sorted(self.count[code].items()):
                kind = self.is_noun(word, code)
                if count > 2 and "-" not in word and (kind or self.is_other(word, code)):
                    for ending in ("", word[-1], word[-3:]):
                        groups[code, kind, ending].append((word, count**0.6))
        self.pools = {
            key: ([w for w, _ in ws], list(accumulate(c for _, c in ws)))
            for key, ws in groups.items()
            if len(ws) > 5
        }

    def is_noun(self, word: str, code: str) -> bool:
        """A common noun, as far as capitals and the lexicon tell."""
        if len(word) < 4 or not word.isalpha():
            return False
        key = self.rules[code].key(word)
        if code == "de":
            return word[0].isupper() and not word.isupper() and _known(key, vocabulary("de"))
        return word[0].islower() and self.known.is_noun(key)

    def is_other(self, word: str, code: str) -> bool:
        """Another content word: verb, adjective, adverb."""
        return (
            len(word) > 4
            and word.islower()
            and word.isalpha()
            and word not in self.rules[code].function_words
        )

    def damage(self, pair: Pair, most: int = 6) -> None:
        """Plants one kind of error, ``most`` nouns or other words at most: each is judged by
        itself, so several in a link teach more in one reading."""
        side, chance = self.random.randrange(2), self.random.random()
        if chance < 0.6:
            for _ in range(min(most, self.random.choice((1, 1, 2, 2, 3, 4, 6)))):
                self.replace_word(pair, self.random.randrange(2), self.random.random() < 0.88)
        elif chance < 0.76:
            self.negate(pair, side)
        elif chance < 0.94:
            self.leave_out(pair, side)
        else:
            self.add(pair, side)

    def replace_word(self, pair: Pair, side: int, noun: bool) -> None:
        """Another word in place of one."""
        code, text = LANGUAGES[side], pair.texts[side]
        test = self.is_noun if noun else self.is_other
        taken = {(a, b) for s, a, b, _ in pair.spans if s == side}
        places = [
            m
            for m in TOKEN.finditer(text)
            if m.start() > 0 and m.span() not in taken and test(m.group(), code)
        ]
        if not places:
            return
        match = self.random.choice(places)
        new = self._other(match.group(), code, noun, pair.texts[1 - side])
        if new:
            self._orphan(pair, side, match, new)
            pair.replace(side, *match.span(), new)
            pair.spans.append((side, match.start(), match.start() + len(new), WRONG))

    def _orphan(self, pair: Pair, side: int, old: re.Match[str], new: str) -> None:
        """Marks what ``old`` was the counterpart of: nothing faces it now."""
        text, facing = pair.texts[side], pair.texts[1 - side]
        words = [m for m in TOKEN.finditer(facing) if len(m.group()) > 2]
        kept = (text[: old.start()], new, text[old.end() :])
        rest = [t for part in kept for t in TOKEN.findall(part) if len(t) > 2]
        if not words:
            return
        here = self.vectors([m.group() for m in words])
        gain = here @ self.vectors([old.group()])[0]
        pairs = np.array([self._translate(side, old.group(), m.group()) for m in words])
        gain = gain + 0.3 * pairs
        left = (here @ self.vectors(rest).T).max(1)
        best = int(gain.argmax())
        others = np.delete(gain, best).max(initial=0)
        if gain[best] > 0.6 and gain[best] > max(others, left[best]) + 0.1:
            pair.spans.append((1 - side, *words[best].span(), SURPLUS))
        else:
            pair.unknown += [
                (1 - side, *m.span()) for m, g in zip(words, gain, strict=True) if g > 0.35
            ]

    def _translate(self, side: int, one: str, other: str) -> bool:
        keys = self.rules[LANGUAGES[side]].key(one), self.rules[LANGUAGES[1 - side]].key(other)
        return self.known.pairs(*(keys if side == 0 else keys[::-1]))

    def _other(self, word: str, code: str, noun: bool, facing: str) -> str:
        """A word for the place of ``word`` that the facing text does not support."""
        chance = self.random.random()
        ending = word[-3:] if chance < 0.35 else word[-1]
        pool = self.pools.get((code, noun, ending)) or self.pools.get((code, noun, word[-1]))
        if pool is None:
            return ""
        words, weights = pool
        drawn = [
            words[min(bisect.bisect(weights, self.random.random() * weights[-1]), len(words) - 1)]
            for _ in range(NEAR)
        ]
        key = self.rules[code].key(word)
        drawn = [w for w in dict.fromkeys(drawn) if self.rules[code].key(w) != key]
        if not drawn:
            return ""
        if chance > 0.65:
            likeness = self.vectors(drawn) @ self.vectors([word])[0]
            ranked = [w for _, w in sorted(zip(-likeness, drawn, strict=True))]
            drawn = ranked[: 1 + self.random.randrange(4)][::-1]
        others = [t for t in TOKEN.findall(facing) if len(t) > 2]
        support = self.vectors(drawn[:4]) @ self.vectors(others or ["-"]).T
        fine = [w for w, s in zip(drawn[:4], support.max(1), strict=True) if s < SYNONYM]
        return fine[0] if fine else ""

    def negate(self, pair: Pair, side: int) -> None:
        """A negation put in, or taken out so that the one facing it is the surplus."""
        code, text = LANGUAGES[side], pair.texts[side]
        found = list(NEGATIONS[code].finditer(text))
        if found and self.random.random() < 0.6:
            match = self.random.choice(found)
            middle = (match.start() + match.end()) / 2 / len(text)
            facing = pair.texts[1 - side]
            cues = list(CUES[LANGUAGES[1 - side]].finditer(facing))
            if not cues:
                return
            nearest = min(cues, key=lambda m: abs((m.start() + m.end()) / 2 / len(facing) - middle))
            if code == "fr":
                new = match.group(1)
            else:
                new = match.group().strip()[1:] if match.group(2) else ""
            pair.replace(side, *match.span(), new)
            pair.spans.append((1 - side, *nearest.span(), NEGATED))
            return
        articles = list(ARTICLES[code].finditer(text))
        if articles and self.random.random() < 0.5:
            self._deny(pair, side, self.random.choice(articles))
            return
        verbs = list(VERBS[code].finditer(text))
        if verbs:
            verb = self.random.choice(verbs)
            if code == "fr":
                particle = "n'" if verb.group(1)[0] in "aeéè" else "ne "
                new = f" {particle}{verb.group(1)} pas"
                cue = (verb.start() + len(new) - 3, verb.start() + len(new))
                pair.replace(side, *verb.span(), new)
            else:
                # the particle stands before the end of its clause as often as behind the verb
                end = CUT.search(text, verb.end())
                stop = end.start() if end and self.random.random() < 0.4 else verb.end()
                last = text.rfind(" ", verb.end(), stop)
                stop = last if last > 0 else stop
                pair.replace(side, stop, stop, " nicht")
                cue = (stop + 1, stop + 6)
            pair.spans.append((side, *cue, NEGATED))

    def _deny(self, pair: Pair, side: int, article: re.Match[str]) -> None:
        """ "kein" in place of "ein", "n'a aucun" in place of "a un"."""
        start = article.start()
        if LANGUAGES[side] == "de":
            new = cue = f"k{article.group()}"
        else:
            verb, cue = article.group(1), f"auc{article.group(2)}"
            new = f" {'n' + chr(39) if verb[0] in 'aeé' else 'ne '}{verb} {cue}"
        end = start + len(new)
        pair.replace(side, *article.span(), new)
        pair.spans.append((side, end - len(cue), end, NEGATED))

    def leave_out(self, pair: Pair, side: int) -> None:
        """A clause of one side left out; words of the other side that now face nothing."""
        found = list(CLAUSE.finditer(pair.texts[side]))
        if not found:
            return
        match = self.random.choice(found)
        text, facing = pair.texts[side], pair.texts[1 - side]
        inside = [t for t in TOKEN.findall(match.group()) if len(t) > 2]
        outside = TOKEN.findall(text[: match.start()]) + TOKEN.findall(text[match.end() :])
        outside = [t for t in outside if len(t) > 2]
        words = [m for m in TOKEN.finditer(facing) if len(m.group()) > 2]
        if len(inside) < 2 or len(outside) < 2 or not words:
            return
        here = self.vectors([m.group() for m in words])
        gain = (here @ self.vectors(inside).T).max(1)
        rest = (here @ self.vectors(outside).T).max(1)
        orphaned = [
            m for m, g, r in zip(words, gain, rest, strict=True) if g > 0.5 and g > r + 0.12
        ]
        if len(orphaned) < 2:
            return
        pair.replace(side, *match.span(), "")
        pair.unsure.add(1 - side)
        pair.spans += [(1 - side, *m.span(), SURPLUS) for m in orphaned]

    def add(self, pair: Pair, side: int) -> None:
        """A clause from elsewhere before a mark of punctuation."""
        clause = self.random.choice(self.clauses[LANGUAGES[side]])
        marks = [m.start() for m in re.finditer(r"[,.]", pair.texts[side]) if m.start() > 10]
        if marks:
            place = self.random.choice(marks)
            pair.replace(side, place, place, clause)
            pair.spans.append((side, place + 1, place + len(clause), SURPLUS))


def _known(key: str, words: frozenset[str]) -> bool:
    """A known word or a compound that ends in one."""
    return key in words or any(key[cut:] in words for cut in range(3, len(key) - 3))
