"""Packs written as QTI 2.1 packages: a file an item, a test with a section a topic, and the manifest."""

import zipfile
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import groupby
from typing import Final
from xml.etree.ElementTree import Element

from bot.core.items import Difficulty, Item, NumberKey, Option, OrderKey, Place, TextKey
from bot.core.packs import Pack
from bot.packs.formats.exported import Exported, LeftOut
from bot.packs.formats.qti_answers import item_file
from bot.packs.formats.qti_items import TOOL
from bot.packs.formats.qti_xml import PACKAGING, QTI, add, document, element

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_QTI_SCHEMA: Final = f"{QTI} http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd"
_PACKAGE_SCHEMA: Final = f"{PACKAGING} http://www.imsglobal.org/xsd/imscp_v1p1.xsd"
_NO_PLACE: Final = "a QTI item has no place for it"
_TEST: Final = "test.xml"


def write(pack: Pack) -> Exported:
    """Return the items of *pack* as one package, and everything that is not in it."""
    items = [item for deck in pack.decks for item in deck.items]
    files = {
        f"items/{name_of(item)}.xml": document(item_file(item, name_of(item)), QTI, _QTI_SCHEMA)
        for item in items
    }
    files[_TEST] = document(_test(pack), QTI, _QTI_SCHEMA)
    files["imsmanifest.xml"] = document(_manifest(pack, items), PACKAGING, _PACKAGE_SCHEMA)
    left_out = [LeftOut(item.id, what, _NO_PLACE) for item in items for what in _details(item)]
    left_out += [LeftOut(card.id, "the card", _NO_PLACE) for deck in pack.cards for card in deck.cards]
    left_out += [LeftOut(note.id, "the note", _NO_PLACE) for note in pack.notes]
    left_out += [LeftOut(lab.id, "the lab", _NO_PLACE) for lab in pack.labs]
    return Exported({f"{pack.id}-qti.zip": _zipped(files)}, tuple(left_out))


def name_of(item: Item) -> str:
    """Return the id of *item* as an identifier of QTI, which holds no slash and begins with no digit."""
    own = item.id.partition("/")[2].replace("/", ".")
    return f"_{own}" if own[:1].isdigit() else own


def _test(pack: Pack) -> Element:
    """Return the test that has every item, under its deck and its topic."""
    root = element(
        "assessmentTest", identifier=f"test-{pack.id}", title=pack.title, toolName=TOOL, toolVersion="1"
    )
    part = add(root, "testPart", identifier="part", navigationMode="nonlinear", submissionMode="individual")
    number = 0
    for deck in pack.decks:
        for topic, items in groupby(deck.items, key=lambda item: item.topic):
            number += 1
            title = pack.topics.get(topic, topic)
            section = add(
                part, "assessmentSection", identifier=f"section-{number}", title=title, visible="true"
            )
            for item in items:
                own = name_of(item)
                add(section, "assessmentItemRef", identifier=own, href=f"items/{own}.xml")
    if not number:
        add(part, "assessmentSection", identifier="section-1", title=pack.title, visible="true")
    return root


def _manifest(pack: Pack, items: Sequence[Item]) -> Element:
    root = element("manifest", identifier=f"manifest-{pack.id}")
    metadata = add(root, "metadata")
    add(metadata, "schema", "QTIv2.1 Package")
    add(metadata, "schemaversion", "1.0.0")
    add(root, "organizations")
    resources = add(root, "resources")
    test = add(resources, "resource", identifier=f"test-{pack.id}", type="imsqti_test_xmlv2p1", href=_TEST)
    add(test, "file", href=_TEST)
    for item in items:
        own = name_of(item)
        href = f"items/{own}.xml"
        add(test, "dependency", identifierref=f"item-{own}")
        resource = add(resources, "resource", identifier=f"item-{own}", type="imsqti_item_xmlv2p1", href=href)
        add(resource, "file", href=href)
    return root


def _details(item: Item) -> Iterator[str]:
    """Yield what a package does not hold of an item that it holds."""
    key = item.key
    if isinstance(key, NumberKey) and (key.units or key.unit_required):
        yield "the other units that are read, and whether one is needed"
    if isinstance(key, TextKey) and key.points:
        yield "the other wordings of its points, and how many of them are needed"
    if isinstance(key, TextKey) and key.exact:
        yield "that the answer is exact"
    if isinstance(key, OrderKey) and any(option.feedback for option in item.options):
        yield "the feedback on the steps"
    if item.stems and any(option.feedback for option in item.options):
        yield "the feedback on the answers"
    told = {
        "the difficulty": item.difficulty is not Difficulty.MEDIUM,
        "the hints": item.hints,
        "the date until which it is valid": item.valid_until,
        "the seconds to answer in": item.seconds,
        "the other blueprints that it serves": item.serves,
        "the options' places": _misplaced(item.options),
    }
    yield from (what for what, there in told.items() if there)


def _misplaced(options: Sequence[Option]) -> bool:
    """Tell whether an option that is kept first or last stands elsewhere in the file."""
    order = {Place.FIRST: 0, Place.ANY: 1, Place.LAST: 2}
    places = [order[option.place] for option in options]
    return places != sorted(places)


def _zipped(files: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(files.items()):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return out.getvalue()
