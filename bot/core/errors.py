"""The errors that Study Hall raises.

::

    StudyHallError
    ├── ConfigError            a setting that cannot be used
    ├── ContentError           a pack or a file that cannot be read
    ├── StoreError             the database said no
    │   └── MigrationError     a schema that is newer than this program, or was changed by hand
    └── DeliveryError          a transport could not deliver
        ├── DeliveryRefused    for good: no such channel, no permission, message too old
        ├── DeliveryDelayed    not now: rate limit or a fault on their side, with the time to wait
        └── DeliveryUnknown    it may have arrived or not

Expected trouble (a late answer, a double start) is data, not one of these.
"""


class StudyHallError(Exception):
    """The base of all: its message says what was expected and what to do next."""


class ConfigError(StudyHallError):
    """A setting cannot be used."""


class ContentError(StudyHallError):
    """A pack or a file cannot be read."""


class StoreError(StudyHallError):
    """The database refused or failed."""


class MigrationError(StoreError):
    """The schema is newer than this program, or was changed by hand."""


class DeliveryError(StudyHallError):
    """A transport could not deliver a message."""


class DeliveryRefused(DeliveryError):  # noqa: N818 - it says what became of the message
    """The message can never be delivered."""


class DeliveryDelayed(DeliveryError):  # noqa: N818 - it says what became of the message
    """The message could not be delivered now; *retry_after* is in seconds.

    Not *tried*, nothing left the process: it was only not its turn, and no try is counted.
    """

    def __init__(self, message: str, retry_after: float, *, tried: bool = True) -> None:
        """Keep how long to wait."""
        super().__init__(message)
        self.retry_after = retry_after
        self.tried = tried


class DeliveryUnknown(DeliveryError):  # noqa: N818 - it says what became of the message
    """The message may have been delivered or not."""
