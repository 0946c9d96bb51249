"""A typed idea, understood: what is to be drawn, how many, how big, where; and the words that we do not know."""

from dataclasses import dataclass, field, replace

from generations.scenes.lexicon import DRAWN, Lexicon, Meaning, lexicons
from generations.scenes.things import GLYPHS, THINGS
from generations.scenes.words import folded, key, stem, words_of

LONGEST_PHRASE = 4  # words
MOST_OF_A_KIND = 12
FLIES, ABOVE = "flies", "above"  # relations that lift a thing into the air
WITH, HOLDS, READS = "with", "holds", "reads"
TIED = frozenset("🪁🎈")  # what is held on a string
CARRIES = frozenset({FLIES, WITH, HOLDS, READS})
BOOK = "📖"
SEVERAL = 0  # a count that the seed decides
SIZES = {"big": 1.35, "small": 0.72}
PLURALS = {"en": ("s",), "de": ("e", "er", "en", "n", "s"), "fr": ("s", "x"), "es": ("s",)}


@dataclass(frozen=True)
class Wish:
    """Something to draw: a glyph, place or group (`kind`, `value`), `count` of them, `size` times as large.

    `relation` says how it stands to the wish number `beside`: on, in, under, behind, before or beside it, "held" by it or
    "tied": held by it on a string. `aloft` is in the air, whatever it is.
    """

    kind: str
    value: str
    words: str
    count: int = 1
    size: float = 1.0
    relation: str = ""
    beside: int = -1
    aloft: bool = False


@dataclass(frozen=True)
class Idea:
    """What was understood of a text: wishes in their order, and the words that mean nothing to us."""

    wishes: tuple[Wish, ...]
    unknown: tuple[str, ...]
    language: str

    @property
    def known(self) -> tuple[str, ...]:
        """The words that become something on the page, each once."""
        return tuple(dict.fromkeys(wish.words for wish in self.wishes))


@dataclass
class _Reader:
    """What the words before say about the next thing."""

    wishes: list[Wish] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    count: int | None = None
    size: float = 1.0
    relation: str = ""
    verb: str = ""  # the words of the relation
    since: int = 0  # the first wish that the relation is about
    aloft: bool = False


def understand(text: str, first_language: str = "en") -> Idea:
    """Reads a text in the language that most of its words belong to; a word of another language is taken too."""
    words = words_of(text)
    known = lexicons(first_language)
    language = max(known, key=lambda name: _familiar(words, known[name]))
    others = [name for name in known if name != language]
    reader = _Reader()
    at = 0
    while at < len(words):
        length, meaning, is_plural = _meaning_at(words[at:], language, others, known)
        _read(reader, " ".join(words[at : at + length]), meaning, is_plural=is_plural)
        at += length
    _finish(reader)
    return Idea(tuple(reader.wishes), tuple(dict.fromkeys(reader.unknown)), language)


def _familiar(words: list[str], known: Lexicon) -> int:
    return sum(folded(word) in known.exact for word in words)


def _meaning_at(
    words: list[str], language: str, others: list[str], known: dict[str, Lexicon]
) -> tuple[int, Meaning | None, bool]:
    """How many of the first words mean something together, what, and whether it is a plural."""
    if words[0] in GLYPHS:
        return 1, Meaning("thing", words[0]), False
    if words[0].isdecimal():
        return 1, Meaning("number", words[0]), False
    for length in range(min(LONGEST_PHRASE, len(words)), 0, -1):
        part = words[:length]
        if meaning := known[language].exact.get(key(map(folded, part))):
            return length, meaning, False
        if meaning := known[language].stems.get(key(stem(word, language) for word in part)):
            return length, meaning, _is_plural(part[-1], language)
    foreign = (known[other].exact.get(folded(words[0])) for other in others)
    return 1, next((found for found in foreign if found and found.kind in DRAWN), None), False


def _is_plural(word: str, language: str) -> bool:
    """Whether a word that is no singular we know looks like a plural."""
    plain = folded(word)
    return plain.endswith(PLURALS[language]) and plain != stem(word, language)


def _read(reader: _Reader, words: str, meaning: Meaning | None, *, is_plural: bool) -> None:
    """Takes one more word or phrase."""
    if meaning is None:
        reader.unknown.append(words)
    elif meaning.kind in DRAWN:
        _add(reader, words, meaning, is_plural=is_plural)
    elif meaning.kind == "number":
        reader.count = max(1, min(int(meaning.value[:3]), MOST_OF_A_KIND))
    elif meaning.kind == "size":
        reader.size = SIZES[meaning.value]
    elif meaning.kind == "relation":
        reader.verb = words
        _relate(reader, meaning.value)
    elif meaning.kind == "some":
        reader.count = SEVERAL
    elif meaning.kind == "singular":
        reader.count = 1


def _add(reader: _Reader, words: str, meaning: Meaning, *, is_plural: bool) -> None:
    usual = SEVERAL if is_plural or meaning.kind == "group" else 1
    count = reader.count if reader.count is not None else usual
    wish = Wish(meaning.kind, meaning.value, words, count, reader.size, aloft=reader.aloft)
    number = len(reader.wishes)
    reader.wishes.append(wish)
    if how := _carried(reader.relation, reader.wishes):
        _hand_over(reader, how)
    elif reader.relation and reader.relation not in CARRIES:
        for earlier in range(reader.since, number):
            reader.wishes[earlier] = _related(reader.wishes[earlier], reader.relation, number)
        reader.since = number
    reader.count, reader.size, reader.relation, reader.aloft = None, 1.0, "", False


def _carried(relation: str, wishes: list[Wish]) -> str:
    """How the last but one carries the last: not at all, in its hands, or on a string."""
    if relation not in CARRIES or len(wishes) < 2 or wishes[-1].count != 1:
        return ""
    holder, wish = wishes[-2:]
    if wish.value in TIED:
        return "tied"
    can = holder.kind == "group" or (holder.value in THINGS and THINGS[holder.value].has_hands)
    fits = wish.kind == "thing" and THINGS[wish.value].is_handy
    return "held" if relation != FLIES and can and fits else ""


def _hand_over(reader: _Reader, how: str) -> None:
    """The last wish is carried by the one before it, who stands on the ground."""
    number = len(reader.wishes) - 1
    reader.wishes[number - 1] = replace(reader.wishes[number - 1], aloft=False)
    reader.wishes[number] = replace(reader.wishes[number], relation=how, beside=number - 1)


def _finish(reader: _Reader) -> None:
    """A verb at the end is about the two before it; who reads nothing in particular reads a book."""
    if reader.relation == READS and reader.wishes and reader.wishes[-1].value != BOOK:
        _add(reader, reader.verb, Meaning("thing", BOOK), is_plural=False)
    elif reader.relation in (HOLDS, READS) and _carried(HOLDS, reader.wishes):
        _hand_over(reader, "held")


def _relate(reader: _Reader, relation: str) -> None:
    """A word such as "on" is about the things before it and the next one; "flying" about the thing beside it."""
    if relation in (FLIES, ABOVE) and reader.wishes:
        reader.wishes[-1] = replace(reader.wishes[-1], aloft=True)
    elif relation == FLIES:
        reader.aloft = True
    reader.relation = relation


def _related(wish: Wish, relation: str, number: int) -> Wish:
    """The wish with a relation, unless it has one already."""
    return wish if wish.relation else replace(wish, relation=relation, beside=number)
