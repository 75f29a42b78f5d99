"""Every state of every screen, in the order a shopper meets them, and those of the owner's side."""

from storefront.gallery.states import (
    around,
    cart,
    catalogue,
    code_entry,
    confirmation,
    order_input,
    orders,
    owners_side,
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
OWNERS = owners_side.STATES

__all__ = ["OWNERS", "STATES", "State"]
