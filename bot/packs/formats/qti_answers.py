"""One item as a file of QTI 2.1: declarations, body, grading, and what is said afterwards."""

from collections.abc import Iterable, Sequence
from typing import Final, assert_never
from xml.etree.ElementTree import Element

from bot.core.items import (
    Blank,
    BlanksKey,
    ChoiceKey,
    Item,
    Kind,
    MatchKey,
    NumberKey,
    Option,
    OrderKey,
    Place,
    TextKey,
)
from bot.packs import prose
from bot.packs.formats.qti_items import TOOL
from bot.packs.formats.qti_xml import add, element, fill, fill_inline, with_blanks
from bot.packs.formats.study_html import with_stand_ins

_TEMPLATES: Final = "http://www.imsglobal.org/question/qti_v2p1/rptemplates/"
MATCH_CORRECT: Final = f"{_TEMPLATES}match_correct"
MAP_RESPONSE: Final = f"{_TEMPLATES}map_response"
_RESPONSE: Final = "RESPONSE"
_LONGEST_TITLE: Final = 100
_ORDER: Final = {Place.FIRST: 0, Place.ANY: 1, Place.LAST: 2}


def item_file(item: Item, name: str) -> Element:
    """Return *item* under the identifier *name*."""
    root = element(
        "assessmentItem",
        identifier=name,
        title=_title(item),
        adaptive="false",
        timeDependent="false",
        toolName=TOOL,
        toolVersion="1",
    )
    for declared in _declared(item):
        root.append(declared)
    _declare_outcomes(root, item)
    root.append(_body(item))
    graded = _graded(item)
    if graded is not None:
        root.append(graded)
    _say_afterwards(root, item)
    return root


def _title(item: Item) -> str:
    words = prose.plain(item.prompt)
    return words if len(words) <= _LONGEST_TITLE else words[:_LONGEST_TITLE].rpartition(" ")[0] + " …"


# ---------------------------------------------------------------------------------------------- declarations


def _declared(item: Item) -> list[Element]:
    """Return the declarations of the responses, with what is right."""
    match item.key:
        case ChoiceKey():
            several = item.kind is Kind.MULTIPLE_RESPONSE
            cardinality = "multiple" if several else "single"
            return [_response(_RESPONSE, cardinality, "identifier", map(_safe_id, item.key.right))]
        case OrderKey():
            return [_response(_RESPONSE, "ordered", "identifier", map(_safe_id, item.key.order))]
        case MatchKey():
            pairs = (f"L-{left} R-{right}" for left, right in item.key.pairs)
            return [_response(_RESPONSE, "multiple", "directedPair", pairs)]
        case BlanksKey():
            names = _names(item.key.blanks)
            return [_blank(name, blank) for name, blank in zip(names, item.key.blanks, strict=True)]
        case NumberKey():
            return [_response(_RESPONSE, "single", "float", [str(item.key.value)])]
        case TextKey():
            declared = _response(_RESPONSE, "single", "string", item.key.accept[:1])
            if len(item.key.accept) > 1:
                declared.append(_mapping(item.key.accept, exact=item.key.exact))
            return [declared]
        case _:
            assert_never(item.key)


def _safe_id(own: str) -> str:
    """Return the id of an option as an identifier, which begins with no digit."""
    return f"_{own}" if own[:1].isdigit() else own


def _names(blanks: Sequence[Blank]) -> list[str]:
    count = len(blanks)
    return [_RESPONSE] if count == 1 else [f"{_RESPONSE}_{number}" for number in range(1, count + 1)]


def _response(name: str, cardinality: str, base: str, values: Iterable[str]) -> Element:
    node = element("responseDeclaration", identifier=name, cardinality=cardinality, baseType=base)
    said = list(values)
    if said:
        correct = add(node, "correctResponse")
        for value in said:
            add(correct, "value", value)
    return node


def _blank(name: str, blank: Blank) -> Element:
    node = _response(name, "single", "string", blank.accept[:1])
    node.append(_mapping(blank.accept, exact=blank.exact))
    return node


def _mapping(accept: Sequence[str], *, exact: bool) -> Element:
    node = element("mapping", lowerBound="0", upperBound="1", defaultValue="0")
    for text in accept:
        add(node, "mapEntry", mapKey=text, mappedValue="1", caseSensitive="true" if exact else "false")
    return node


def _declare_outcomes(root: Element, item: Item) -> None:
    score = add(root, "outcomeDeclaration", identifier="SCORE", cardinality="single", baseType="float")
    add(add(score, "defaultValue"), "value", "0")
    if _tells(item):
        cardinality = "multiple" if item.kind is Kind.MULTIPLE_RESPONSE else "single"
        add(root, "outcomeDeclaration", identifier="FEEDBACK", cardinality=cardinality, baseType="identifier")
    if item.explanation or item.sources:
        add(root, "outcomeDeclaration", identifier="SOLUTION", cardinality="single", baseType="identifier")


def _tells(item: Item) -> bool:
    """Tell whether what is said afterwards depends on what was chosen."""
    return isinstance(item.key, ChoiceKey) and any(option.feedback for option in item.options)


# ------------------------------------------------------------------------------------------------- the body


