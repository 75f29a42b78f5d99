"""Personal data that go: when their time is over, and when their person asks for it."""
