"""The prefectures by region, from north to south, as fee tables of carriers group them."""

from flask_babel import lazy_gettext as _l

from storefront.shipping.prefectures import PREFECTURES

# name, and the code of JIS X 0401 of its last prefecture
_ENDS = (
    (_l("北海道"), 1),
    (_l("東北"), 7),
    (_l("関東"), 14),
    (_l("中部"), 23),
    (_l("近畿"), 30),
    (_l("中国"), 35),
    (_l("四国"), 39),
    (_l("九州"), 46),
    (_l("沖縄"), 47),
)


def regions() -> list[tuple[object, list[str]]]:
    """Each prefecture is in one of them."""
    found: list[tuple[object, list[str]]] = []
    start = 0
    for name, end in _ENDS:
        found.append((name, [PREFECTURES[place][0] for place in range(start, end)]))
        start = end
    return found
