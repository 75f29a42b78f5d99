"""Pictures of products: made from a photograph, kept in the media folder, shown in several
widths."""
