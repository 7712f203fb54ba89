"""LaTeX to text: accents, letters, dress; formulas stay."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.sources.latex import unlatex


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("plain text stays", "plain text stays"),
        (r'M{\"u}ller, M\"uller, M\"{u}ller, {M{\"{u}}ller}', "Müller, Müller, Müller, Müller"),
        (r"\'Etienne \`a la caf\'e; \^o \~n \=a \.z", "Étienne à la café; ô ñ ā ż"),
        (r"\c{c}a \c ca, Erd\H{o}s, {\v{S}}koda \v Skoda, \u{g}, \k{a}, \r{u}", "ça ça, Erdős, Škoda Škoda, ğ, ą, ů"),
        (r"na{\"\i}ve na\"{\i}ve \'{\i} \'\i{}x", "naïve naïve í íx"),
        (r"{\ss}t, stra\ss e, \o{}re, {\O}re, {\L}ukasz, \AA ngstr{\"o}m", "ßt, straße, øre, Øre, Łukasz, Ångström"),
        (r"{B}atch {N}orm and {CNN}s", "Batch Norm and CNNs"),
        (r"3\% \& more \_ \# \$5 \{x\}", "3% & more _ # $5 {x}"),
        (r"\emph{a {b} c}, {\em old}, \textbf{Swin}, {\it On \'Etude}", "a b c, old, Swin, On Étude"),
        (r"a--b, c---d, e~f, ``quoted''", 'a–b, c—d, e f, "quoted"'),
        (r"$\beta$-VAE with $g^{n}$ and \(x_{1}\)", r"$\beta$-VAE with $g^{n}$ and \(x_{1}\)"),
        (r"{\ensuremath{\beta}}-VAE and \beta-VAE", r"$\beta$-VAE and \beta-VAE"),
        (r"see \cite[p.~3]{roe2020}, \url{http://x.org/~a_b}", "see , http://x.org/~a_b"),
        (r"read \href{http://x.org}{the {code}}", "read the code"),
        (r"10\,000\\lines, a\-ble, {\LaTeX}", "10 000 lines, able, LaTeX"),
        (r"\unknown{kept} and \textcolor{red}", r"\unknown{kept} and \textcolor{red}"),
        ("unbalanced {{ and }} are nothing", "unbalanced  and  are nothing"),
        ("a lone $ and a lone \\", "a lone $ and a lone \\"),
    ],
)  # fmt: skip
def test_latex_becomes_text(written: str, text: str) -> None:
    assert unlatex(written) == text


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (r"Poincar\'e and Erd\H{o}s: {CNN}s, ~3 ms -- ``fast''", "Poincaré and Erdős: {CNN}s, ~3 ms -- ``fast''"),
        (r"{\em A} \textbf{b} {\ss} 3\% $\alpha$ {\beta}", r"A b ß 3% $\alpha$ \beta"),
        ("{no} ~command~ here", "{no} ~command~ here"),
    ],
)
def test_in_text_that_is_no_latex_only_commands_are_read(written: str, text: str) -> None:
    assert unlatex(written, source=False) == text


@settings(deadline=None)
@given(text=st.text(st.sampled_from("ab\\{}$'\"~- ^cv.`%éi\n()[]"), max_size=60), source=st.booleans())
def test_nothing_brings_it_down_and_no_letter_is_lost(text: str, source: bool) -> None:
    read = unlatex(text, source=source)
    if "\\" not in text:
        assert sorted(char for char in read if char.isalpha()) == sorted(char for char in text if char.isalpha())


@pytest.mark.parametrize(
    "piece",
    ["{\\", "\\(", "$\\", "\\cite[", "\\cite{", "\\href{", "\\'{", "\\u ", "\\emph{", "\\a" + 50 * " "],
)
def test_a_long_text_of_beginnings_takes_linear_time(piece: str) -> None:
    assert len(unlatex(piece * 20_000, source=False)) <= len(piece) * 20_000
