"""The outside world as a whole: what it was asked, and what befalls it."""
