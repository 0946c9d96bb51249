"""One plain spelling of what was typed, so that signs and accents hide nothing."""

import re
import unicodedata

FIGURES = str.maketrans("013457@$", "oieastas")  # written for letters
WORD = re.compile(r"[^\W_]+(?:[@$][^\W_]*)*")
SPELLED_OUT = re.compile(r"(?<!\w)(?:\w ){3,}\w(?!\w)")


def plain(text: str) -> str:
    """Lower-case words without accents, one blank between them: "Ein  NÄCKTER p0rn-star" -> "ein nackter porn star".

    Figures count as letters only within a word, and letters written one by one ("s e x y") as the word they spell.
    """
    bare = "".join(
        sign
        for sign in unicodedata.normalize("NFKD", text.casefold())
        if unicodedata.category(sign) not in ("Mn", "Cf")
    )
    words = " ".join(_letters(word) for word in WORD.findall(bare))
    return SPELLED_OUT.sub(lambda spelled: spelled[0].replace(" ", ""), words)


def _letters(word: str) -> str:
    return word.translate(FIGURES) if any(sign.isalpha() for sign in word) else word
