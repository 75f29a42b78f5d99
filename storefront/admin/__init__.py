"""The owner's pages: everything under /admin, behind one gate."""
