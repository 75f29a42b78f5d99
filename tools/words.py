"""Collects the shop's sentences, keeps the English of those that were changed, compiles it, and
tells what is to be done by hand."""

import argparse
from pathlib import Path

from babel.messages.catalog import Catalog

from storefront.design import english

SHOP = Path(__file__).parents[1] / "storefront"


def main(arguments: list[str] | None = None) -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--shop", type=Path, default=SHOP, help="the folder storefront/")
    shop = options.parse_args(arguments).shop
    path = shop / english.PLACE
    catalogue = english.read(path)
    english.bring_up(catalogue, {one.texts for one in english.uses(shop)})
    english.write(path, catalogue)
    _tell("to be looked at: right? Then take the mark fuzzy off", _changed(catalogue))
    _tell("without English", english.without_english(catalogue))


def _changed(catalogue: Catalog) -> list[str]:
    return [
        f"{english.texts(one.id)[0]}\n    {english.texts(one.string)[0]}"
        for one in english.to_look_at(catalogue)
    ]


def _tell(what: str, sentences: list[str]) -> None:
    if sentences:
        print(f"{len(sentences)} {what}:", *sentences, sep="\n  ")


if __name__ == "__main__":
    main()
