"""A response goes in; it comes out with the security headers, and kept by no cache unless it is a file for everybody."""

from flask import Response, current_app, request

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


def add_security_headers(response: Response) -> Response:
    """Add the security headers; nothing is cached but files, and documents that a view declares public."""
    present = {name.title() for name in response.headers.keys()}  # noqa: SIM118 - headers are a list of pairs
    response.headers.extend([(name, value) for name, value in HEADERS.items() if name.title() not in present])
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    is_for_everybody = request.endpoint in ("static", "bootstrap.static", "web.font") or response.cache_control.public
    if not is_for_everybody:
        response.headers["Cache-Control"] = "no-store"
    return response
