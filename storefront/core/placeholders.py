"""Words with gaps: {shop}, {amount}. The owner writes them, the shop fills them, nothing is run."""

import re
from collections.abc import Mapping

GAP = re.compile(r"\{([^{}]*)\}")


def names(text: str) -> list[str]:
    """What stands in braces, each once, in its order."""
    return list(dict.fromkeys(GAP.findall(text)))


def fill(text: str, values: Mapping[str, str]) -> str:
    """Each known gap filled once; a value that looks like a gap stays as it is."""
    return GAP.sub(lambda gap: values.get(gap[1], gap[0]), text)
