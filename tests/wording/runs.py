"""The runs of a view, for a look at what is more than words."""

from bot.wording.views import Bullets, Paragraph, View


def runs(view: View) -> list[object]:
    """Return the runs of every paragraph of *view*, those in lists included."""
    blocks = list(view.blocks)
    inside = [block for one in blocks if isinstance(one, Bullets) for item in one.items for block in item]
    return [run for block in (*blocks, *inside) if isinstance(block, Paragraph) for run in block.content]
