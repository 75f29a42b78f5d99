"""A start that cannot be: the port is taken, on whichever interface."""

import socket
from pathlib import Path

import pytest

from storefront.app import serve
from storefront.config.settings import Settings
from tests.ports import free_port

EVERYWHERE = "0.0.0.0"  # noqa: S104  # as whoever else listens may do


def fault_of(host: str, port: int, folder: Path) -> str:
    return serve.port_fault(
        Settings(storefront_env="demo", listen_on=host, port=port, instance=folder)
    )


@pytest.mark.parametrize("ours", ["127.0.0.1", EVERYWHERE])
@pytest.mark.parametrize("theirs", ["127.0.0.1", "127.0.0.2", EVERYWHERE, "::", "::1"])
def test_a_taken_port_is_named_whichever_interface(tmp_path: Path, ours: str, theirs: str) -> None:
    family = socket.AF_INET6 if ":" in theirs else socket.AF_INET
    with socket.socket(family) as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)  # as granian does
        other.bind((theirs, 0))
        other.listen()
        port = other.getsockname()[1]

        assert fault_of(ours, port, tmp_path).startswith(f"PORT: {port} is taken")

    assert fault_of(ours, port, tmp_path) == ""


def test_an_address_of_another_machine_is_named(tmp_path: Path) -> None:
    assert fault_of("192.0.2.1", free_port(), tmp_path).startswith("HOST, PORT: ")
