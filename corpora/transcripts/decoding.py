"""Bytes to text, or a refusal that names the encoding: never mojibake."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from trilogue.corpora.errors import FormatError

LIMIT: Final = 64 * 2**20
"""Bytes of the largest file that is read: some 400 hours of speech."""

_MAGIC: Final = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"\x1f\x8b": "a gzip archive",
    b"\xd0\xcf\x11\xe0": "an old Word or Excel file",
    b"{\\rtf": "an RTF file",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive",
    b"PAR1": "a Parquet file",
    b"ID3": "an audio file",
    b"OggS": "an audio file",
    b"RIFF": "an audio or video file",
}
_WAY_OUT: Final = {
    "a PDF": "Save its text with pdftotext",
    "a gzip archive": "Unpack it with gunzip",
    "an old Word or Excel file": "Save it as .docx or as text",
    "an RTF file": "Save it as .docx or as text",
}
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_TWICE: Final = re.compile(
    r"[ÐÑ][\x80-\xbf\u2010-\u2122]|Ã[\x80-\xbf\u2010-\u2122]|â€[\u0080-\u2122]"
)
_DECLARED: Final = re.compile(rb"<meta[^>]{0,80}charset=[\"']?([\w-]+)", re.IGNORECASE)
_CYRILLIC_SAMPLE: Final = 200_000
_CYRILLIC: Final = ("CP1251", "KOI8-R", "CP866", "ISO-8859-5")
_COMMON: Final = "оеаинтсрвл"
"""The commonest Russian letters, more than half of any text."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with line feeds as its only line ends, in NFC, and what was odd about the file."""

    text: str
    warnings: tuple[str, ...] = ()


def read_bytes(path: Path) -> bytes:
    """The content of a file that is there, is a file, is not empty and not above :data:`LIMIT`.

    :raises FormatError: otherwise.
    """
    if not path.exists():
        raise FormatError(f"{path}: no such file. Check the name.")
    if not path.is_file():
        raise FormatError(f"{path}: a folder or a device, expected a file. Name the file in it.")
    size = path.stat().st_size
    if size > LIMIT:
        what = f"{size / 2**20:,.0f} MiB, expected at most {LIMIT // 2**20} MiB"
        raise FormatError(f"{path}: {what}. Split it into one file a document.")
    try:
        data = path.read_bytes()
    except OSError as error:
        what = (error.strerror or "cannot be read").lower()
        raise FormatError(f"{path}: {what}. Check its permissions.") from None
    if not data.strip():
        raise FormatError(f"{path}: empty, expected a transcript.")
    return data


def decode(data: bytes, *, name: str) -> Decoded:
    """Strict UTF-8 (a mark is taken off), or UTF-16 and UTF-32 that carry a mark.

    :param name: of the file, for messages.
    :raises FormatError: for anything else, naming what it looks like, the line, and the way out.
    """
    _refuse_known_binary(data, name)
    text = _decode_marked(data, name)
    if text is None:
        _refuse_unmarked_wide(data, name)
        text = _decode_utf8(data, name)
    text = text.removeprefix("\ufeff")
    ends = Counter(re.findall(r"\r\n|\r|\n", text))
    _refuse_twice_encoded(text, name)
    _refuse_controls(text, name)
    text = re.sub(r"\r\n|\r", "\n", text)
    if not text.strip():
        raise FormatError(f"{name}: empty, expected a transcript.")
    warnings = []
    if len(ends) > 1:
        counts = ", ".join(f"{end!r} {count}" for end, count in sorted(ends.items()))
        warnings.append(f"mixed line ends: {counts}")
    if "\ufffd" in text:
        line = text.count("\n", 0, text.index("\ufffd")) + 1
        warnings.append(f"line {line}: U+FFFD stands where another program lost a character")
    return Decoded(unicodedata.normalize("NFC", text), tuple(warnings))


def _refuse_known_binary(data: bytes, name: str) -> None:
    for magic, what in _MAGIC.items():
        if data.startswith(magic):
            way_out = _WAY_OUT.get(what, "Name a transcript")
            raise FormatError(f"{name}: {what}, expected text, HTML or DOCX. {way_out}.")


