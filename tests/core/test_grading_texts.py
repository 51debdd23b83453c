"""Typed texts: exact where it must be, tolerant where people mistype."""

from fractions import Fraction

import pytest

from bot.core.grading import Grade, Unreadable, grade
from bot.core.ids import DeckId, ItemId, Topic
from bot.core.items import Blank, BlanksKey, Item, Kind, TextKey
from bot.core.responses import Typed


def text_item(*accept: str, rivals: tuple[str, ...] = (), exact: bool = False) -> Item:
    """Return a free-text item that accepts *accept*."""
    return Item(
        id=ItemId("pack/item"),
        deck=DeckId("pack/deck"),
        kind=Kind.FREE_TEXT,
        prompt="What?",
        key=TextKey(accept=accept, exact=exact),
        topic=Topic("1.1"),
        rivals=rivals,
    )


def blanks_item(*blanks: Blank, rivals: tuple[str, ...] = ()) -> Item:
    """Return a fill-in item with *blanks*."""
    return Item(
        id=ItemId("pack/item"),
        deck=DeckId("pack/deck"),
        kind=Kind.FILL_IN,
        prompt=" ".join(["___"] * len(blanks)),
        key=BlanksKey(blanks),
        topic=Topic("1.1"),
        rivals=rivals,
    )


def verdict(item: Item, *texts: str) -> str:
    """Say in a word what *texts* come to."""
    graded = grade(item, Typed(texts))
    if isinstance(graded, Unreadable):
        return graded.value
    return "right" if graded.right else "near" if graded.near else "wrong"


TOLERATED = [
    # case, width, composition, accents, quotes, spaces
    ("decision tree", "Decision Tree"),
    ("decision tree", "  decision\u00a0 tree\n"),
    ("decision tree", "ｄｅｃｉｓｉｏｎ ｔｒｅｅ"),
    ("naïve Bayes", "naive bayes"),
    ("naive Bayes", "nai\u0308ve Bayes"),
    ("Poincaré", "poincare"),
    ("Bayes' theorem", "Bayes’ theorem"),
    ("Bayes' theorem", "bayes theorem"),
    ("recall", "“recall”"),
    ("recall", "`Recall`."),
    ("recall", "recall!"),
    ("recall", "re\u00adcall\u200b"),
    ("Straße", "STRASSE"),
    # hyphen, space, joined
    ("learning rate", "learning_rate"),
    ("max_depth", "the max_depth"),
    ("cross-validation", "cross validation"),
    ("cross-validation", "crossvalidation"),
    ("cross-validation", "Cross–Validation"),
    ("cross-validation", "cross - validation"),
    ("data set", "dataset"),
    ("dataset", "data set"),
    ("SageMaker", "sage maker"),
    ("k-means", "kmeans"),
    ("k-means", "K means"),
    ("GPT-4", "gpt4"),
    ("A.U.C.", "AUC"),
    ("AUC", "A.U.C."),
    ("TCP/IP", "tcp / ip"),
    ("C++", "c ++"),
    ("NoSQL", "no SQL"),
    # articles and the inner and
    ("decision tree", "a decision tree"),
    ("decision tree", "The decision tree"),
    ("area under the curve", "area under curve"),
    ("an S3 bucket", "S3 bucket"),
    ("precision and recall", "precision, recall"),
    ("precision and recall", "precision & recall"),
    ("extract, transform, load", "extract transform and load"),
    ("The Who", "Who"),
    # plural, and the two spellings of English
    ("decision tree", "decision trees"),
    ("decision trees", "DECISION TREE"),
    ("policy", "policies"),
    ("boundaries", "boundary"),
    ("class", "classes"),
    ("box", "boxes"),
    ("API", "APIs"),
    ("APIs", "API"),
    ("API", "apis"),
    ("LSTM", "LSTMs"),
    ("normalization", "normalisation"),
    ("optimised", "optimized"),
    ("can't", "cannot"),
    ("cannot scale", "can not scale"),
    # mistakes by length
    ("recall", "recal"),
    ("model", "modle"),
    ("precision", "precison"),
    ("precision", "percision"),
    ("regularization", "regularizaton"),
    ("regularization", "regulariztaoin"),
    ("gradient descent", "gradiant decent"),
    ("gradient descent", "gradientdescent"),
    ("cross-validation", "crossvalidaton"),
    ("overfitting", "overfiting"),
    ("hyperparameter", "hyper parametr"),
    ("principal component analysis", "principle component analysis"),
    ("neighbour", "neighbor"),
    ("maintenance", "maintainance"),
    ("recall", "ercall"),
    ("inference", "iference"),
    ("encryption", "ecryption"),
    ("Kubernetes", "Kubernets"),
    ("Colombia", "Columbia"),
    # initials
    ("area under the curve", "AUC"),
    ("area under the curve", "auc"),
    ("true positive rate", "TPR"),
    ("identity and access management", "IAM"),
    ("long short-term memory", "LSTM"),
    ("receiver operating characteristic curve", "ROC curve"),
    ("k-nearest neighbors", "KNN"),
    ("mean of squared errors", "MOSE"),
    ("area under the curve", "AUC (area under the curve)"),
    ("area under the curve", "area under the curve (AUC)"),
    ("AUC", "area under the curve (AUC)"),
    ("AUC", "AUC (area under the curve)"),
    # signs and punctuation as such
    ("x²", "x^2"),
    ("H₂O", "h2o"),
    ("1,000 rows", "1000 rows"),
    ("80%", "80 %"),
    ("==", "=="),
    ("!", " ! "),
    ("print()", "print"),
    ("机器学习", "机器学习"),
    ("(a, b]", "(a, b]"),
]


