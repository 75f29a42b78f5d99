"""Which passwords are good enough, and whether one is right."""

from threading import Lock

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

from storefront.core import published_values

SHORTEST, LONGEST = 12, 128  # characters; ASVS 5.0 6.2 asks for 8 at least and advises 15
READ = 72  # characters that the guesser looks at: more only cost time
GOOD = 3  # zxcvbn's score: beyond 10^8 guesses
KIB, ROUNDS, LANES = 19 * 1024, 2, 1  # OWASP's least for argon2id

# of a password that nobody knows: the same work for whoever does not exist
NOBODYS = (
    "$argon2id$v=19$m=19456,t=2,p=1"
    "$9XCpJPvhi52ZheeNDUYqXw$7L+SK97SI65Cv3CsOdaYtbR2pbIE5QwNXQO9YKq9CC4"
)

_hasher = PasswordHasher(time_cost=ROUNDS, memory_cost=KIB, parallelism=LANES)
_one_at_a_time = Lock()  # each takes its memory while it works: a flood takes no more


def is_guessable(password: str, about: list[str]) -> bool:
    """Whether it is common, or made of words that are known of the person or the shop."""
    if password == published_values.PASSWORD:
        return True
    from zxcvbn import zxcvbn  # its word lists are loaded only where a password is set

    words = [part for text in about for part in text.replace("@", " ").split()]
    return bool(zxcvbn(password[:READ], user_inputs=words)["score"] < GOOD)


def hash_of(password: str) -> str:
    """The argon2id hash of a password; hashes are made one at a time, as each takes 19 MiB."""
    with _one_at_a_time:
        return _hasher.hash(password)


def is_right(password: str, known: str | None) -> bool:
    """Whether the password fits the hash; without a hash the same work is done, so that the time
    does not tell whether the person exists."""
    try:
        with _one_at_a_time:
            _hasher.verify(known or NOBODYS, password[:LONGEST])
    except (VerifyMismatchError, InvalidHashError):
        return False
    return known is not None
