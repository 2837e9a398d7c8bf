"""Why an article is in the list, asked of the library."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.service.explaining import Why
    from reader.ui.gateway import Gateway


class WhyGate:
    """Raises ReaderError."""

    def __init__(self, gateway: Gateway) -> None:
        self._questions = gateway.questions

    async def why(self, article_id: int, query: str) -> Why:
        """What of `query` an article meets, which rules acted on it, where it came from. Raises
        CancelledError when it is asked of another one meanwhile."""
        return await self._questions.why(article_id, query)
