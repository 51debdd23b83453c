"""TeX symbols: the commands that a formula may use, and what each of them is in Unicode.

A command that stands in none of these tables is not known, and a formula that uses it is shown as it was
written.
"""

from enum import Enum, auto
from typing import Final


class Kind(Enum):
    """What a sign does to the signs beside it."""

    OPERAND = auto()
    NUMBER = auto()
    SCRIPTED = auto()
    GROUP = auto()
    BINARY = auto()
    SLASH = auto()
    RELATION = auto()
    OPEN = auto()
    CLOSE = auto()
    BAR = auto()
    PUNCTUATION = auto()
    POSTFIX = auto()
    FUNCTION = auto()
    LARGE = auto()
    FRACTION = auto()
    ROOT = auto()
    SPACE = auto()


def _signs(written: str) -> dict[str, str]:
    """Return the signs in *written*, which has a command and its sign in turn."""
    words = written.split()
    return {f"\\{name}": sign for name, sign in zip(words[::2], words[1::2], strict=True)}


def _commands(written: str) -> frozenset[str]:
    """Return the commands in *written*."""
    return frozenset(f"\\{name}" for name in written.split())


_LETTERS: Final = _signs(
    "alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ "
    "lambda λ mu μ nu ν xi ξ pi π rho ρ sigma σ tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω "
    "Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω "
    "infty ∞ partial ∂ nabla ∇ emptyset ∅ varnothing ∅ forall ∀ exists ∃ nexists ∄ ell ℓ hbar ℏ aleph ℵ "
    "top ⊤ bot ⊥ dots … ldots … cdots ⋯ angle ∠ degree ° prime ′ Re ℜ Im ℑ"
)
_BINARY: Final = _signs(
    "times × cdot · div ÷ pm ± mp ∓ ast ∗ circ ∘ bullet • cap ∩ cup ∪ setminus ∖ land ∧ wedge ∧ lor ∨ vee ∨ "
    "oplus ⊕ ominus ⊖ otimes ⊗ odot ⊙"
)
_RELATIONS: Final = _signs(
    "le ≤ leq ≤ ge ≥ geq ≥ ne ≠ neq ≠ approx ≈ equiv ≡ sim ∼ simeq ≃ cong ≅ propto ∝ ll ≪ gg ≫ lt < gt > "
    "to → rightarrow → leftarrow ← gets ← leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔ "
    "implies ⟹ iff ⟺ mapsto ↦ longrightarrow ⟶ uparrow ↑ downarrow ↓ "
    "in ∈ notin ∉ ni ∋ subset ⊂ subseteq ⊆ supset ⊃ supseteq ⊇ mid ∣ parallel ∥ perp ⊥ vdash ⊢ models ⊨"
)
_LARGE: Final = _signs("sum ∑ prod ∏ int ∫ iint ∬ oint ∮ bigcup ⋃ bigcap ⋂")
_OPENING: Final = _signs("{ { lbrace { langle ⟨ lfloor ⌊ lceil ⌈ lbrack [")
_CLOSING: Final = _signs("} } rbrace } rangle ⟩ rfloor ⌋ rceil ⌉ rbrack ]")
_BARS: Final = _signs("| ‖ vert | lvert | rvert | Vert ‖ lVert ‖ rVert ‖")
_POSTFIX: Final = _signs("% %")
_PLAIN: Final = _signs("$ $ # # & & _ _ neg ¬ lnot ¬")

FUNCTIONS: Final = _commands(
    "sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh log ln lg exp lim min max sup inf det dim "
    "ker gcd deg arg Pr bmod"
)
SPACES: Final = frozenset(("\\,", "\\:", "\\;", "\\ ", "\\quad", "\\qquad", "~"))
NOTHING: Final = frozenset(("\\!", "\\displaystyle", "\\textstyle"))

_KINDS: Final = (
    (Kind.OPERAND, _LETTERS),
    (Kind.OPERAND, _PLAIN),
    (Kind.BINARY, _BINARY),
    (Kind.RELATION, _RELATIONS),
    (Kind.LARGE, _LARGE),
    (Kind.OPEN, _OPENING),
    (Kind.CLOSE, _CLOSING),
    (Kind.BAR, _BARS),
    (Kind.POSTFIX, _POSTFIX),
)

SIGNS: Final[dict[str, tuple[str, Kind]]] = {
    **{command: (sign, kind) for kind, table in _KINDS for command, sign in table.items()},
    **{name: (name[1:].replace("bmod", "mod"), Kind.FUNCTION) for name in FUNCTIONS},
    **{sign: (sign, Kind.RELATION) for sign in "=<>"},
    **{sign: (sign, Kind.BINARY) for sign in "+*"},
    **{sign: (sign, Kind.OPEN) for sign in "(["},
    **{sign: (sign, Kind.CLOSE) for sign in ")]"},
    **{sign: (sign, Kind.PUNCTUATION) for sign in ",;:?."},
    "-": ("−", Kind.BINARY),
    "/": ("/", Kind.SLASH),
    "|": ("|", Kind.BAR),
    "!": ("!", Kind.POSTFIX),
    "'": ("′", Kind.POSTFIX),
}
"""What a command or a character is in Unicode, and its kind."""

TYPED: Final[dict[str, Kind]] = {
    sign: kind
    for kind, table in _KINDS
    for sign in table.values()
    if not sign.isascii() and kind is not Kind.POSTFIX
}
"""The kinds of the signs that may as well be typed as they are."""

FRACTIONS: Final = frozenset(("\\frac", "\\dfrac", "\\tfrac"))
ROOTS: Final = {"": "√", "2": "√", "3": "∛", "4": "∜"}
ACCENTS: Final = {
    "\\bar": "\u0304",
    "\\hat": "\u0302",
    "\\tilde": "\u0303",
    "\\dot": "\u0307",
    "\\ddot": "\u0308",
    "\\vec": "\u20d7",
}
ALPHABETS: Final = {"\\mathbf": "BOLD", "\\mathbb": "DOUBLE-STRUCK", "\\mathcal": "SCRIPT"}
WORDS: Final = frozenset(("\\text", "\\mathrm", "\\operatorname"))
"""Commands whose argument is words, in upright letters."""

SUPERSCRIPTS: Final = dict(
    zip(
        "0123456789+−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθφχ∘°′",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵡ°°′",
        strict=True,
    )
)
SUBSCRIPTS: Final = dict(
    zip("0123456789+−=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", strict=True)
)

ENVIRONMENTS: Final = frozenset(
    ("matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "Vmatrix", "cases", "aligned")
)

_DRAWN: Final = _commands(
    "begin end left right sqrt binom dbinom tbinom overline underline overbrace underbrace overrightarrow "
    "widehat widetilde mathsf mathtt mathfrak mathscr mathit textbf textit limits overset underset pmod "
    "big Big bigg Bigg bigl bigr Bigl Bigr not"
)
"""Commands that can be drawn and are nothing in one line of Unicode, or are read by rules of their own."""

KNOWN: Final = (
    frozenset(command for command in SIGNS if command[0] == "\\")
    | FRACTIONS
    | ACCENTS.keys()
    | ALPHABETS.keys()
    | WORDS
    | (SPACES - {"~"})
    | NOTHING
    | _DRAWN
    | {"\\\\"}
)
"""Every command that a formula may use."""
