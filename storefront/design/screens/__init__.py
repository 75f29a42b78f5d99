"""/design/: every screen in every state, and the macros and partials that screens are made of."""
