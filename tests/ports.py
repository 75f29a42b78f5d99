"""Ports that nobody listens on."""

import secrets
import socket

# below those that Linux hands out to whoever connects (32768 and up): none of the many lines that a
# test opens may take the port between its being found and its being listened on
FOUND_IN = range(12_000, 32_768)


def free_port() -> int:
    while True:
        port = secrets.choice(FOUND_IN)
        try:
            with socket.create_server(("127.0.0.1", port)):
                return port
        except OSError:
            continue
