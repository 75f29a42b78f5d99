"""Every state of every screen, and a visitor who brings one about in a shop of this process.

A shop that runs elsewhere is asked for a state by `Sandbox.enter`.
"""

from storefront.gallery.owner import Owner
from storefront.gallery.states import STATES, State
from storefront.gallery.visitor import Visitor

__all__ = ["STATES", "Owner", "State", "Visitor"]
