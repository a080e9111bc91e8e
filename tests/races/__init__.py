"""Races over HTTP: real server processes, real sockets, both engines."""
