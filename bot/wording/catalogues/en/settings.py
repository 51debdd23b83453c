"""The settings of a group, in English."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.core.commands import Reacting
from bot.core.effects import RecapLine, SeasonLine, SeasonState
from bot.wording.catalogues.en.dates import DatePhrases
from bot.wording.views import Code, Inline

_STATES: Final = {
    SeasonState.PAST: "{name}: {first} to {last} (over)",
    SeasonState.RUNNING: "{name}: {first} to {last} (running)",
    SeasonState.PLANNED: "{name}: {first} to {last} (planned)",
}
_SETTINGS: Final = "/quiz settings"


class SettingsPhrases(DatePhrases):
    """What a group has chosen."""

    def settings_title(self, *, changed: bool) -> str:
        """Head the settings."""
        return self.say("Settings changed") if changed else self.say("Settings of this group")

    def setting_columns(self) -> tuple[str, str]:
        """Head what there is to set, and how it is set."""
        return self.say("Setting"), self.say("Now")

    def zone_setting(self) -> str:
        """Name the zone."""
        return self.say("Time zone")

    def zone_unset(self) -> str:
        """Say by which clock days are counted while nobody has named a zone."""
        return self.say("not set; days are those of UTC")

    def zone_set(self, zone: str) -> str:
        """Name a zone as people read it."""
        return self.say("{zone}", zone=zone.replace("_", " "))

    def organisers_setting(self) -> str:
        """Name those who organise."""
        return self.say("Organisers")

    def organisers_set(self, names: Sequence[str]) -> str:
        """Say who organises."""
        if not names:
            return self.say("whoever manages this place")
        return self.say("whoever manages this place, and {names}", names=self.listing(names))

    def hosts_setting(self) -> str:
        """Name those who start rounds."""
        return self.say("Who starts rounds")

    def hosts_set(self, names: Sequence[str] | None) -> str:
        """Say who starts rounds."""
        if names is None:
            return self.say("everybody")
        if not names:
            return self.say("organisers only")
        return self.say("organisers, and {names}", names=self.listing(names))

    def recap_setting(self) -> str:
        """Name the weekly recap."""
        return self.say("Recap of the week, here")

    def recap_set(self, recap: RecapLine | None) -> str:
        """Say when the recap comes."""
        if recap is None or recap.paused:
            return self.say("off")
        return self.say(
            "{day} at {time}, {zone}",
            day=self.weekday(recap.weekday),
            time=self.clock(recap.at),
            zone=recap.zone.replace("_", " "),
        )

    def reactions_setting(self) -> str:
        """Name whether questions are answered with reactions."""
        return self.say("Answers by reaction, here")

    def reactions_set(self, rule: Reacting | None) -> str:
        """Say which reaction counts."""
        if rule is None:
            return self.say("off")
        return self.say("the first counts") if rule is Reacting.FIRST else self.say("the last counts")

    def reactions_meaning(self) -> str:
        """Say what answering with reactions means, and where it does not hold."""
        return self.say(
            "Questions with options have their letters below them: a reaction with one answers, and taking it"
            " away withdraws the answer. What runs already goes on as it began, and in a chat without"
            " reactions the buttons stay."
        )

    def next_recap(self, at: datetime) -> tuple[Inline, ...]:
        """Say when the next recap comes, by the reader's clock."""
        return self.weave("The next recap: {moment}.", moment=self.moment(at))

    def seasons_heading(self) -> str:
        """Head the seasons."""
        return self.say("Seasons")

    def season(self, season: SeasonLine) -> str:
        """Say when a season is."""
        return self.say(
            _STATES[season.state],
            name=season.name,
            first=self.far_day(season.first),
            last=self.far_day(season.last),
        )

    def settings_how(self) -> tuple[Inline, ...]:
        """Say how settings are changed."""
        return self.weave(
            "An organiser changes them, one or several at once: "
            "{zone}, {hosts}, {recap}, {season}, {reactions}",
            zone=Code(f"{_SETTINGS} zone:berlin"),
            hosts=Code("hosts:everybody"),
            recap=Code("recap:fri 18:00"),
            season=Code("season:spring"),
            reactions=Code("reactions:last"),
        )
