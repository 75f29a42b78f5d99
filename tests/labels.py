"""Whether each field of a page is found by its exact label inside its group, as people look."""

from collections import Counter

from tests.markup import Element

MARKS = ("必須", "任意", "Required", "Optional")
NO_FIELDS = {"hidden", "submit", "button", "reset"}


def faults_of_labels(page: Element) -> list[str]:
    """Fields without a label, with more in it than their name, or with another's of their group."""
    fields = [one for one in page.all("input", "select", "textarea") if _is_field(one)]
    names = [(id(_group(one)), label_of(page, one)) for one in fields]
    times = Counter(names)
    return [
        f"{field.get('name')}: {label!r}"
        for field, (group, label) in zip(fields, names, strict=True)
        if not label or times[group, label] > 1 or any(mark in label for mark in MARKS)
    ]


def label_of(page: Element, field: Element) -> str:
    """All the text of a field's label, or the name that only those who listen are told."""
    around = [one for one in field.ancestors() if one.tag == "label"]
    named = page.all("label", for_=field["id"]) if field.get("id") else []
    return " ".join(one.text for one in [*named, *around]) or field.get("aria-label")


def name_of(page: Element, group: Element) -> str:
    """What a group of fields is called."""
    if group.get("aria-labelledby"):
        return page.one(id=group["aria-labelledby"]).text
    return " ".join(one.text for one in group.elements if one.tag == "legend")


def faults_of_groups(page: Element) -> list[str]:
    """Groups without a name, or with more in it than that."""
    names = [name_of(page, one) for one in page.all("fieldset")]
    return [name for name in names if not name or any(mark in name for mark in MARKS)]


def _is_field(element: Element) -> bool:
    return element.get("type") not in NO_FIELDS


def _group(field: Element) -> Element:
    return next((one for one in field.ancestors() if one.tag in {"fieldset", "form"}), field)
