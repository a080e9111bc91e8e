"""Where a certificate's public documents are: its printed address goes in, the addresses of all of them come out."""

from dataclasses import dataclass

from certificates.issuing.facts import CertificateFacts

VERIFY = "/v/"
ISSUER = "/.well-known/issuer.json"
KEYS = "/.well-known/jwks.json"
ONE_KEY = "/.well-known/jwks/"
STATUS = "/v/status/"
LOG = "/v/log"


@dataclass(frozen=True)
class Addresses:
    """The addresses of a provider's public documents, under the base address that its certificates were issued with."""

    base: str

    @classmethod
    def of(cls, facts: CertificateFacts) -> "Addresses":
        """Return the places of a certificate, from the address frozen in it, whatever the settings say now."""
        return cls(facts.verify_url.rpartition("/")[0].rpartition("/")[0])

    def verify_url(self, serial: str) -> str:
        """Return the public page of a certificate."""
        return f"{self.base}{VERIFY}{serial}"

    @property
    def issuer(self) -> str:
        """Return the issuer's profile, which is also its id."""
        return self.base + ISSUER

    @property
    def keys(self) -> str:
        """Return all keys of the issuer."""
        return self.base + KEYS

    @property
    def key_prefix(self) -> str:
        """Return the address of a single key, up to its thumbprint."""
        return self.base + ONE_KEY

    @property
    def status_prefix(self) -> str:
        """Return the address of a status list, up to its number."""
        return self.base + STATUS

    @property
    def log_origin(self) -> str:
        """Return the log's name in its checkpoints: the address without a scheme (C2SP tlog-checkpoint)."""
        return self.base.partition("://")[2] + LOG
