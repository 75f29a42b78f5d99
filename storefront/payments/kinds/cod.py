"""Cash to the driver."""

from storefront.payments.kinds.kind import Kind, Time

KIND = Kind("cod", time=Time.DOOR, first_state="awaiting")
