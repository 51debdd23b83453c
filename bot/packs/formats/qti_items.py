"""One item of QTI as a draft, by the interaction that it has."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import Final

from bot.core.items import Blank, BlanksKey, Kind, NumberKey, Place, Point, Source, TextKey
from bot.packs.formats.html_text import read_node
from bot.packs.formats.html_trees import Node
from bot.packs.formats.study_html import STAND_IN
from bot.packs.formats.xml_trees import child, descendants
from bot.packs.importing.drafts import DraftOption, DraftQuestion, Fault, Problem, Span

TOOL: Final = "Study Hall"
"""What the items that we write name as their tool; ids of others say little, and are not taken over."""

_INTERACTIONS: Final = tuple(
    f"{name}Interaction"
    for name in [
        "choice",
        "order",
        "match",
        "associate",
        "textEntry",
        "extendedText",
        "inlineChoice",
        "gapMatch",
        "graphicGapMatch",
        "hotspot",
        "hottext",
        "graphicOrder",
        "graphicAssociate",
        "selectPoint",
        "positionObject",
        "slider",
        "drawing",
        "upload",
        "media",
        "custom",
    ]
)
_ASIDE: Final = frozenset({"rubricBlock", "feedbackBlock", "feedbackInline", "stylesheet", "modalFeedback"})
_DECIDE: Final = "Set its `key` in the pack, and delete `off`."


@dataclass(slots=True)
class Taken:
    """The question, or *why* there is none, and what a person has to look at."""

    question: DraftQuestion | None = None
    why: str = ""
    problems: list[Problem] = field(default_factory=list)


def take_item(root: Node, span: Span) -> Taken:
    """Return the question that the item *root* is."""
    return _Item(root, span).taken()


class _Item:
    """One item on its way to being a draft."""

    def __init__(self, root: Node, span: Span) -> None:
        self._root = root
        self._span = span
        self._body = child(root, "itemBody") or Node("itemBody")
        self._declared = {
            one.attributes.get("identifier", ""): one for one in descendants(root, "responseDeclaration")
        }
        self._own = root.attributes.get("toolName") == TOOL
        self._problems: list[Problem] = []
        self._off: list[str] = []

    def taken(self) -> Taken:
        """Return the question, or why there is none."""
        found = descendants(self._body, *_INTERACTIONS)
        kinds = {one.tag for one in found}
        draft = self._common()
        if descendants(self._root, "templateProcessing"):
            why = "is made anew by a template each time it is asked"
            return self._refused(Fault.NOT_SUPPORTED, why, "Write out one case of it as an item.")
        if not draft.prompt:
            return self._refused(Fault.NO_PROMPT, "has no prompt", "Write what is asked in its body.")
        if kinds and kinds <= {"textEntryInteraction", "inlineChoiceInteraction"}:
            question: DraftQuestion | None = self._typed(draft, found)
        elif len(found) == 1:
            question = self._single(draft, found[0])
        else:
            question = None
        if question is None:
            said = ", ".join(sorted(kinds)) or "no interaction"
            return self._refused(
                Fault.NOT_SUPPORTED, f"has {said}, which cannot be asked here", "Ask it anew."
            )
        return Taken(replace(question, off=tuple(dict.fromkeys(self._off))), problems=self._problems)

    def _refused(self, fault: Fault, why: str, mend: str) -> Taken:
        name = self._root.attributes.get("identifier", "")
        self._problems.append(Problem(fault, self._span.first, f"The item {name} {why}.", mend))
        return Taken(None, f"an item that {why}", self._problems)

    def _common(self) -> DraftQuestion:
        """Return what items of every kind have."""
        scenarios = [one for one in descendants(self._body, "div") if _has_class(one, "scenario")]
        id_ = self._unmarked(self._root.attributes.get("identifier", ""))
        solution, sources = self._solution()
        scenario = "\n\n".join(self._text(one) for one in scenarios)
        prompt = self._text(_asked(self._body), needed=True).replace(STAND_IN, "___")
        if not prompt and descendants(self._body, "simpleChoice"):
            prompt = self._root.attributes.get("title", "").strip()
        return DraftQuestion(
            Kind.FREE_TEXT,
            prompt,
            self._span,
            explanation=solution,
            sources=sources,
            id=id_,
            scenario=scenario,
            case=id_.rpartition("/")[0] if scenario else "",
        )

    def _unmarked(self, identifier: str) -> str:
        """Return an id of ours as it was; those of others as they are."""
        if not self._own:
            return identifier
        return identifier.removeprefix("_").replace(".", "/")

    def _solution(self) -> tuple[str, tuple[Source, ...]]:
        """Return what is said to everybody afterwards, and the sources that stand below it."""
        choices = {one.attributes.get("identifier", "") for one in descendants(self._body, "simpleChoice")}
        texts: list[str] = []
        sources: list[Source] = []
        for one in descendants(self._root, "modalFeedback"):
            if one.attributes.get("identifier", "") in choices:
                continue
            listed = [inner for inner in descendants(one, "div") if _has_class(inner, "sources")]
            links = (link for inner in listed for link in descendants(inner, "a"))
            sources.extend(Source(link.text(), link.attributes.get("href", "")) for link in links)
            texts.append(self._text(_without(one, lambda node: _has_class(node, "sources"))))
        return "\n\n".join(text for text in dict.fromkeys(texts) if text), tuple(sources)

    def _text(self, node: Node, *, needed: bool = False) -> str:
        """Return *node* as small Markdown, its lost pictures reported; *needed* ones switch the item off."""
        found = read_node(node)
        if found.dropped:
            said = f"{', '.join(found.dropped)[:200]} was left out: pictures and sounds are not imported."
            mend = "Say in words what it shows, where that is needed."
            self._problems.append(Problem(Fault.NEEDS_PICTURE, self._span.first, said, mend))
            if needed:
                self._off.append("It needs a picture that was not imported.")
        return found.text

    # ------------------------------------------------------------------------------------ interactions

    def _single(self, draft: DraftQuestion, node: Node) -> DraftQuestion | None:
        response = node.attributes.get("responseIdentifier", "RESPONSE")
        match node.tag:
            case "choiceInteraction":
                return self._choice(draft, node, response)
            case "orderInteraction":
                return self._order(draft, node, response)
            case "matchInteraction" | "associateInteraction":
                return self._match(draft, node, response)
            case "extendedTextInteraction":
                accept = tuple(dict.fromkeys((*self._correct(response), *self._mapped(response))))
                return replace(draft, key=TextKey(accept, self._points()))
            case _:
                return None

    def _points(self) -> tuple[Point, ...]:
        blocks = descendants(self._body, "rubricBlock")
        said = [" ".join(self._text(one).split()) for block in blocks for one in descendants(block, "li")]
        return tuple(Point(one, (one,)) for one in said if one)

    def _correct(self, response: str) -> list[str]:
        """Return the values of the right response."""
        node = self._declared.get(response)
        inner = child(node, "correctResponse") if node is not None else None
        return [one.text().strip() for one in descendants(inner, "value")] if inner is not None else []

    def _mapped(self, response: str) -> list[str]:
        """Return the values that are worth the most points."""
        entries = self._entries(response)
        points = {key: _decimal(one.attributes.get("mappedValue", "")) for key, one in entries.items()}
        best = max(points.values(), default=Decimal(0))
        return [key for key, value in points.items() if value == best > 0]

    def _entries(self, response: str) -> dict[str, Node]:
        node = self._declared.get(response)
        found = descendants(node, "mapEntry") if node is not None else []
        return {one.attributes.get("mapKey", ""): one for one in found}

    def _right(self, response: str) -> list[str]:
        """Return the right response; by its points where it is not named, which is then reported."""
        right = self._correct(response)
        worth = [
            key
            for key, one in self._entries(response).items()
            if _decimal(one.attributes.get("mappedValue", "")) > 0
        ]
        if right or not worth:
            return right
        self._problems.append(
            Problem(
                Fault.PARTIAL_POINTS,
                self._span.first,
                "The item gives points for parts; here all parts have to be right.",
                "Look at its `key` in the pack.",
            )
        )
        return worth

    def _switch_off(self, reason: str) -> None:
        self._off.append(reason)
        self._problems.append(Problem(Fault.NO_KEY, self._span.first, reason, _DECIDE))

    def _choice(self, draft: DraftQuestion, node: Node, response: str) -> DraftQuestion:
        right = self._right(response)
        choices = descendants(node, "simpleChoice")
        options = tuple(self._option(one, right, at, len(choices)) for at, one in enumerate(choices))
        if not any(option.right for option in options):
            self._switch_off("No option is marked as right.")
        declared = self._declared.get(response, Node(""))
        several = declared.attributes.get("cardinality") == "multiple"
        kind = Kind.MULTIPLE_RESPONSE if several else Kind.SINGLE_CHOICE
        if not several and {one.text.casefold() for one in options} == {"true", "false"}:
            kind = Kind.TRUE_FALSE
        return replace(draft, kind=kind, options=options)

    def _option(self, node: Node, right: Sequence[str], at: int, count: int) -> DraftOption:
        own = node.attributes.get("identifier", "")
        said = [self._text(one) for one in descendants(node, "feedbackInline")]
        later = descendants(self._root, "modalFeedback")
        said += [self._text(one) for one in later if one.attributes.get("identifier") == own]
        fixed = node.attributes.get("fixed") == "true"
        place = (Place.FIRST if 2 * at < count - 1 else Place.LAST) if fixed else Place.ANY
        text = self._text(_without(node, lambda inner: inner.tag in _ASIDE), needed=True)
        id_ = self._unmarked(own) if self._own else ""
        return DraftOption(text, own in right, "\n\n".join(dict.fromkeys(said)), place, id_)

    def _order(self, draft: DraftQuestion, node: Node, response: str) -> DraftQuestion:
        choices = {one.attributes.get("identifier", ""): one for one in descendants(node, "simpleChoice")}
        right = [own for own in self._correct(response) if own in choices]
        if set(right) != set(choices):
            self._switch_off("Its right order is not given for all of its steps.")
            right += [own for own in choices if own not in right]
        options = tuple(self._option(choices[own], (), 0, 1) for own in right)
        return replace(draft, kind=Kind.ORDERING, options=options)

    def _match(self, draft: DraftQuestion, node: Node, response: str) -> DraftQuestion:
        texts = {
            one.attributes.get("identifier", ""): self._text(one, needed=True)
            for one in descendants(node, "simpleAssociableChoice")
        }
        said = [value.split() for value in self._right(response)]
        pairs = [(one[0], one[1]) for one in said if len(one) == 2 and texts.keys() >= set(one)]  # noqa: PLR2004 - a pair
        sets = descendants(node, "simpleMatchSet")
        order = [one.attributes.get("identifier", "") for one in descendants(node, "simpleAssociableChoice")]
        pairs.sort(key=lambda pair: order.index(pair[0]))
        others = descendants(sets[1], "simpleAssociableChoice") if len(sets) > 1 else []
        options = tuple(DraftOption(texts[one.attributes.get("identifier", "")]) for one in others)
        if not pairs:
            self._switch_off("Its right pairs are not given.")
        told = tuple((texts[left], texts[right]) for left, right in pairs)
        return replace(draft, kind=Kind.MATCHING, options=options, pairs=told)

    # --------------------------------------------------------------------------------- what is typed

    def _typed(self, draft: DraftQuestion, nodes: Sequence[Node]) -> DraftQuestion:
        responses = [one.attributes.get("responseIdentifier", "RESPONSE") for one in nodes]
        declared = self._declared.get(responses[0], Node(""))
        if len(nodes) == 1 and declared.attributes.get("baseType") in {"float", "integer"}:
            key = self._number(responses[0])
            if key is not None:
                prompt = draft.prompt.removesuffix("___").rstrip()
                return replace(draft, kind=Kind.NUMERIC, prompt=prompt or draft.prompt, key=key)
        blanks = tuple(self._blank(node, own) for node, own in zip(nodes, responses, strict=True))
        if not all(blank.accept for blank in blanks):
            self._switch_off("A blank of it accepts nothing.")
        return replace(draft, kind=Kind.FILL_IN, key=BlanksKey(blanks))

    def _blank(self, node: Node, response: str) -> Blank:
        right = [*self._correct(response), *self._mapped(response)]
        said = {
            one.attributes.get("identifier", ""): self._text(one) for one in descendants(node, "inlineChoice")
        }
        accept = tuple(dict.fromkeys(said.get(one, one) for one in right))
        cases = [one.attributes.get("caseSensitive") for one in self._entries(response).values()]
        return Blank(accept, exact=bool(cases) and all(one == "true" for one in cases))

    def _number(self, response: str) -> NumberKey | None:
        right = self._correct(response)
        if not right:
            return None
        value = _decimal(right[0])
        equal = next(iter(descendants(self._root, "equal")), Node("equal"))
        mode = equal.attributes.get("toleranceMode", "exact")
        bounds = [_decimal(one) for one in equal.attributes.get("tolerance", "").split()]
        tolerance = max(bounds, default=Decimal(0)) if mode != "exact" else Decimal(0)
        units = [one.text().strip() for one in descendants(self._body, "span") if _has_class(one, "unit")]
        unit = units[0] if units else ""
        return NumberKey(value, tolerance, percent=mode == "relative" and bool(tolerance), unit=unit)


def _has_class(node: Node, name: str) -> bool:
    return name in node.attributes.get("class", "").split()


def _without(node: Node, unwanted: Callable[[Node], bool]) -> Node:
    """Return *node* without the elements in it that are *unwanted*."""
    kept: list[Node | str] = []
    for one in node.children:
        if isinstance(one, str):
            kept.append(one)
        elif not unwanted(one):
            kept.append(_without(one, unwanted))
    return Node(node.tag, node.attributes, kept)


def _asked(node: Node) -> Node:
    """Return *node* with the prompt of an interaction in its place, and a stand-in for each blank."""
    kept: list[Node | str] = []
    for one in node.children:
        if isinstance(one, str):
            kept.append(one)
        elif one.tag == "textEntryInteraction":
            kept.append(STAND_IN)
        elif one.tag == "inlineChoiceInteraction":
            said = " / ".join(inner.text().strip() for inner in descendants(one, "inlineChoice"))
            kept.append(f"{STAND_IN} ({said})")
        elif one.tag.endswith("Interaction"):
            kept += [Node("div", {}, inner.children) for inner in descendants(one, "prompt")]
        elif one.tag not in _ASIDE and not _has_class(one, "scenario") and not _has_class(one, "unit"):
            kept.append(_asked(one))
    return Node(node.tag, node.attributes, kept)


def _decimal(text: str) -> Decimal:
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        return Decimal(0)
    return value if value.is_finite() else Decimal(0)
