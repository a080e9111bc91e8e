"""Revocation for machines: numbers of certificates that no longer stand go in, a Bitstring Status List comes out; and back.

Source: W3C Bitstring Status List 1.0. A bit is set for a revoked and for a superseded certificate: neither is valid.
"""

import zlib
from base64 import urlsafe_b64decode
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from gzip import compress
from typing import Any

from certificates.issuing.addresses import Addresses
from certificates.issuing.signing_keys import Signer
from certificates.issuing.tokens import TokenRejected, signed_token, unpadded

LIST_SIZE = 131_072
"""Certificates per list: the least the standard allows (2.2), so that no list points at a few people."""
KEPT = timedelta(days=2)
"""How long a copy may be relied on. An old one, from before a revocation, is refused after that."""
PURPOSE = "revocation"
SAMPLE_NUMBER = 0
"""The number of all samples: no certificate has it, and no list ever says that it stands."""


def list_number(number: int) -> int:
    """Return which list a certificate is in."""
    return number // LIST_SIZE


def status_entry(prefix: str, number: int) -> dict[str, str]:
    """Return what a credential says about where its status is published."""
    address, place = f"{prefix}{list_number(number)}", number % LIST_SIZE
    return {
        "id": f"{address}#{place}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": PURPOSE,
        "statusListIndex": str(place),
        "statusListCredential": address,
    }


def status_token(addresses: Addresses, listed: int, fallen: Iterable[int], now: datetime, signer: Signer) -> str:
    """Return a signed status list. ``fallen``: the numbers of certificates that do not stand; same day, same bytes."""
    not_standing = [*fallen, *([SAMPLE_NUMBER] if listed == list_number(SAMPLE_NUMBER) else [])]
    begins = now.replace(hour=0, minute=0, second=0, microsecond=0)
    address = f"{addresses.status_prefix}{listed}"
    payload = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": addresses.issuer,
        "validFrom": begins.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "validUntil": (begins + KEPT).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": PURPOSE,
            "encodedList": encoded(number % LIST_SIZE for number in not_standing),
        },
        "iss": addresses.issuer,
        "jti": address,
        "nbf": int(begins.timestamp()),
        "exp": int((begins + KEPT).timestamp()),
    }
    return signed_token(payload, "vc+jwt", addresses.key_prefix, signer)


def encoded(places: Iterable[int]) -> str:
    """Return the list with these bits set: first bit leftmost, GZIP, multibase base64url (3.2)."""
    bits = bytearray(LIST_SIZE // 8)
    for place in places:
        bits[place // 8] |= 0x80 >> place % 8
    return "u" + unpadded(compress(bytes(bits), mtime=0))


def is_set(encoded_list: str, place: int) -> bool:
    """Return whether a bit of an encoded list is set; raises TokenRejected for what is no list or has no such bit."""
    if not encoded_list.startswith("u"):
        raise TokenRejected("The status list is not base64url.")
    try:
        packed = urlsafe_b64decode(encoded_list[1:] + "=" * (-len(encoded_list[1:]) % 4))
        bits = zlib.decompressobj(wbits=31).decompress(packed, LIST_SIZE // 8)
    except (ValueError, zlib.error) as error:
        raise TokenRejected("The status list cannot be unpacked.") from error
    if not 0 <= place < len(bits) * 8:
        raise TokenRejected("The status list has no such place.")
    return bool(bits[place // 8] & 0x80 >> place % 8)


def require_standing(credential: Mapping[str, Any], status_list: Mapping[str, Any], now: datetime) -> None:
    """Raise TokenRejected unless a list, read and signed by the same issuer, is current and says the credential stands."""
    entry = credential["credentialStatus"]
    if status_list.get("iss") != credential.get("iss") or status_list.get("id") != entry["statusListCredential"]:
        raise TokenRejected("This is not the status list of the credential.")
    if not int(status_list.get("nbf", 0)) <= now.timestamp() < int(status_list.get("exp", 0)):
        raise TokenRejected("The status list is out of date. Fetch it again.")
    if is_set(str(status_list["credentialSubject"]["encodedList"]), int(entry["statusListIndex"])):
        raise TokenRejected("The credential was revoked or replaced.")
