"""What the adapter of a chat platform itself says, where no round is concerned: menus, faults, old forms."""

from bot.wording.catalogues.phrases import Phrases


class ChatNotices(Phrases):
    """The notices that every chat platform shares; another language overrides them."""

    def root_description(self) -> str:
        """Describe the root command in a platform's list of commands: at most 100 characters."""
        return self.say("Quiz rounds, the question of the day, leaderboards: study together.")

    def explain_menu(self) -> str:
        """Name the entry in the menu of a message that explains its question: at most 24 characters."""
        return self.say("Explain this question")

    def flag_menu(self) -> str:
        """Name the entry in the menu of a message that flags its question: at most 24 characters."""
        return self.say("Flag this question")

    def flag_label(self) -> str:
        """Head the field for a flag's reason: at most 45 characters."""
        return self.say("What is wrong with it?")

    def flag_hint(self) -> str:
        """Stand in the empty field for a flag's reason: at most 100 characters."""
        return self.say("The key, the wording, out of date …  You may leave this empty.")

    def not_done(self) -> str:
        """Head a message that says why nothing was done."""
        return self.say("Not done")

    def no_question_here(self) -> str:
        """Say that a message has no question to explain or to flag."""
        return self.say(
            "There is no question in this message, or it is older than a month. "
            "Use this on a question of mine, or on its answer."
        )

    def control_gone(self) -> str:
        """Say that a button means nothing any more."""
        return self.say("This button is from an older version and does nothing any more. Use a newer one.")

    def where_private(self) -> str:
        """Say where a learner's own round is."""
        return self.say("Look at our direct messages.")

    def busy(self) -> str:
        """Say that a form could not be opened in time."""
        return self.say("I am busy right now. Press again in a moment.")

    def file_gone(self) -> str:
        """Say that the platform did not hand over a file that somebody sent."""
        return self.say("I could not get that file from here. Send it again.")

    def nothing_more(self) -> str:
        """Stand in a message that an edit has no more text for."""
        return self.say("Nothing more here for now.")

    def went_wrong(self) -> str:
        """Say that an event met a fault of ours, after which it may have counted or not."""
        return self.say(
            "Something went wrong here, and this may not have counted. Do it again: nothing counts twice."
        )
