"""What the pages say that people see in a browser while they install us in a Slack workspace."""

from typing import Final

from bot.wording.catalogues.phrases import Phrases


class SlackPages(Phrases):
    """Every sentence of the pages in English; another language is a subclass that overrides them."""

    def language(self) -> str:
        """Name the language of the pages, as browsers know it."""
        return "en"

    # ------------------------------------------------------------------------------------------- headings

    def installed(self) -> str:
        """Head the page after an installation."""
        return self.say("Study Hall is installed")

    def not_installed(self) -> str:
        """Head the page that says why nothing was installed."""
        return self.say("Study Hall was not installed")

    # ------------------------------------------------------------------------------------------ sentences

    def installed_in(self, workspace: str) -> str:
        """Say where we are by now, and what to do there."""
        return self.say(
            "It is in {workspace} now: invite it to a channel with /invite @Study Hall, then type /quiz help "
            "there.",
            workspace=workspace or self.say("your workspace"),
        )

    def cancelled(self) -> str:
        """Say that somebody changed their mind."""
        return self.say("You cancelled it in Slack, and nothing has changed.")

    def too_late(self) -> str:
        """Say that too much time has passed."""
        return self.say("This took more than ten minutes, or Slack's answer was used already.")

    def not_from_here(self) -> str:
        """Say that an installation was begun elsewhere, or by somebody else."""
        return self.say(
            "This installation was not begun in this browser, or it has ended already. Cookies must be "
            "allowed for this address."
        )

    def whole_organisation(self) -> str:
        """Say that a whole organisation cannot install us at once."""
        return self.say(
            "Study Hall cannot be installed for a whole organisation at once: choose one workspace."
        )

    def set_up_wrongly(self) -> str:
        """Say that the fault is with whoever runs this."""
        return self.say("This Study Hall is not set up rightly; whoever runs it finds the reason in its log.")

    def out_of_reach(self) -> str:
        """Say that Slack, or our own database, does not answer."""
        return self.say("Slack or Study Hall is out of order just now. Try again in a few minutes.")

    def too_many(self) -> str:
        """Say that more people install us than can be."""
        return self.say("Too many installations were begun just now. Try again in a minute.")

    # --------------------------------------------------------------------------------------------- links

    def begin_again(self) -> str:
        """Label the link that begins an installation."""
        return self.say("Begin again")

    def open_slack(self) -> str:
        """Label the link to Slack."""
        return self.say("Open Slack")


SAY: Final = SlackPages()
"""Who installs us has told no language yet."""
