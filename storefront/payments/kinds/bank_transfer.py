"""A transfer to the shop's own account before the parcel leaves."""

from storefront.payments.kinds.kind import Kind, Time

KIND = Kind("bank_transfer", time=Time.BEFORE, first_state="awaiting")
