"""English: the first catalogue, and the measure of every other."""

from bot.wording.catalogues.en.commands import CommandPhrases
from bot.wording.catalogues.en.dailies import DailyPhrases
from bot.wording.catalogues.en.homes import HomePhrases
from bot.wording.catalogues.en.illustrations import IllustrationPhrases
from bot.wording.catalogues.en.inputs import InputPhrases
from bot.wording.catalogues.en.links import LinkPhrases
from bot.wording.catalogues.en.lobbies import LobbyPhrases
from bot.wording.catalogues.en.own_decks import OwnDeckPhrases
from bot.wording.catalogues.en.podiums import PodiumPhrases
from bot.wording.catalogues.en.profiles import ProfilePhrases
from bot.wording.catalogues.en.questions import QuestionPhrases
from bot.wording.catalogues.en.recaps import RecapPhrases
from bot.wording.catalogues.en.refusals import RefusalPhrases
from bot.wording.catalogues.en.replies import ReplyPhrases
from bot.wording.catalogues.en.reveals import RevealPhrases
from bot.wording.catalogues.en.reviews import ReviewPhrases
from bot.wording.catalogues.en.settings import SettingsPhrases
from bot.wording.catalogues.en.tops import TopPhrases


class English(
    LobbyPhrases,
    QuestionPhrases,
    RevealPhrases,
    DailyPhrases,
    PodiumPhrases,
    InputPhrases,
    ReplyPhrases,
    RefusalPhrases,
    RecapPhrases,
    SettingsPhrases,
    TopPhrases,
    ProfilePhrases,
    HomePhrases,
    LinkPhrases,
    OwnDeckPhrases,
    ReviewPhrases,
    IllustrationPhrases,
    CommandPhrases,
):
    """Every sentence in English. Facts go in raw: what people and packs wrote is cleaned on the way."""
