"""The faults of a product in sentences, each beside its field."""

from collections.abc import Mapping, Sequence

from wtforms import Form

from storefront.catalogue.products.validation import Fault
from storefront.web.rendering import named


def sentence(fault: Fault) -> str:
    """What is wrong and what to do about it."""
    return f"{fault.what}。{fault.todo}"


def say(forms: Mapping[str, Form], faults: Sequence[Fault]) -> list[tuple[str, str]]:
    """Puts each fault beside its field; forms: place to form, as they follow on the screen.

    Gives the error summary in the order of the screen, each fault after the name of its field.
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
