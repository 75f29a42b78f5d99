"""The faults of a product in sentences, each beside its field."""

from collections.abc import Mapping, Sequence

from wtforms import Form

from storefront.catalogue.products.validation import Fault


def sentence(fault: Fault) -> str:
    """What is wrong and what to do about it."""
    return f"{fault.what}。{fault.todo}"


def say(forms: Mapping[str, Form], faults: Sequence[Fault]) -> list[tuple[str, str]]:
    """Puts each fault beside its field; forms: place to form. Gives the error summary."""
    told = []
    for fault in faults:
        form = forms.get(fault.place)
        field = form[fault.field] if form is not None and fault.field in form else None
        if field is not None:
            field.errors = (*field.errors, sentence(fault))
        told.append((field.id if field is not None else "variants", sentence(fault)))
    return told
