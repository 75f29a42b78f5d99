"""The first page of the owner's side."""
