"""The subcommands of storefront."""
