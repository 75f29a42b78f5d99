"""From cart to placed order: four screens."""
