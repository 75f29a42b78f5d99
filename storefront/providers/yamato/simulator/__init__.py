"""Yamato's side of the protocol: a server that judges, texts and remembers as the document says."""