def _decode_marked(data: bytes, name: str) -> str | None:
    """Text of a file with a UTF-16 or UTF-32 mark, None if it has none."""
    marks = (
        (b"\xff\xfe\x00\x00", "utf-32"),
        (b"\x00\x00\xfe\xff", "utf-32"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    )
    for mark, encoding in marks:
        if data.startswith(mark):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                what = f"marked as {encoding.upper()}, but byte {error.start} is not"
                raise FormatError(f"{name}: {what}. Save it again as UTF-8.") from None
    return None


def _decode_utf8(data: bytes, name: str) -> str:
    """UTF-8, or what a page of HTML declares that it is in."""
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        declared = _DECLARED.search(data[:4096])
        if declared is None:
            raise _bad_byte(data, error.start, name) from None
        encoding = declared.group(1).decode("ascii")
    try:
        return data.decode(encoding)
    except (LookupError, UnicodeDecodeError):
        what = f"declares {encoding!r}, which it is not in"
        raise FormatError(f"{name}: {what}, expected UTF-8. Save the page again.") from None


def _refuse_unmarked_wide(data: bytes, name: str) -> None:
    """Every other byte of Latin text in UTF-16 is zero; of Cyrillic or Armenian it is 4 or 5."""
    head = data[:4096]
    if len(head) < 4:
        return
    for start, order in ((1, "LE"), (0, "BE")):
        high, low = head[start::2], head[1 - start :: 2]
        common = sum(high.count(byte) for byte in (0, 4, 5))
        if common > 0.8 * len(high) and low.count(0) < 0.1 * len(low):
            way_out = f"Convert it: iconv -f UTF-16{order} -t UTF-8"
            what = f"UTF-16{order} without a byte order mark, expected UTF-8"
            raise FormatError(f"{name}: {what}. {way_out}")
    if b"\0" in head:
        raise FormatError(f"{name}: binary, expected text, HTML or DOCX. Name a transcript.")


def _bad_byte(data: bytes, at: int, name: str) -> FormatError:
    line = data.count(b"\n", 0, at) + 1
    where = f"{name}:{line}"
    if at >= len(data) - 3 and len(data) > 3:
        what = "ends inside a character, expected the whole file"
        return FormatError(f"{where}: {what}. Copy it again.")
    encoding = _guess_single_byte(data)
    if encoding is None:
        what = f"byte 0x{data[at]:02X} is not UTF-8, expected UTF-8 text"
        return FormatError(f"{where}: {what}. Save the file as UTF-8.")
    what = f"byte 0x{data[at]:02X} is not UTF-8; this looks like {encoding}"
    return FormatError(f"{where}: {what}. Convert it: iconv -f {encoding} -t UTF-8")


def _guess_single_byte(data: bytes) -> str | None:
    """The single-byte encoding that this looks like, None for binary.

    In Cyrillic text small letters are most of the bytes above 0x7F, and ten of them half of all
    letters, in the right one of :data:`_CYRILLIC`; Western text has few bytes above 0x7F.
    """
    sample = data[:_CYRILLIC_SAMPLE]
    if sum(sample.count(byte) for byte in range(9)) > 0.01 * len(sample):
        return None
    high = bytes(byte for byte in sample if byte >= 0x80)
    letters = sum(chr(byte).isalpha() for byte in sample if byte < 0x80)
    if len(high) <= 0.4 * (letters + len(high)):
        return "CP1252" if len(high) < 0.1 * len(sample) else None
    shares = {
        name: sum(map(high.decode(name, "replace").count, _COMMON)) / len(high)
        for name in _CYRILLIC
    }
    best = max(_CYRILLIC, key=shares.__getitem__)
    return best if shares[best] > 0.3 else None


def _refuse_controls(text: str, name: str) -> None:
    found = _CONTROL.search(text)
    if found is None:
        return
    if len(_CONTROL.findall(text[:10_000])) > 100:
        raise FormatError(f"{name}: binary, expected text, HTML or DOCX. Name a transcript.")
    line = len(re.findall(r"\r\n|\r|\n", text[: found.start()])) + 1
    what = f"control character U+{ord(found.group()):04X}, expected text"
    raise FormatError(f"{name}:{line}: {what}. Remove it, or save the transcript again.")


def _refuse_latin(text: str, name: str) -> None:
    """CP1251 that was taken for Latin-1 and saved as UTF-8 ("Ï" for "П")."""
    sample = text[:_CYRILLIC_SAMPLE]
    letters = [letter for letter in sample if letter.isalpha()]
    if sum("À" <= letter <= "ÿ" for letter in letters) > 0.6 * len(letters):
        way_out = "Repair it: iconv -f UTF-8 -t CP1252, then iconv -f CP1251 -t UTF-8"
        what = f"CP1251 that was taken for Latin-1 (got {text.split(maxsplit=1)[0][:20]!r})"
        raise FormatError(f"{name}:1: {what}. {way_out}.")


def _refuse_twice_encoded(text: str, name: str) -> None:
    """UTF-8 that was taken for Latin-1 and saved as UTF-8 again ("Ð\\x9f" for "П")."""
    found = _TWICE.search(text)
    if found is None or len(_TWICE.findall(text)) < max(3, len(text) // 500):
        _refuse_latin(text, name)
        return
    line = text.count("\n", 0, found.start()) + 1
    what = f"UTF-8 encoded twice (got {found.group()!r})"
    raise FormatError(f"{name}:{line}: {what}. Repair it: iconv -f UTF-8 -t CP1252")
