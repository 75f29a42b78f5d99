"""What the shop wants of outside parties: protocols and their errors."""
