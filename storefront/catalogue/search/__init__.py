"""Finding products by words, category and order."""
