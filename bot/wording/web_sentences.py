"""What the local web chat itself says, where no round is concerned: at its door and about what was sent."""

from typing import Final

from bot.wording.catalogues.phrases import Phrases


class WebSentences(Phrases):
    """Every sentence of the web chat in English; another language is a subclass that overrides them."""

    def tutor_name(self) -> str:
        """Return the name that our own messages stand under."""
        return "Study Hall"

    # ------------------------------------------------------------------------------------------ at the door

    def wrong_host(self) -> str:
        """Say that the address in the browser is not one that this chat is served under."""
        return self.say(
            "Study Hall does not answer to this address. Open the address that it printed when it was "
            "started. To serve it under another name, add that name to the setting web.hosts."
        )

    def wrong_origin(self) -> str:
        """Say that another site asked."""
        return self.say(
            "Study Hall takes this from its own page only. "
            "Open the address that it printed when it was started."
        )

    def wrong_token(self) -> str:
        """Say that the address lacks the right token, and nothing about the right one."""
        return self.say(
            "This address is not complete. Open the whole address that Study Hall printed when it was "
            "started, with everything after the question mark. "
            "If somebody else started it, ask them for the address."
        )

    def crowded(self, most: int) -> str:
        """Say that no more than *most* windows may be connected."""
        return self.count(
            most,
            {
                "one": "Study Hall has {n} window open and takes no more. Close it and try again.",
                "other": "Study Hall has {n} windows open and takes no more. Close one and try again.",
            },
        )

    def no_such_page(self) -> str:
        """Say that an address leads nowhere."""
        return self.say("There is nothing at this address.")

    def address_taken(self, host: str, port: str) -> str:
        """Say that the port cannot be listened on."""
        return self.say(
            "The web chat cannot listen on {host}, port {port}: another program does, or it is not allowed. "
            "Stop that program, or choose another port with STUDYHALL_WEB__PORT.",
            host=host,
            port=port,
        )

    def page_missing(self, folder: str) -> str:
        """Say that the page's files are not where they should be."""
        return self.say(
            "The web page is not in {folder}: index.html is missing. Install Study Hall again.", folder=folder
        )

    def where_private(self) -> str:
        """Say what a reader's private channel is called here."""
        return self.say("That is “Just me” in the list of channels.")

    def stopping(self) -> str:
        """Say that the program is about to stop."""
        return self.say("Study Hall is stopping. This page comes back by itself when it runs again.")

    # ------------------------------------------------------------------------------------------ who you are

    def who_are_you(self) -> str:
        """Say that a name comes first."""
        return self.say("Study Hall does not know yet who you are. Load the page again and join with a name.")

    def here_already(self) -> str:
        """Say that this window has a person already."""
        return self.say("This window has joined already. Open another one to be somebody else.")

    def not_recognised(self) -> str:
        """Say that what proved the person is not right, or that the person is not known."""
        return self.say("Study Hall does not know you any more. Join again with a name.")

    def name_missing(self) -> str:
        """Say that a name with something to see in it is needed."""
        return self.say("Choose a name with at least one letter, digit or sign in it.")

    def name_too_long(self, most: int) -> str:
        """Say how long a name may be."""
        return self.count(
            most,
            {
                "one": "That name is too long: it may have {n} character.",
                "other": "That name is too long: it may have {n} characters.",
            },
        )

    def name_taken(self, name: str) -> str:
        """Say that somebody has this name."""
        return self.say(
            "Somebody is called {name} already. If that is you, continue as {name} in the browser that you "
            "joined with. Otherwise choose another name.",
            name=name,
        )

    def house_full(self, most: int) -> str:
        """Say that no more than *most* people fit."""
        return self.count(
            most,
            {
                "one": "{n} person has joined this Study Hall, and it holds no more.",
                "other": "{n} people have joined this Study Hall, and it holds no more.",
            },
        )

    # ---------------------------------------------------------------------------------------- what you sent

    def not_readable(self) -> str:
        """Say that a frame made no sense, which an old page in an open window may cause."""
        return self.say("Study Hall could not read what this page sent. Load the page again.")

    def slow_down(self) -> str:
        """Say that too much came at once."""
        return self.say("That was a lot at once. Wait a second, then go on.")

    def no_such_channel(self) -> str:
        """Say that the channel is not there."""
        return self.say("There is no such channel. Choose one from the list.")

    def channel_name_wrong(self, most: int) -> str:
        """Say what a channel may be called."""
        return self.count(
            most,
            {
                "one": "A channel's name is {n} letter or digit.",
                "other": "A channel's name is made of letters, digits and hyphens, {n} at most.",
            },
        )

    def channels_full(self, most: int) -> str:
        """Say that no more than *most* channels fit."""
        return self.count(
            most,
            {
                "one": "There is {n} channel already, and there can be no more.",
                "other": "There are {n} channels already, and there can be no more.",
            },
        )

    def nothing_said(self) -> str:
        """Say that a line was empty."""
        return self.say("There is nothing in that message. Type something first.")

    def line_too_long(self, most: int) -> str:
        """Say how long a line may be."""
        return self.count(
            most,
            {
                "one": "That message is too long: it may have {n} character.",
                "other": "That message is too long: it may have {n} characters.",
            },
        )

    def message_gone(self) -> str:
        """Say that the message is not there, or not for this reader."""
        return self.say("That message is not there any more.")

    def control_gone(self) -> str:
        """Say that the message does not have this control."""
        return self.say("That message has no such button. Load the page again.")

    def control_filled_wrongly(self) -> str:
        """Say that what was picked or typed does not fit the control."""
        return self.say("That does not fit what was asked. Look at the question again and send it once more.")

    def no_emoji(self) -> str:
        """Say that a reaction must be an emoji."""
        return self.say("A reaction is one emoji.")

    def reactions_full(self, most: int) -> str:
        """Say that a message holds no more than *most* kinds of reaction."""
        return self.count(
            most,
            {
                "one": "That message has {n} kind of reaction already, and it holds no more.",
                "other": "That message has {n} kinds of reaction already, and it holds no more.",
            },
        )

    def no_file(self) -> str:
        """Say that there is no file in what was sent."""
        return self.say("There was no file in that. Choose one and send it again.")

    def half_a_file(self) -> str:
        """Say that a file did not come whole."""
        return self.say("Only a part of the file arrived. Send it again.")

    def went_wrong(self) -> str:
        """Say that an event met a fault of ours, after which it may have counted or not."""
        return self.say(
            "Something went wrong here, and this may not have counted. Send it again: nothing counts twice."
        )

    def not_shown(self) -> str:
        """Stand in for a stored message that this version cannot read."""
        return self.say("(This message was written by a newer version of Study Hall.)")


SAY: Final = WebSentences()
"""The web chat speaks English until it learns its readers' locales."""
