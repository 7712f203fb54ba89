"""PDF files of our own making: lines of text at places, in a font that needs no file."""

from __future__ import annotations

from collections.abc import Sequence


def pdf_file(
    pages: Sequence[Sequence[tuple[str, float]]], *, title: str = "", stamp: str = "", width: int = 500
) -> bytes:
    """Return a PDF.

    Args:
        pages: the lines of each page with the size of their type.
        title: what the file states as its title.
        stamp: what runs up the left edge of the first page.
        width: of a character, in thousandths of the size.
    """
    objects: list[bytes] = [b"", b"", b""]  # the catalogue, the pages, the font: set below
    objects += [
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Ours /CIDSystemInfo << /Registry (Adobe)"
        b" /Ordering (Identity) /Supplement 0 >> /FontDescriptor 5 0 R /DW %d >>" % width,
        b"<< /Type /FontDescriptor /FontName /Ours /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800"
        b" /Descent -200 /CapHeight 700 /StemV 80 >>",
        _stream(_to_unicode({char for lines in pages for text, _ in lines for char in text} | set(stamp))),
        b"<< /Title (%b) >>" % title.replace("(", "\\(").replace(")", "\\)").encode("latin-1"),
    ]
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[2] = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Ours /Encoding /Identity-H /DescendantFonts [4 0 R]"
        b" /ToUnicode 6 0 R >>"
    )
    kids = []
    for number, lines in enumerate(pages):
        drawn = [b"BT /F 20 Tf 0 1 -1 0 30 200 Tm %b Tj ET" % _hex(stamp)] if stamp and number == 0 else []
        at = 780.0
        for text, size in lines:
            drawn.append(b"BT /F %g Tf 1 0 0 1 60 %g Tm %b Tj ET" % (size, at, _hex(text)))
            at -= size * 1.5
        objects.append(_stream(b"\n".join(drawn)))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F 3 0 R >> >>"
            b" /Contents %d 0 R >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%b] >>" % (len(kids), b" ".join(kids))
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R /Info 7 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def _to_unicode(used: set[str]) -> bytes:
    """Return the map by which readers know the characters: each is its own code."""
    chars = [b"<%b> <%b>" % (code, code) for code in sorted(char.encode("utf-16-be").hex().encode() for char in used)]
    # A hundred at most stand in one block
    blocks = [chars[at : at + 100] for at in range(0, len(chars), 100)]
    return b"\n".join(
        [
            b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Ours def /CMapType 2 def",
            b"1 begincodespacerange <0000> <FFFF> endcodespacerange",
            *(b"%d beginbfchar\n%b\nendbfchar" % (len(block), b"\n".join(block)) for block in blocks),
            b"endcmap end end",
        ]
    )


def _stream(data: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%b\nendstream" % (len(data), data)


def _hex(text: str) -> bytes:
    return b"<" + text.encode("utf-16-be").hex().encode() + b">"
