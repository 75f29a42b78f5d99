"""Sentences for the faults of a product, put beside their fields."""

from collections.abc import Mapping, Sequence

from wtforms import Form

from storefront.catalogue.products.validation import Fault
from storefront.web.rendering import named


def sentence(fault: Fault) -> str:
    """What is wrong and what to do about it."""
    return f"{fault.what}。{fault.todo}"


def say(forms: Mapping[str, Form], faults: Sequence[Fault]) -> list[tuple[str, str]]:
    """Put each fault beside its field; gives the error summary in the order of the screen.

    forms are the product's and its rows' forms by their place, in the order of the screen.
    """
    of_no_field = []
    for fault in faults:
        form = forms.get(fault.place)
        if form is not None and fault.field in form:
            field = form[fault.field]
            field.errors = (*field.errors, sentence(fault))
        else:
            of_no_field.append(("variants", sentence(fault)))
    shown = (field for form in forms.values() for field in form)
    return [(one.id, named(one, text)) for one in shown for text in one.errors] + of_no_field
