"""What a view is made of, for a look at what is more than words."""

from bot.wording.markup import blocks_of
from bot.wording.pictures import Facts
from bot.wording.views import Bullets, Paragraph, Picture, Table, View


def tables(view: View) -> list[Table]:
    """Return the tables of *view*, those that say what a picture shows included."""
    inside = [block for one in view.blocks if isinstance(one, Picture) for block in one.text]
    return [block for block in (*view.blocks, *inside) if isinstance(block, Table)]


def drawn(view: View) -> list[Facts]:
    """Return the facts of the pictures of *view*."""
    return [block.facts for block in view.blocks if isinstance(block, Picture)]


def runs(view: View) -> list[object]:
    """Return the runs of every paragraph of *view*, those in lists included."""
    blocks = list(view.blocks)
    inside = [block for one in blocks if isinstance(one, Bullets) for item in one.items for block in item]
    return [run for block in (*blocks, *inside) if isinstance(block, Paragraph) for run in block.content]


def read_anew(written: str) -> None:
    """Read the Markdown of *written* as if nothing had been read before."""
    blocks_of.cache_clear()
    blocks_of(written)
