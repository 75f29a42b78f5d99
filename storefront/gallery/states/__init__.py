"""Every state of every screen, in the order a shopper meets them."""

from storefront.gallery.states import (
    around,
    cart,
    catalogue,
    code_entry,
    confirmation,
    order_input,
    orders,
    paying,
    refusals,
)
from storefront.gallery.states.state import State

STATES = (
    *catalogue.STATES,
    *cart.STATES,
    *order_input.STATES,
    *refusals.STATES,
    *confirmation.STATES,
    *code_entry.STATES,
    *orders.STATES,
    *paying.STATES,
    *around.STATES,
)

__all__ = ["STATES", "State"]
