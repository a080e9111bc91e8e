"""Where learners are reported to, and in which kinds of file."""

from collections.abc import Mapping
from dataclasses import dataclass

ANYTHING: tuple[str, ...] = ()
PROFESSION_CODES: Mapping[str, str] = {
    "physician": "MD",
    "nurse": "RN",
    "physician_assistant": "PA",
    "pharmacist": "PS",
    "therapist": "PT",
}
"""Professions that CE Broker has a code for: RN is in its own guide, the others are our reading."""


@dataclass(frozen=True)
class FileKind:
    """A kind of file: its name in addresses and commands, words, media type and the ending of file names."""

    name: str
    label: str
    media_type: str
    ending: str
    is_text: bool = True


JSON = FileKind("json", "JSON", "application/json", "json")
XML = FileKind("xml", "XML", "application/xml", "xml")
TAB = FileKind("tab", "tab-delimited text", "text/plain", "txt")
CSV = FileKind("csv", "CSV", "text/csv", "csv")
XLSX = FileKind(
    "xlsx", "Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", is_text=False
)


@dataclass(frozen=True)
class Destination:
    """A system that keeps records of learners.

    ``credit_types`` and ``professions`` are whom it is told of, empty = everybody. ``setting`` holds the number it knows
    the provider by.
    """

    name: str
    label: str
    setting: str
    credit_types: tuple[str, ...]
    professions: tuple[str, ...]
    kinds: tuple[FileKind, ...]
    needs_license: bool
    needs_birthday: bool

    def concerns(self, credit_type: str, profession: str) -> bool:
        """Return whether a claim belongs there."""
        return (not self.credit_types or credit_type in self.credit_types) and (
            not self.professions or profession in self.professions
        )

    def kind(self, name: str) -> FileKind | None:
        """Return a kind of file by name, None when there is none."""
        return next((kind for kind in self.kinds if kind.name == name), None)


PARS = Destination(
    name="pars",
    label="ACCME PARS",
    setting="PARS_PROVIDER",
    credit_types=("ama_pra_1",),
    professions=("physician",),
    kinds=(JSON, XML, TAB, XLSX),
    needs_license=False,
    needs_birthday=True,
)
CE_BROKER = Destination(
    name="ce-broker",
    label="CE Broker",
    setting="CE_BROKER_PROVIDER",
    credit_types=ANYTHING,
    professions=tuple(PROFESSION_CODES),
    kinds=(CSV, XLSX),
    needs_license=True,
    needs_birthday=False,
)
EVERYBODY = Destination(
    name="own",
    label="Own use",
    setting="",
    credit_types=ANYTHING,
    professions=ANYTHING,
    kinds=(CSV,),
    needs_license=False,
    needs_birthday=False,
)
"""Not a destination in itself: all claims, for the provider's own tables."""
DESTINATIONS: Mapping[str, Destination] = {one.name: one for one in (PARS, CE_BROKER)}
