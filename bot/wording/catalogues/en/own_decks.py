"""The decks that a group has brought itself, in English."""

from collections.abc import Sequence
from typing import Final

from bot.core.deck_effects import DeckTrouble
from bot.core.drafting import Flaw
from bot.wording.catalogues.en.common import CommonPhrases
from bot.wording.views import Code, Inline

_TROUBLES: Final = {
    DeckTrouble.NO_GROUP: "Decks belong to a group. Type this in a channel of yours.",
    DeckTrouble.NO_FILE: "There is no file with this. Attach one, and say decks add again.",
    DeckTrouble.TOO_MANY_FILES: "That is more than ten files. Send up to ten, or one archive with all.",
    DeckTrouble.FILE_TOO_LARGE: "That is larger than 8 MB. Split it, or leave out its pictures.",
    DeckTrouble.FILE_GONE: "The file could not be fetched. Send it again.",
    DeckTrouble.NOT_READ: "{detail}",
    DeckTrouble.TOOK_TOO_LONG: "Reading that took too long, so it was left. Send it in smaller parts.",
    DeckTrouble.BUSY: "Another file is being read for this group. Send yours again in a minute.",
    DeckTrouble.PACK_TOO_LARGE: "With that, the group's own decks would be too large. Remove a deck first.",
    DeckTrouble.UPLOAD_GONE: "This upload was decided on, or an hour has passed. Send the file again.",
    DeckTrouble.CHANGED_SINCE: "The group's decks have changed since the file was read. Send it again.",
    DeckTrouble.NOT_OWN: "This is no deck that the group has brought itself. See /quiz decks.",
    DeckTrouble.NO_OWN: "This group has brought no decks yet. Begin with /quiz decks add.",
    DeckTrouble.PROPOSAL_GONE: "Somebody has decided on this proposal already. See /quiz decks proposals.",
    DeckTrouble.MANY_PROPOSALS: "A hundred proposals are waiting. An organiser looks at them first.",
    DeckTrouble.NOT_EXPORTED: "{detail}",
}
_FLAWS: Final = {
    Flaw.NO_PROMPT: "The question is missing. Type what you want to ask.",
    Flaw.LONG_PROMPT: "The question is longer than 2,000 characters. Shorten it.",
    Flaw.FEW_OPTIONS: "A question needs two options at least. Write one a line.",
    Flaw.MANY_OPTIONS: "A question has ten options at most. Leave some out.",
    Flaw.EMPTY_OPTION: "An option has nothing but a star. Write what it says behind the star.",
    Flaw.LONG_OPTION: "An option is longer than 300 characters: {said}. Shorten it.",
    Flaw.SAME_OPTIONS: "Two options say the same: {said}. Change one of them.",
    Flaw.NONE_RIGHT: "No option is marked as right. Put a star before each right one.",
    Flaw.ALL_RIGHT: "Every option is marked as right. Leave the star away before those that are not.",
    Flaw.LONG_EXPLANATION: "The explanation is longer than 3,000 characters. Shorten it.",
    Flaw.LONG_DECK: "The name of the deck is longer than 80 characters. Shorten it.",
    Flaw.FULL_DECK: "The deck has 5,000 questions, which is all it can have. Name another deck.",
    Flaw.THERE_ALREADY: "The group's decks have this question already.",
}
_REPAIRS: Final = {
    "mac-roman": "wrongly decoded text",
    "windows-1252": "wrongly decoded text",
    "html-entities": "HTML entities",
    "cited-letter": "options cited by letter",
    "closing-answer": "closing “Answer: …” lines",
    "doubled-maths": "doubled formulas",
    "picture-placeholder": "placeholders of pictures",
    "one-line-code": "code in one line",
}


_HINTS: Final = {
    "add": "Add what could be read to this group's decks",
    "leave": "Add nothing of it",
    "report": "Have the whole report as a file",
    "remove": "Remove this deck for everybody in this group",
    "accept": "Add the question as it stands",
    "mend": "Change the question before it is added",
    "decline": "Do not add the question",
    "next": "Look at the next question that was proposed",
}


