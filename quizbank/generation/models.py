"""Rows of generation runs: what the generator reported about a document, kept as it came."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from quizbank.db import Json, Model, UtcDateTime


class GenerationRun(Model):
    """The report of one generation: items, suggestions, rejected candidates, objectives."""

    __tablename__ = "generation_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), unique=True)
    seed: Mapped[int]
    report: Mapped[dict[str, Any]] = mapped_column(Json)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