@pytest.mark.parametrize("key,typed", TOLERATED)
def test_what_people_write_differently_or_mistype_is_right(key: str, typed: str) -> None:
    """Spelling that does not change what was meant costs nothing."""
    assert verdict(text_item(key), typed) == "right"


REFUSED = [
    # digits, numerals, numbers in words, versions
    ("Type I", "Type II"),
    ("Type II", "Type I"),
    ("Type I", "Typeii"),
    ("Type III", "Type II"),
    ("World War XVIII", "World War XXVIII"),
    ("Louis XVIII", "Louis XVII"),
    ("TLS 1.2", "TLS 1.3"),
    ("Python 3.10", "Python 3.1"),
    ("S3", "S4"),
    ("ml.m5.large", "ml.m6.large"),
    ("us-east-1", "us-east-2"),
    ("F1 score", "F2 score"),
    ("10", "1 0"),
    ("sixteen", "sixty"),
    ("billion", "million"),
    ("seventh heaven", "seventy heaven"),
    ("1e-5", "1e5"),
    ("x²", "x2"),
    ("n-1", "n1"),
    ("n-1", "n+1"),
    ("2-3", "23"),
    ("+5", "-5"),
    ("+5", "5"),
    ("A+", "A"),
    ("O−", "O+"),
    ("C++", "C"),
    ("C#", "C++"),
    ("!=", "=="),
    # identifiers
    ("kms:Encrypt", "kms:Decrypt"),
    ("s3:GetObject", "s3:PutObject"),
    ("s3:GetObject", "GetObject"),
    ("/var/log", "/var/lib"),
    ("*.csv", "*.tsv"),
    ("max_depth", "min_depth"),
    ("max_depth", "max depth"),
    ("PutObject", "GetObject"),
    ("createModel", "deleteModel"),
    ("HTTP", "HTTPS"),
    ("HTTP", "https"),
    ("FTP", "ftps"),
    ("https", "http"),
    ("SMOTE", "SMOTS"),
    ("DBSCAN", "DBSCAM"),
    # short words and letters
    ("mean", "lean"),
    ("SQS", "SNS"),
    ("vitamin A", "vitamin"),
    ("vitamin A deficiency", "vitamin deficiency"),
    ("AND gate", "gate"),
    ("A record", "record"),
    ("k-means", "xmeans"),
    ("k-means", "x means"),
    ("kmeans", "x-means"),
    # opposites
    ("supervised", "unsupervised"),
    ("unsupervised", "supervised"),
    ("supervised learning", "non-supervised learning"),
    ("supervised learning", "unsupervised learning"),
    ("encrypt", "decrypt"),
    ("encryption", "decryption"),
    ("encryption", "decrytion"),
    ("precision", "recall"),
    ("overfitting", "underfitting"),
    ("increase", "decrease"),
    ("upload", "download"),
    ("synchronous", "asynchronous"),
    ("asynchronous", "synchronous"),
    ("asynchronous", "synchronus"),
    ("asynchronous", "a synchronous"),
    ("synchronous", "a-synchronous"),
    ("autoencoder", "autodecoder"),
    ("macro-average", "micro-average"),
    ("macroaverage", "microaverge"),
    ("macroservice", "microservices"),
    ("maximization", "minimization"),
    ("inductive", "deductive"),
    ("internet", "intranet"),
    ("hypertension", "hypotension"),
    ("northeast", "northwest"),
    ("sulfate", "sulfite"),
    ("propane", "propene"),
    ("absorption", "adsorption"),
    ("stalactite", "stalagmite"),
    ("emigration", "immigration"),
    ("s3:encryptObject", "s3:decryptObject"),
    ("linear", "non linear"),
    ("encrypted", "not encrypted"),
    ("not encrypted", "encrypted"),
    ("it does not scale", "it does scale"),
    # more or less than the answer
    ("recall", "precision recall F1 accuracy"),
    ("recall", "precision, recall"),
    ("recall", "precision or recall"),
    ("recall", "recall recall recall recall recall recall recall recall"),
    ("gradient descent", "gradient"),
    ("gradient", "gradient descent"),
    ("gradient descent", "descent gradient"),
    ("therapist", "the rapist"),
    ("recall", "?"),
    ("recall", "the"),
    # initials of something else, too few of them
    ("area under the curve", "AUX"),
    ("cross validation", "CV"),
    ("AUC", "all unicorns cry"),
    ("principal component analysis", "PCA (partial correlation analysis)"),
    ("recall", "recall (sensitivity)"),
    ("cross validation", "CV (cross validation)"),
    # another word of nearly the same letters
    ("机器学习模型", "机器学系模型"),
    ("май", "маи"),
    ("exploration", "exploitation"),
    ("gradient descent optimization", "gradiant decsent optimizatn methds"),
    ("stochastic gradient descent optimization", "stochstc gradiant descnt optimizatn"),
    ("がっこうです", "かっこうです"),
]


