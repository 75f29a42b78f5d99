"""English as it was saved: compiled and seen at once."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from flask import Flask

from storefront.design.mistakes import Mistake, at
from storefront.web import i18n


def compile_saved(app: Flask, catalogue: Path) -> list[Mistake]:
    """Write the .mo beside a .po, and have the shop read it; what is wrong in the .po leaves the
    words as they were."""
    try:
        with catalogue.open("rb") as source:
            words = read_po(source, locale=catalogue.parts[-3], abort_invalid=True)
    except PoFileError as error:
        return [at(str(catalogue), (error.lineno or 0) + 1, str(error))]
    except UnicodeDecodeError as error:
        return [at(str(catalogue), 1, str(error))]
    part = catalogue.with_suffix(".mo.part")
    with part.open("wb") as compiled:
        write_mo(compiled, words)
    part.rename(catalogue.with_suffix(".mo"))
    i18n.forget_words(app)
    return []
