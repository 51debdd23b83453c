"""Links as they are read: codes, what was linked or unlinked, and all that is."""

from bot.core.effects import CodeMade, Linked, LinksShown, Unlinked
from bot.wording.catalogues import Catalogue
from bot.wording.pieces import paragraph, quiet, view
from bot.wording.views import Block, Bullets, Heading, Inline, Paragraph, Strong, Text, Tone, View

Line = tuple[Inline, ...]


def code_view(effect: CodeMade, catalogue: Catalogue) -> View:
    """Return a code with where it is typed, what comes of it, and a warning."""
    blocks = (
        Paragraph(catalogue.code_use(effect.kind, effect.code)),
        Paragraph(catalogue.code_until(effect.until)),
        paragraph(catalogue.code_means(effect.kind)),
        Paragraph((Strong((Text(catalogue.code_warning(effect.kind)),)),)),
    )
    return view(Tone.INFO, catalogue.code_title(), blocks)


def linked_view(effect: Linked, catalogue: Catalogue) -> View:
    """Return what is one now, and how that is undone."""
    blocks = (
        paragraph(catalogue.linked(effect.kind, effect.name, effect.platform)),
        paragraph(catalogue.linked_group()) if effect.group else None,
        quiet(catalogue.how_to_unlink(effect.kind)),
    )
    return view(Tone.GOOD, catalogue.linked_title(), blocks)


def unlinked_view(effect: Unlinked, catalogue: Catalogue) -> View:
    """Return what is on its own again."""
    return view(Tone.GOOD, catalogue.unlinked_title(), (paragraph(catalogue.unlinked(effect.kind)),))


def links_view(effect: LinksShown, catalogue: Catalogue) -> View:
    """Return what the reader, their group and the channel are linked with, and how more is linked."""
    accounts = [(Text(catalogue.account(one)),) for one in effect.accounts]
    groups = [(Text(catalogue.other_group(platform)),) for platform in effect.groups]
    places = [catalogue.other_place(spot) for spot in effect.places]
    blocks = (
        *_part(catalogue.accounts_heading(), accounts if len(accounts) > 1 else [], catalogue.one_account()),
        *_part(catalogue.group_heading(), groups, catalogue.one_group()),
        *_part(catalogue.channel_heading(), places, catalogue.one_channel()),
    )
    return view(Tone.INFO, catalogue.links_title(), blocks)


def _part(heading: str, lines: list[Line] | list[tuple[Text]], otherwise: Line) -> tuple[Block, ...]:
    """Return what there is under a heading, or that there is nothing."""
    head = Heading((Text(heading),))
    if not lines:
        return head, Paragraph(otherwise)
    return head, Bullets(tuple((Paragraph(tuple(line)),) for line in lines))
