"""What Slack's messages, forms and home tab say beside the view."""

from typing import Final

from bot.wording.chat_sentences import ChatSentences
from bot.wording.views import Inline, Moment


class SlackSentences(ChatSentences):
    """Every sentence of Slack's messages in English; another language is a subclass that overrides them."""

    # ------------------------------------------------------------------------------------------ in a message

    def counting(self, seconds: int, label: str, until: Moment) -> tuple[Inline, ...]:
        """Say how long a clock runs in all, and until when: Slack shows no clock that runs."""
        left = f"{seconds // 60}:{seconds % 60:02}"
        return self.weave("{left} {label}, until {until}", left=left, label=label, until=until)

    def open_until(self, label: str, until: Moment) -> tuple[Inline, ...]:
        """Say until when a clock runs that runs long, or nobody knows since when."""
        return self.weave("{label}: until {until}", label=label[:1].upper() + label[1:], until=until)

    def numbers_stand(self) -> str:
        """Say what a number beside an option is for: Slack has no letters to react with."""
        return self.say("Each number stands for the letter beside it: react with the number.")

    def find(self) -> str:
        """Stand in the empty menu of more options than one can look through."""
        return self.say("Type to find an option")

    # ------------------------------------------------------------------------------------- in a form, at home

    def form_title(self) -> str:
        """Head a form whose own title is too long: at most 24 characters."""
        return self.say("Your answer")

    def window_title(self) -> str:
        """Head a window to read whose own title is too long: at most 24 characters."""
        return self.say("Study Hall")

    def send(self) -> str:
        """Label the button that sends a form: at most 24 characters."""
        return self.say("Send")

    def cancel(self) -> str:
        """Label the button that closes a form and sends nothing: at most 24 characters."""
        return self.say("Cancel")

    def close(self) -> str:
        """Label the button that closes what was only to be read: at most 24 characters."""
        return self.say("Close")

    def choose(self) -> str:
        """Stand in the empty menu of a form."""
        return self.say("Choose")

    def ticks(self, least: int, most: int) -> str:
        """Say how many options to tick or to choose in a form; below it too, when it were others."""
        if least == most:
            return self.count(most, {"one": "Choose {n} option.", "other": "Choose {n} options."})
        if least <= 1:
            return self.say("Choose up to {most} options.", most=most)
        return self.say("Choose {least} to {most} options.", least=least, most=most)

    def not_filled(self) -> str:
        """Say below an input that it was left empty; the form is still open."""
        return self.say("This is still empty. Fill it in, and send the form again.")

    def home_is_full(self) -> str:
        """Say how to see what the home tab has no room for."""
        return self.say("There is more than fits here: write /quiz me in a channel to see all of it.")

    def form_is_full(self) -> str:
        """Say where the rest of a text is that a form has no room for."""
        return self.say("The rest is in the message.")


SAY: Final = SlackSentences()
"""Slack's messages speak English until the locale of each reader is known."""
