"""A bare Flask page, the measure that the cost of our own pages is compared with."""

from flask import Flask

bare = Flask("bare")


@bare.get("/")
def page() -> str:
    return "<!doctype html><html lang='en'><title>Bare</title><p>A page of one paragraph.</p></html>"
