"""Credit of one order: requested, enquired about, and its code checked."""