@pytest.mark.parametrize("key,typed", REFUSED)
def test_what_means_something_else_is_wrong_however_alike_and_never_called_close(
    key: str, typed: str
) -> None:
    """Neither credit nor a hint goes to another number, name, opposite or list."""
    assert verdict(text_item(key), typed) == "wrong"


NEAR = [
    ("regularization", "rgularizatn"),
    ("connection", "collection"),
    ("microservice", "mcroservice"),
    ("hyperband", "hypeband"),
    ("Australia", "Austria"),
    ("model", "modl"),
    ("decision", "dcsion"),
    ("SageMaker", "SagMaker"),
    ("kms:Encrypt", "kms:Encrpt"),
    ("tensor", "densor"),
    ("affect", "effect"),
]


@pytest.mark.parametrize("key,typed", NEAR)
def test_one_mistake_too_many_is_a_near_miss(key: str, typed: str) -> None:
    """The learner hears that it was close."""
    assert verdict(text_item(key), typed) == "near"


def test_a_rival_that_fits_as_well_is_not_taken_for_a_mistake() -> None:
    """An answer nearer to another item's key is another answer, and not even close."""
    rivals = ("cosine", "median", "partial correlation analysis", "Decision Trees")

    assert verdict(text_item("cosign", rivals=rivals), "cosine") == "wrong"
    assert verdict(text_item("cosign"), "cosigne") == "right"
    assert verdict(text_item("cosign", rivals=rivals), "cosigne") == "wrong"
    assert verdict(text_item("medians of", rivals=rivals), "median of") == "right"
    assert verdict(text_item("medial", rivals=rivals), "Median") == "wrong"
    assert verdict(text_item("principal component analysis", rivals=rivals), "PCA") == "wrong"
    assert verdict(text_item("decision treen", rivals=rivals), "decision tree") == "wrong"


