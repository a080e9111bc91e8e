"""The cookie that says who is signed in: Flask's own, whose signer is made once."""

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer


class Sessions(SecureCookieSessionInterface):
    """Flask's signed cookies. Flask makes what reads and signs them anew for every request, which takes a third of it."""

    signer: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """Return what reads and signs cookies; each application has its own, made when its secret key is known."""
        self.signer = self.signer or super().get_signing_serializer(app)
        return self.signer