def _body(item: Item) -> Element:
    body = element("itemBody")
    if item.scenario:
        fill(add(body, "div", class_="scenario"), item.scenario)
    prompt = with_stand_ins(item.prompt) if isinstance(item.key, BlanksKey) else item.prompt
    asked = fill(add(body, "div", class_="prompt"), prompt)
    match item.key:
        case ChoiceKey():
            _ask_choice(body, item)
        case OrderKey():
            node = add(body, "orderInteraction", responseIdentifier=_RESPONSE, shuffle="true")
            _add_choices(node, item.options)
        case MatchKey():
            _ask_pairs(body, item)
        case BlanksKey():
            with_blanks(asked, (_entry(name) for name in _names(item.key.blanks)))
        case NumberKey():
            _ask_number(body, item.key)
        case TextKey():
            _ask_text(body, item.key)
        case _:
            assert_never(item.key)
    return body


def _entry(name: str) -> Element:
    return element("textEntryInteraction", responseIdentifier=name, expectedLength="20")


def _ask_choice(body: Element, item: Item) -> None:
    node = add(
        body,
        "choiceInteraction",
        responseIdentifier=_RESPONSE,
        shuffle="false" if item.kind is Kind.TRUE_FALSE else "true",
        maxChoices="0" if item.kind is Kind.MULTIPLE_RESPONSE else "1",
    )
    _add_choices(node, sorted(item.options, key=lambda option: _ORDER[option.place]))


def _add_choices(node: Element, options: Sequence[Option]) -> None:
    for option in options:
        choice = add(node, "simpleChoice", identifier=_safe_id(option.id))
        if option.place is not Place.ANY:
            choice.set("fixed", "true")
        fill_inline(choice, option.text)


def _ask_pairs(body: Element, item: Item) -> None:
    most = str(len(item.stems))
    node = add(body, "matchInteraction", responseIdentifier=_RESPONSE, shuffle="true", maxAssociations=most)
    sides = (
        [("L", str(stem.id), stem.text, "1") for stem in item.stems],
        [("R", str(option.id), option.text, "0") for option in item.options],
    )
    for side in sides:
        part = add(node, "simpleMatchSet")
        for mark, own, text, times in side:
            choice = add(part, "simpleAssociableChoice", identifier=f"{mark}-{own}", matchMax=times)
            fill_inline(choice, text)


def _ask_number(body: Element, key: NumberKey) -> None:
    place = add(body, "div", class_="answer")
    place.append(_entry(_RESPONSE))
    if key.unit:
        place[-1].tail = " "
        add(place, "span", key.unit, class_="unit")


def _ask_text(body: Element, key: TextKey) -> None:
    add(body, "extendedTextInteraction", responseIdentifier=_RESPONSE)
    if key.points:
        block = add(body, "rubricBlock", view="scorer tutor")
        listed = add(block, "ul")
        for point in key.points:
            add(listed, "li", point.say)


# ------------------------------------------------------------------------------------------------- grading


def _graded(item: Item) -> Element | None:
    """Return how the item is graded: a standard template where one does; None where a person does it."""
    match item.key:
        case TextKey():
            return None
        case BlanksKey() if len(item.key.blanks) == 1:
            return element("responseProcessing", template=MAP_RESPONSE)
        case BlanksKey():
            return _rule(_all_mapped(_names(item.key.blanks)))
        case NumberKey():
            return _rule(_equal(item.key))
        case ChoiceKey() if _tells(item):
            node = _rule(_same())
            add(add(node, "setOutcomeValue", identifier="FEEDBACK"), "variable", identifier=_RESPONSE)
            return node
        case _:
            return element("responseProcessing", template=MATCH_CORRECT)


def _rule(condition: Element) -> Element:
    """Return the rule that gives one point when *condition* holds, and none when it does not."""
    node = element("responseProcessing")
    choice = add(node, "responseCondition")
    for tag, points in (("responseIf", "1"), ("responseElse", "0")):
        branch = add(choice, tag)
        if tag == "responseIf":
            branch.append(condition)
        add(add(branch, "setOutcomeValue", identifier="SCORE"), "baseValue", points, baseType="float")
    return node


def _same() -> Element:
    node = element("match")
    add(node, "variable", identifier=_RESPONSE)
    add(node, "correct", identifier=_RESPONSE)
    return node


def _equal(key: NumberKey) -> Element:
    node = element("equal", toleranceMode="exact")
    if key.tolerance:
        node.set("toleranceMode", "relative" if key.percent else "absolute")
        node.set("tolerance", f"{key.tolerance} {key.tolerance}")
    add(node, "variable", identifier=_RESPONSE)
    add(node, "correct", identifier=_RESPONSE)
    return node


def _all_mapped(names: Sequence[str]) -> Element:
    node = element("and")
    for name in names:
        equal = add(node, "equal", toleranceMode="exact")
        add(equal, "mapResponse", identifier=name)
        add(equal, "baseValue", "1", baseType="float")
    return node


# ------------------------------------------------------------------------------------------- what is said


def _say_afterwards(root: Element, item: Item) -> None:
    """Add what is said of the option that was chosen, and the explanation that everybody sees."""
    for option in item.options if _tells(item) else ():
        if option.feedback:
            own = _safe_id(option.id)
            said = add(root, "modalFeedback", outcomeIdentifier="FEEDBACK", showHide="show", identifier=own)
            fill(said, option.feedback)
    if not item.explanation and not item.sources:
        return
    # Nothing ever sets SOLUTION, so what is hidden at a value of it is shown after every answer.
    said = add(root, "modalFeedback", outcomeIdentifier="SOLUTION", showHide="hide", identifier="solution-")
    if item.explanation:
        fill(add(said, "div", class_="explanation"), item.explanation)
    if item.sources:
        listed = add(add(said, "div", class_="sources"), "ul")
        for source in item.sources:
            add(add(listed, "li"), "a", source.title, href=source.url)