def test_the_own_key_wins_over_the_same_text_of_a_rival() -> None:
    """Two items may have one answer; then neither is a rival, for slips either."""
    item = text_item("recall", rivals=("Recall", "sensitivity"))

    assert verdict(item, "recall") == "right"
    assert verdict(item, "recal") == "right"


def test_a_near_miss_of_the_key_is_no_near_miss_when_a_rival_is_nearer() -> None:
    """Close to something else is not close."""
    assert verdict(text_item("tensors"), "tenstros") == "near"
    assert verdict(text_item("tensors", rivals=("tenstro",)), "tenstros") == "wrong"


@pytest.mark.parametrize(
    "accept,rivals,typed,expected",
    [
        (("kms:Decrypt",), (), "kms:Decrypt", "right"),
        (("kms:Decrypt",), (), " KMS:decrypt ", "right"),
        (("kms:Decrypt",), (), "ｋｍｓ:Decrypt", "right"),
        (("kms:Decrypt",), (), "kms:Decrypts", "wrong"),
        (("kms:Decrypt",), (), "kms Decrypt", "wrong"),
        (("deploy",), (), "depoly", "wrong"),
        (("deploy",), (), "the deploy", "wrong"),
        (("area under the curve",), (), "AUC", "wrong"),
        (("don't",), (), "don’t", "right"),
        (("x",), ("X",), "x", "right"),
        (("x",), ("X",), "X", "wrong"),
        (("Mb", "MB"), (), "mb", "wrong"),
        (("Mb", "MB"), (), "MB", "right"),
    ],
)
def test_exact_means_the_same_characters(
    accept: tuple[str, ...], rivals: tuple[str, ...], typed: str, expected: str
) -> None:
    """Case is free as long as it tells no two texts apart."""
    assert verdict(text_item(*accept, rivals=rivals, exact=True), typed) == expected


PRECISION, RECALL = Blank(("precision",)), Blank(("recall", "sensitivity"))


def test_blanks_are_graded_one_by_one_and_in_order() -> None:
    """The parts say which blanks were right; a near miss is one only if no other blank is plainly wrong."""
    item = blanks_item(PRECISION, RECALL)

    assert grade(item, Typed(("precison", "Sensitivity"))) == Grade(Fraction(1), parts=(True, True))
    assert grade(item, Typed(("recall", "precision"))) == Grade(Fraction(0), parts=(False, False))
    assert grade(item, Typed(("precision", ""))) == Grade(Fraction(0), parts=(True, False))
    assert grade(item, Typed(("precision", "sensiitvty"))) == Grade(Fraction(1), parts=(True, True))
    assert grade(item, Typed(("precision", "sesiitvty"))) == Grade(
        Fraction(0), near=True, parts=(True, False)
    )
    assert grade(item, Typed(("accuracy", "sesiitvty"))) == Grade(Fraction(0), parts=(False, False))
    assert grade(item, Typed(("precision", "x")), partial=True) == Grade(Fraction(1, 2), parts=(True, False))


def test_what_another_blank_accepts_is_no_slip_in_this_one() -> None:
    """Trained for training is the other blank's word."""
    item = blanks_item(Blank(("trained",)), Blank(("trainer",)))

    assert grade(item, Typed(("trainer", "trained"))) == Grade(Fraction(0), parts=(False, False))


def test_blanks_are_refused_by_count_and_length_and_when_all_are_empty() -> None:
    """One empty blank is only wrong, as in an exam."""
    item = blanks_item(PRECISION, RECALL)

    assert grade(item, Typed(("precision",))) == Unreadable.WRONG_COUNT
    assert grade(item, Typed(("precision", "recall", ""))) == Unreadable.WRONG_COUNT
    assert grade(item, Typed((" ", "\u200b"))) == Unreadable.EMPTY
    assert grade(item, Typed(("precision", "x" * 1001))) == Unreadable.TOO_LONG
    assert grade(item, Typed(("precision", "\ufdfa" * 60))) == Unreadable.TOO_LONG


def test_free_text_takes_one_text() -> None:
    """Several texts belong to blanks."""
    assert grade(text_item("recall"), Typed(("recall", "recall"))) == Unreadable.WRONG_COUNT
    assert grade(text_item("recall"), Typed(("\ufeff",))) == Unreadable.EMPTY
