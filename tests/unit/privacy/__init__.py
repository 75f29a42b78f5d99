"""Personal data that go."""
