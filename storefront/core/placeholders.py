"""Words with gaps: {shop}, {amount}. The owner writes them, the shop fills them, nothing is run."""

import re
from collections.abc import Mapping

GAP = re.compile(r"\{([^{}]*)\}")


def names(text: str) -> list[str]:
    """The names in braces, each once, in their order."""
    return list(dict.fromkeys(GAP.findall(text)))


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with every known name replaced, once; braces in a value stay as they are."""
    return GAP.sub(lambda gap: values.get(gap[1], gap[0]), text)
