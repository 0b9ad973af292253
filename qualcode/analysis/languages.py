"""The language of a text, by its little words ("the", "of", "and") or by its script.

Enough to notice a French interview among English ones; no model, no word list of size.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from qualcode.core.cues import WORD
from qualcode.core.model import Document
from qualcode.core.problems import P, Problem, problem

MOST_READ = 3000
"""Words that are looked at; a document in one language shows it long before."""
MOST_CHARACTERS = 10 * MOST_READ
LEAST_WORDS = 40
LOOK = 1500
"""Characters at the beginning, in the middle and at the end that are looked at first."""
PLAIN_SHARE = 0.2
"""Little words that leave no doubt, where no other language has more of them."""
LEAST_SHARE = 0.08
"""Little words are a third of most talk, less in Finnish, Polish or Turkish."""
LEAST_LEAD = 1.5
"""So many times as many little words as the language expected, or it is that language."""

NAMES = {
    "cs": "Czech",
    "cy": "Welsh",
    "da": "Danish",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fi": "Finnish",
    "fr": "French",
    "ga": "Irish",
    "hu": "Hungarian",
    "it": "Italian",
    "nb": "Norwegian",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "sv": "Swedish",
    "tr": "Turkish",
}
_LITTLE = {
    "cs": "a v na se je že to s z do o jsem ale jako byl by když nebo pro jsou tak už co jak ve",
    "cy": "y yr a i o yn ar mae ac ei eu am gan wedi bod oedd hyn ond fel nid sydd ni chi roedd",
    "da": "og i det at en til er som på de med for den af ikke har jeg et var fra vi kan men så",
    "de": "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch "
    "es an werden aus er hat dass sie nach wird bei einer wir ich war aber wenn was noch nur so",
    "en": "the of and to in a is that for it was on are with they be at one have this from or had "
    "but what all were we when your can there an which their if will about do not you i he she "
    "so them would me my as up out who by don't it's",
    "es": "de la que el en y a los se del las un por con no una su para es al lo como más pero sus "
    "le ya o este sí porque esta entre cuando muy sin sobre también me hasta hay nos qué yo",
    "fi": "ja on ei se että oli hän en mutta ne kun niin mitä olen ovat kuin jos tämä sitä sen voi "
    "minä me myös siis",
    "fr": "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce "
    "il sont je on avec nous mais vous ils elle c'est comme tout ou si leur y même cette aux ça",
    "ga": "an na agus a i ar go is le do tá sé bhí ag air mar siad ní sin seo ach bhfuil ó faoi",
    "hu": "a az és hogy nem is egy ez volt de csak van meg azt mint már ki vagy én még el ha kell",
    "it": "di e il la che in a un per è una con non sono i le del si da come più dei al gli nel ha "
    "della lo anche ma se ci era quando questo mi alla delle noi io perché",
    "nb": "og i det på som er en til å han av for at var de med ikke den har jeg om et men ble fra",
    "nl": "de van het een en in is dat op te zijn met voor niet aan er om ook als dan maar bij of "
    "uit nog naar heeft hij ze wij we ik je wat door over die dit was worden",
    "pl": "i w na z się nie do że to jest o jak a po co ale tak za od są był przez dla czy już tym",
    "pt": "de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao "
    "ele das tem à seu sua ou ser quando muito nós já eu também pelo isso",
    "ro": "de și în a la cu nu că o pe este un din care ce mai să sunt pentru se am dar fi ca era",
    "sv": "och i att det som en på är av för med den till inte har de ett om var jag men så vi kan",
    "tr": "ve bir bu da de için ne çok ama gibi daha var ben o ile mi kadar sonra olarak değil en",
}
_SCRIPTS = {
    "GREEK": ("el", "Greek"),
    "CYRILLIC": ("", "a language in Cyrillic letters"),
    "ARABIC": ("", "a language in Arabic letters"),
    "HEBREW": ("he", "Hebrew"),
    "DEVANAGARI": ("", "a language in Devanagari letters"),
    "CJK": ("", "Chinese or Japanese"),
    "HIRAGANA": ("ja", "Japanese"),
    "KATAKANA": ("ja", "Japanese"),
    "HANGUL": ("ko", "Korean"),
    "THAI": ("th", "Thai"),
}


@lru_cache(maxsize=1)
def _languages_of_words() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for language, words in _LITTLE.items():
        for word in words.split():
            found.setdefault(word, []).append(language)
    return {word: tuple(languages) for word, languages in found.items()}


def other_language(document: Document, expected: str) -> str:
    """The name of the language of a document where it is not the one expected, else "".

    What its front matter says under `language` goes before its words. A short text, one in no
    language that is known here, and one that mixes two are taken to be as expected.

    Args:
        expected: a two-letter code; where its little words are not known, only what the
            document says of itself counts.
    """
    told = next((a.value.strip() for a in document.attributes if a.key == "language"), "")
    if told:
        code = _code(told)
        return "" if code == expected.lower()[:2] else NAMES.get(code, told)
    return found_language(document.text, expected)


def language_notes(document: Document, expected: str) -> tuple[Problem, ...]:
    """A note where a document is in another language than the codebook; else nothing."""
    found = other_language(document, expected)
    if not found:
        return ()
    own = NAMES.get(expected, expected)
    return (problem(P.OTHER_LANGUAGE, path=document.source_name, found=found, own=own),)


def found_language(text: str, expected: str) -> str:
    """The name of the language in which a text is written where it is another, else "".

    >>> found_language("Les gens ne savent pas à qui il faut parler dans la maison. " * 5, "en")
    'French'
    """
    return _found(text[:MOST_CHARACTERS], expected) if expected in _LITTLE else ""


@lru_cache(maxsize=4)  # asked of each document by the suggester and for its notes
def _found(text: str, expected: str) -> str:
    if _is_plainly(text, expected):
        return ""
    words = WORD.findall(text.lower())[:MOST_READ]
    if len(words) < LEAST_WORDS:
        return ""
    if script := _script("".join(words)):
        return script
    counts = _little_words(word.replace("’", "'") for word in words)
    best = max(sorted(counts), key=lambda language: counts[language], default=expected)
    if best == expected or counts[best] < LEAST_SHARE * len(words):
        return ""
    return NAMES[best] if counts[best] >= LEAST_LEAD * counts[expected] else ""


def _is_plainly(text: str, language: str) -> bool:
    """Whether a look at its beginning, middle and end leaves no doubt of the language.

    Most documents are in the language expected, so this spares a look at every word.
    """
    middle = len(text) // 2
    looked_at = (text[:LOOK], text[middle : middle + LOOK], text[-LOOK:])
    words = " ".join(looked_at).lower().split()
    counts = _little_words(words)
    return counts[language] >= max(0.0, PLAIN_SHARE * len(words), *counts.values())


def _little_words(words: Iterable[str]) -> Counter[str]:
    """How many of the words are little words of each language."""
    by_word = _languages_of_words()
    counts: Counter[str] = Counter()
    for word, n in Counter(filter(by_word.__contains__, words)).items():
        for language in by_word[word]:
            counts[language] += n
    return counts


def _script(letters: str) -> str:
    """The language, or at least the script, of letters most of which are not Latin."""
    sample = [letter for letter in letters[:2000] if letter.isalpha()]
    scripts: Counter[str] = Counter()
    for letter, n in Counter(sample).items():
        scripts[unicodedata.name(letter, "").split(" ")[0]] += n
    found = [(count, name) for name, count in scripts.items() if name in _SCRIPTS]
    if sum(count for count, _ in found) * 2 < len(sample) or not found:
        return ""
    return _SCRIPTS[max(found)[1]][1]


def _code(told: str) -> str:
    """The two-letter code of a language that a person named ("French", "fr", "fr-CA")."""
    plain = told.lower()
    by_name = {name.lower(): code for code, name in NAMES.items()}
    return by_name.get(plain, plain[:2])
