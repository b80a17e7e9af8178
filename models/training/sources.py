"""What each source of bitext is: its licence, and how much one of its pairs counts.

Only sources whose licence lets the weights be published are here; a pair of any other source is
refused by ``cleaning``. Interface strings are short, title-case and repetitive, so weigh little.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Source:
    """A source of training pairs; ``prose`` ones may also give the development set."""

    licence: str
    weight: float
    prose: bool = False
    not_for: tuple[str, ...] = ()


GPL, LGPL, AGPL, BSD = "GPL-2.0-or-later", "LGPL-3.0", "AGPL-3.0", "BSD-3-Clause"
BY, BY_SA, BY_FR = "CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-2.0-FR"
APACHE, MPL, WMT, OPEN = "Apache-2.0", "MPL-2.0", "WMT research data", "open"

SOURCES: Final = {
    "aosp": Source(APACHE, 0.5),
    "android_apps": Source(APACHE, 0.4),
    "bible": Source("public domain", 0.4, not_for=("hy",)),  # Armenian: classical orthography
    "bilinguator": Source("MIT", 3.0, prose=True),
    "cc_legalcode": Source(BY, 1.0),
    "chromium": Source(f"{BSD} AND {MPL}", 0.8),
    "cldr": Source("Unicode-3.0", 0.1),
    "contributor_covenant": Source(BY, 2.0),
    "debian_mo": Source("per package, mostly GPL or LGPL", 0.25),
    "diaspora": Source(AGPL, 1.0),
    "discourse": Source(GPL, 1.0),
    "django": Source(BSD, 0.4),
    "edx": Source(AGPL, 1.0),
    "firefox_thunderbird": Source(MPL, 0.5),
    "globaleaks_cc_po": Source(AGPL, 1.0),
    "inaturalist": Source("MIT", 1.0),
    "iso_codes": Source("LGPL-2.1", 0.2),
    "massive": Source(BY, 0.15),
    "mastodon_hy": Source(AGPL, 1.0),
    "matrix": Source(APACHE, 0.6),
    "mediawiki_core": Source(GPL, 0.6),
    "mediawiki_extensions": Source(GPL, 0.6),
    "mozilla_legal": Source("CC-BY-SA-3.0", 1.5),
    "mozilla_www": Source(MPL, 1.5),
    "odoo": Source(LGPL, 0.2),
    "opensource_guide": Source(BY, 2.5, prose=True),
    "osm_website": Source(GPL, 0.4),
    "react_dev": Source(BY, 1.2, prose=True),
    "react_docs": Source(BY, 1.2, prose=True),
    "scratch": Source(BSD, 0.8),
    "smartool": Source(BY, 3.0, prose=True),
    "stellarium": Source("GPL-2.0", 0.15),
    "tatoeba": Source(BY_FR, 2.0, prose=True),
    "tatoeba_manythings": Source(BY_FR, 2.0, prose=True),
    "tico19": Source("CC0-1.0", 3.0, prose=True),
    "ud_pud": Source(BY_SA, 4.0, prose=True),
    "udhr": Source("public domain", 4.0),
    "un_sdg": Source(OPEN, 3.0, prose=True),
    "vue_docs": Source(BY, 1.5, prose=True),
    "wikiedu": Source("MIT", 0.8),
    "wikipedia_ios": Source("MIT", 0.8),
    "wmt_general": Source(WMT, 4.0, prose=True),
    "wmt_newstest": Source(WMT, 4.0, prose=True),
    "xquad": Source(BY_SA, 4.0, prose=True),
}

MONO: Final = {
    "arpa": Source("none stated", 1.0),
    "azwiki_sample": Source(BY_SA, 4.0),
    "eqanun_laws": Source("official text", 0.5),
    "factrueval": Source(OPEN, 1.5),
    "ilur_accidents": Source("none stated", 1.0),
    "ilur_culture": Source("none stated", 1.0),
    "ilur_economy": Source("none stated", 1.0),
    "ilur_politics": Source("none stated", 1.5),
    "ilur_society": Source("none stated", 1.0),
    "ilur_sport": Source("none stated", 0.7),
    "kremlin_en": Source(BY, 1.0),
    "kremlin_ru_2025": Source(BY, 1.5),
    "lingua_testdata": Source(APACHE, 2.0),
    "pioner_gold": Source("none stated", 1.0),
    "pioner_silver": Source("none stated", 1.0),
    "ud_bsut": Source(BY_SA, 2.0),
}