class OwnDeckPhrases(CommonPhrases):
    """What is said of a group's own decks."""

    def hint_on(self, button: str) -> str:
        """Say the whole of what a button does, for those who hear it."""
        return self.say(_HINTS[button])

    def own_decks(self) -> str:
        """Name the pack of the decks that the group has brought itself."""
        return self.say("This group's own decks")

    # ------------------------------------------------------------------------------------------------ uploads

    def read_title(self, files: int) -> str:
        """Head what files hold."""
        return self.count(files, {"one": "What the file holds", "other": "What the {n} files hold"})

    def file_read(self, path: str, format_: str, questions: int, others: int, problems: int) -> str:
        """Say what one file gave."""
        parts = [self.count(questions, {"one": "{n} question", "other": "{n} questions"})]
        if others:
            parts.append(self.count(others, {"one": "{n} card or note", "other": "{n} cards and notes"}))
        if problems:
            parts.append(self.count(problems, {"one": "{n} problem", "other": "{n} problems"}))
        return self.say("{path} ({format}): {found}", path=path, format=format_, found=self.row(parts))

    def upload_sum(self, new: int, changed: int, same: int) -> str:
        """Say how many questions are new, changed, and there already."""
        return self.say(
            "Questions: {new} new, {changed} changed, {same} there already.",
            new=new,
            changed=changed,
            same=same,
        )

    def upload_others(self, others: int) -> str:
        """Say how much there is besides questions."""
        return self.count(
            others, {"one": "{n} card, note or lab is new.", "other": "{n} cards, notes and labs are new."}
        )

    def upload_off(self, off: int) -> str:
        """Say how many questions are not asked yet."""
        return self.count(
            off,
            {
                "one": "{n} question is not asked until you decide about it with /quiz decks review.",
                "other": "{n} questions are not asked until you decide about them with /quiz decks review.",
            },
        )

    def upload_repaired(self, repaired: Sequence[tuple[str, int]]) -> str:
        """Say what was repaired without asking."""
        kinds: dict[str, int] = {}
        for kind, number in repaired:
            name = self.say(_REPAIRS[kind]) if kind in _REPAIRS else kind
            kinds[name] = kinds.get(name, 0) + number
        parts = [self.say("{kind} ({n})", kind=kind, n=number) for kind, number in kinds.items()]
        return self.say("Repaired without asking: {what}.", what=self.listing(parts))

    def upload_left(self, lines: int, *, kept: bool) -> str:
        """Say how much of the files became nothing; why stands in the whole report, when that is *kept*."""
        if not kept:
            return self.count(
                lines, {"one": "{n} line became nothing.", "other": "{n} lines became nothing."}
            )
        return self.count(
            lines,
            {
                "one": "{n} line became nothing; the whole report says why.",
                "other": "{n} lines became nothing; the whole report says why.",
            },
        )

    def upload_problems(self, number: int) -> str:
        """Lead in what a person has to look at."""
        return self.count(number, {"one": "{n} problem to look at:", "other": "{n} problems to look at:"})

    def problem_place(self, path: str, line: int) -> str:
        """Say where a problem is."""
        if not line:
            return self.say("{path}:", path=path)
        return self.say("{path}, line {line}:", path=path, line=line)

    def more_in_report(self, number: int) -> str:
        """Say that there is more than is shown."""
        return self.count(
            number, {"one": "{n} more is in the whole report.", "other": "{n} more are in the whole report."}
        )

    def add_or_leave(self) -> str:
        """Say that nothing is added yet."""
        return self.say("Nothing is added yet. You can decide within an hour.")

    def nothing_new(self) -> str:
        """Say that there is nothing to add."""
        return self.say("There is nothing to add: all that could be read is there already.")

    def nothing_read(self) -> str:
        """Say that there is nothing to add, because nothing could be read."""
        return self.say("There is nothing to add: no question could be read.")

    def add_upload(self, new: int) -> str:
        """Name the button that adds an upload."""
        if not new:
            return self.say("Add this")
        return self.count(new, {"one": "Add {n} question", "other": "Add {n} questions"})

    def leave_upload(self) -> str:
        """Name the button that forgets an upload."""
        return self.say("Leave it")

    def whole_report(self) -> str:
        """Name the button that gives the whole report."""
        return self.say("Whole report")

    def added_title(self) -> str:
        """Head what was added."""
        return self.say("Added to this group's decks")

    def added(self, new: int, changed: int) -> str:
        """Say what was added."""
        if changed:
            return self.say("Questions: {new} new, {changed} changed.", new=new, changed=changed)
        return self.count(new, {"one": "{n} new question.", "other": "{n} new questions."})

    def more_decks(self, number: int) -> str:
        """Say that there are more decks than are shown."""
        return self.count(
            number, {"one": "{n} more deck: see /quiz decks.", "other": "{n} more decks: see /quiz decks."}
        )

    def dropped_title(self) -> str:
        """Head that an upload is forgotten."""
        return self.say("Left")

    def dropped(self) -> str:
        """Say that nothing was added."""
        return self.say("Nothing was added.")

    # -------------------------------------------------------------------------------------------------- decks

    def removal_title(self) -> str:
        """Head the question whether a deck should go."""
        return self.say("Remove this deck?")

    def removal_asked(self, title: str, questions: int) -> str:
        """Say what goes with a deck, and what stays."""
        return self.count(
            questions,
            {
                "one": "{title} has {n} question. What was answered stays; rounds that run go on.",
                "other": "{title} has {n} questions. What was answered stays; rounds that run go on.",
            },
            title=title,
        )

    def remove_deck(self) -> str:
        """Name the button that removes a deck."""
        return self.say("Remove it")

    def removed_title(self) -> str:
        """Head that a deck is gone."""
        return self.say("Deck removed")

    def removed(self, title: str) -> str:
        """Say which deck is gone."""
        return self.say("{title} is no longer asked in this group.", title=title)

    # ------------------------------------------------------------------------------------- writing, proposing

    def writing_titles(self) -> tuple[str, str, str]:
        """Head the form, and name what sends it: for a question, a proposal, and one that is mended."""
        return self.say("Write a question"), self.say("Propose a question"), self.say("Mend and accept")

    def writing_label(self) -> str:
        """Say what the form is."""
        return self.say("A question with options")

    def writing_lead(self) -> str:
        """Say how options are typed."""
        return self.say("One option a line, with a star (*) before each right one.")

    def writing_fields(self) -> tuple[str, str, str, str]:
        """Name the fields of the form."""
        return self.say("Question"), self.say("Options"), self.say("Explanation"), self.say("Deck")

    def options_hint(self) -> str:
        """Say how options are typed, at their field."""
        return self.say("One a line, a star (*) before each right one")

    def deck_hint_written(self) -> str:
        """Say what comes of an empty field for the deck."""
        return self.say("A deck of your group, or a new one")

    def not_written_title(self) -> str:
        """Head what is wrong with a question that was typed."""
        return self.say("Not taken yet")

    def flaw(self, flaw: Flaw | None, said: str) -> str:
        """Say what is wrong with a question that was typed."""
        template = "This cannot be asked as it is." if flaw is None else _FLAWS[flaw]
        return self.say(template, said=self.quoted(said))

    def written_title(self) -> str:
        """Head a question that was added."""
        return self.say("Question added")

    def written(self, deck: str) -> str:
        """Say where a question was added."""
        return self.say("It is in the deck {deck} now.", deck=deck)

    def to_play(self, command: str) -> tuple[Inline, ...]:
        """Say what to type to play."""
        return self.weave("To play: {command}", command=Code(command))

    def proposed_title(self) -> str:
        """Head a question that was proposed."""
        return self.say("Question proposed")

    def proposed(self) -> str:
        """Say what comes of a proposal."""
        return self.say("Thank you. An organiser looks at it, and you will hear what came of it.")

    def proposal_title(self) -> str:
        """Head a proposal."""
        return self.say("A proposed question")

    def proposal_lead(self, by: str, left: int) -> str:
        """Say whose proposal it is, and how many wait."""
        return self.count(
            left,
            {"one": "By {name}; the only one that waits.", "other": "By {name}; {n} are waiting."},
            name=self.name(by),
        )

    def proposal_deck(self, deck: str) -> str:
        """Say for which deck a question was proposed."""
        return self.say("For the deck {deck}.", deck=deck)

    def no_proposals_title(self) -> str:
        """Head that nothing waits."""
        return self.say("Proposed questions")

    def no_proposals(self) -> str:
        """Say that nothing waits, and where proposals come from."""
        return self.say("None is waiting. Anybody in the group can make one with /quiz decks propose.")

    def accept(self) -> str:
        """Name the button that accepts."""
        return self.say("Accept")

    def mend(self) -> str:
        """Name the button that opens the form."""
        return self.say("Mend")

    def decline(self) -> str:
        """Name the button that declines."""
        return self.say("Decline")

    def next_proposal(self) -> str:
        """Name the button that shows the next proposal."""
        return self.say("Next one")

    def decided_title(self, *, accepted: bool) -> str:
        """Head what was decided."""
        return self.say("Accepted") if accepted else self.say("Declined")

    def accepted_proposal(self, by: str, deck: str) -> str:
        """Say what was accepted."""
        return self.say("The question of {name} is in the deck {deck} now.", name=self.name(by), deck=deck)

    def declined(self, by: str) -> str:
        """Say what was declined."""
        return self.say("{name} will hear that the question was not taken.", name=self.name(by))

    def proposals_left(self, left: int) -> str:
        """Say how many proposals still wait."""
        return self.count(left, {"one": "{n} more is waiting.", "other": "{n} more are waiting."})

    def your_proposal_title(self) -> str:
        """Head what became of the reader's proposal."""
        return self.say("The question that you proposed")

    def proposal_answered(self, deck: str, *, accepted: bool, mended: bool) -> str:
        """Say what became of the reader's proposal."""
        if not accepted:
            return self.say("An organiser did not take it.")
        if mended:
            return self.say("An organiser mended it and put it into the deck {deck}. Thank you.", deck=deck)
        return self.say("An organiser put it into the deck {deck}. Thank you.", deck=deck)

    # -------------------------------------------------------------------------------------------------- files

    def file_title(self) -> str:
        """Head a file."""
        return self.say("Your file")

    def download(self, name: str) -> str:
        """Name the link to a file."""
        return self.say("Download {name}", name=name)

    def left_out(self, number: int) -> str:
        """Lead in what a format cannot hold."""
        return self.count(
            number,
            {
                "one": "{n} thing has no place in this format:",
                "other": "{n} things have no place in this format:",
            },
        )

    def more_left_out(self, number: int) -> str:
        """Say that there is more of that than is shown."""
        return self.count(number, {"one": "And {n} more.", "other": "And {n} more."})

    def decks_refused_title(self) -> str:
        """Head why nothing was done."""
        return self.say("Not done")

    def decks_refused(self, why: DeckTrouble, detail: str) -> str:
        """Say why nothing was done about decks, and what to do next."""
        return self.say(_TROUBLES[why], detail=detail)
