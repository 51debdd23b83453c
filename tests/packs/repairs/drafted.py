"""Sources with one question, for trying a repair on."""

from bot.core.cards import CardKind
from bot.core.items import Kind
from bot.packs.importing.drafts import DraftCard, DraftOption, DraftQuestion, Harvest, Span

OPTIONS = (DraftOption("A queue"), DraftOption("A stack", right=True), DraftOption("A tree"))


def asked(
    prompt: str = "What is last in, first out?",
    explanation: str = "",
    options: tuple[DraftOption, ...] = OPTIONS,
) -> Harvest:
    """Return a source with one question."""
    question = DraftQuestion(Kind.SINGLE_CHOICE, prompt, Span(1, 9), options, explanation=explanation)
    return Harvest("page.md", "sample", 9, questions=(question,))


def carded(front: str, back: str) -> Harvest:
    """Return a source with one card."""
    return Harvest("page.md", "sample", 9, cards=(DraftCard(CardKind.QUESTION, front, back, Span(1, 9)),))
