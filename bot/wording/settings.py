"""The settings of a group as they are read."""

from bot.core.effects import SettingsShown
from bot.wording.catalogues import Catalogue
from bot.wording.cleaning import clean_line
from bot.wording.pieces import paragraph, view
from bot.wording.views import Block, Bullets, Heading, Paragraph, Table, Text, Tone, View


def settings_view(effect: SettingsShown, catalogue: Catalogue) -> View:
    """Return what a group has chosen, and how it is changed."""
    tone = Tone.GOOD if effect.changed else Tone.INFO
    blocks = (
        _table(effect, catalogue),
        *(() if effect.reacting is None else (paragraph(catalogue.reactions_meaning()),)),
        *_recap(effect, catalogue),
        *_seasons(effect, catalogue),
    )
    how = () if effect.changed else (Paragraph(catalogue.settings_how(), quiet=True),)
    return view(tone, catalogue.settings_title(changed=effect.changed), (*blocks, *how))


def _table(effect: SettingsShown, catalogue: Catalogue) -> Table:
    zone = catalogue.zone_set(effect.zone) if effect.zone else catalogue.zone_unset()
    organisers = catalogue.organisers_set([clean_line(name) for name in effect.organisers])
    hosts = None if effect.hosts is None else [clean_line(name) for name in effect.hosts]
    said = (
        (catalogue.zone_setting(), zone),
        (catalogue.organisers_setting(), organisers),
        (catalogue.hosts_setting(), catalogue.hosts_set(hosts)),
        (catalogue.recap_setting(), catalogue.recap_set(effect.recap)),
        (catalogue.reactions_setting(), catalogue.reactions_set(effect.reacting)),
    )
    rows = tuple(((Text(name),), (Text(value),)) for name, value in said)
    return Table(catalogue.setting_columns(), rows, ("left", "left"))


def _recap(effect: SettingsShown, catalogue: Catalogue) -> tuple[Block, ...]:
    if effect.recap is None or effect.recap.next is None:
        return ()
    return (Paragraph(catalogue.next_recap(effect.recap.next)),)


def _seasons(effect: SettingsShown, catalogue: Catalogue) -> tuple[Block, ...]:
    if not effect.seasons:
        return ()
    lines = tuple((Paragraph((Text(catalogue.season(season)),)),) for season in effect.seasons)
    return Heading((Text(catalogue.seasons_heading()),)), Bullets(lines)
