"""The door in front of the application: a request for a share link goes in, and goes on without the token in its address.

The token is handed over beside the address. So nothing inside, present or future, can write it anywhere with the address
of a page: not an error's log line, not the audit trail, not a counter of requests.
"""

from collections.abc import Callable, Iterable
from typing import Any

PLACE = "/s/"
HANDED_OVER = "quizbank.share_token"
ADDRESSES = ("RAW_URI", "REQUEST_URI")
"""Where servers keep the address as it was sent."""
Application = Callable[..., Iterable[bytes]]


class TokenDoor:
    """A WSGI application that takes the token out of the address before the application behind it sees that."""

    def __init__(self, application: Application) -> None:
        self.application = application

    def __call__(self, wsgi: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = wsgi["PATH_INFO"]
        token = path.removeprefix(PLACE).rstrip("/")
        wsgi.pop(HANDED_OVER, None)
        if path.startswith(PLACE) and token and "/" not in token:
            wsgi[HANDED_OVER] = token
            wsgi["PATH_INFO"] = PLACE
            wsgi.update({name: PLACE for name in ADDRESSES if name in wsgi})
        return self.application(wsgi, start_response)
