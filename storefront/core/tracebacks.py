"""What a log may say of a fault: its class and where it happened."""

import traceback


def traced(error: BaseException) -> dict[str, object]:
    """Never the exception's own words, which may quote a phone number, a text or a password."""
    frames = traceback.extract_tb(error.__traceback__)
    where = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    return {"error": type(error).__name__, "where": where}
