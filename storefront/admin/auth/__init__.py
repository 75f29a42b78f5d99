"""Who may act on the owner's side: accounts, sign-in, sessions, the gate and the audit log."""
