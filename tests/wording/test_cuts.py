"""A text is parted between words, and never inside of what a reader takes for one character."""

from bot.wording.cuts import cluster_ends, clusters, size, word_ends


def test_a_reader_takes_these_for_one_character_each() -> None:
    """No cut goes through them."""
    assert clusters("e\u0301🇩🇪👩‍👧👍🏽x") == ["e\u0301", "🇩🇪", "👩‍👧", "👍🏽", "x"]
    assert [len(cluster) for cluster in clusters("e" + "\u0301" * 40)] == [30, 11]


def test_words_end_before_their_white_space() -> None:
    """So that the next part does not begin with a word that was cut."""
    assert list(word_ends("one  two three ")) == [3, 8, 15]
    assert list(word_ends("  ")) == [2]


def test_a_text_is_as_long_as_its_strictest_reader_counts() -> None:
    """An emoji is two."""
    assert (size("a"), size("é"), size("a🙂")) == (1, 1, 3)
    assert list(cluster_ends("a🙂\u0301b")) == [1, 3, 4]
