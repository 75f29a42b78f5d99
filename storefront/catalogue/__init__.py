"""Products, their categories, pictures, stock and search, and the pages that show them."""
