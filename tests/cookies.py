"""The shop's cookies, which carry the port of its address in their names on plain http."""

from werkzeug.test import Client, Cookie

PORT = 8000  # of a shop whose settings name none


def full_name(name: str, port: int = PORT) -> str:
    return f"{name}-{port}"


def cookie_in(client: Client, name: str, port: int = PORT) -> Cookie | None:
    return client.get_cookie(full_name(name, port))


def value_in(client: Client, name: str, port: int = PORT) -> str:
    """Empty where the browser has none."""
    found = cookie_in(client, name, port)
    return found.value if found else ""


def all_in(client: Client) -> dict[str, str]:
    """Values by full names, whatever the port."""
    return {one.decoded_key: one.value for one in (client._cookies or {}).values()}


def keep(client: Client, name: str, value: str, port: int = PORT) -> None:
    client.set_cookie(full_name(name, port), value)


def forget(client: Client, name: str, port: int = PORT) -> None:
    client.delete_cookie(full_name(name, port))
