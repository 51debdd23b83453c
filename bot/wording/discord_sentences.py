"""What Discord's messages and forms say beside the view: what other transports draw or leave to the page."""

from typing import Final

from bot.wording.chat_sentences import ChatSentences


class DiscordSentences(ChatSentences):
    """Every sentence of Discord's messages in English; another language is a subclass that overrides them."""

    def letters_below(self) -> str:
        """Head the options where no text of the message says them."""
        return self.say("The letters:")


SAY: Final = DiscordSentences()
"""Discord's messages speak English until the locale of each reader is known."""
