"""Refusals: how Discord says no, with its own status, code and words."""

from dataclasses import dataclass, field
from typing import Any, Final

Json = dict[str, Any]
"""A JSON object as it is on the wire."""

INVALID_FORM: Final = 50035


@dataclass(eq=False)
class RefusedError(Exception):
    """A request was refused and nothing has happened. *errors* is the tree of what is wrong in a form."""

    status: int
    code: int
    message: str
    errors: Json = field(default_factory=dict)

    def __str__(self) -> str:
        """Return what a log would say."""
        return f"{self.status} ({self.code}) {self.message} {self.errors or ''}".rstrip()

    def body(self) -> Json:
        """Return the answer's body."""
        said: Json = {"message": self.message, "code": self.code}
        return {**said, "errors": self.errors} if self.errors else said


def not_found() -> RefusedError:
    """Return what is said of a path that does not exist."""
    return RefusedError(404, 0, "404: Not Found")


def unauthorized() -> RefusedError:
    """Return what is said to a wrong token."""
    return RefusedError(401, 0, "401: Unauthorized")


def unknown_channel() -> RefusedError:
    """Return what is said of a channel that does not exist."""
    return RefusedError(404, 10003, "Unknown Channel")


def unknown_guild() -> RefusedError:
    """Return what is said of a guild that does not exist, or that the bot is not in."""
    return RefusedError(404, 10004, "Unknown Guild")


def unknown_member() -> RefusedError:
    """Return what is said of somebody who is not in the guild."""
    return RefusedError(404, 10007, "Unknown Member")


def unknown_message() -> RefusedError:
    """Return what is said of a message that does not exist, or that only one person sees."""
    return RefusedError(404, 10008, "Unknown Message")


def unknown_user() -> RefusedError:
    """Return what is said of a user who does not exist."""
    return RefusedError(404, 10013, "Unknown User")


def unknown_emoji() -> RefusedError:
    """Return what is said of a reaction that is no emoji."""
    return RefusedError(400, 10014, "Unknown Emoji")


def unknown_webhook() -> RefusedError:
    """Return what is said of the webhook of an interaction that was not acknowledged."""
    return RefusedError(404, 10015, "Unknown Webhook")


def unknown_interaction() -> RefusedError:
    """Return what is said of an interaction that nobody waits for any more."""
    return RefusedError(404, 10062, "Unknown interaction")


def unknown_command() -> RefusedError:
    """Return what is said of a command that is not registered."""
    return RefusedError(404, 10063, "Unknown application command")


def most_reactions() -> RefusedError:
    """Return what is said of a 21st reaction."""
    return RefusedError(400, 30010, "Maximum number of reactions reached (20)")


def most_commands(most: int) -> RefusedError:
    """Return what is said of one command too many."""
    return RefusedError(400, 30032, f"Maximum number of application commands reached ({most}).")


def too_large() -> RefusedError:
    """Return what is said of a file above the limit."""
    return RefusedError(413, 40005, "Request entity too large")


def acknowledged_already() -> RefusedError:
    """Return what is said of a second callback."""
    return RefusedError(400, 40060, "Interaction has already been acknowledged.")


def missing_access() -> RefusedError:
    """Return what is said of a channel that the bot cannot see."""
    return RefusedError(403, 50001, "Missing Access")


def not_the_author() -> RefusedError:
    """Return what is said of an edit of somebody else's message."""
    return RefusedError(403, 50005, "Cannot edit a message authored by another user")


def empty_message() -> RefusedError:
    """Return what is said of a message that shows nothing."""
    return RefusedError(400, 50006, "Cannot send an empty message")


def direct_messages_closed() -> RefusedError:
    """Return what is said of a person who takes no direct messages from the bot."""
    return RefusedError(403, 50007, "Cannot send messages to this user")


def no_text_channel() -> RefusedError:
    """Return what is said of a message to a forum itself."""
    return RefusedError(400, 50008, "Cannot send messages in a non-text channel")


def missing_permissions() -> RefusedError:
    """Return what is said of an action that the bot lacks a permission for."""
    return RefusedError(403, 50013, "Missing Permissions")


def invalid_webhook_token() -> RefusedError:
    """Return what is said of an interaction's token after its fifteen minutes."""
    return RefusedError(401, 50027, "Invalid Webhook Token")


def archived_thread() -> RefusedError:
    """Return what is said of a change in an archived thread."""
    return RefusedError(400, 50083, "Thread is archived")


def invalid_json() -> RefusedError:
    """Return what is said of a body that cannot be read."""
    return RefusedError(400, 50109, "The request body contains invalid JSON.")


def locked_thread() -> RefusedError:
    """Return what is said of a message to a locked thread."""
    return RefusedError(400, 160005, "Thread is locked")
