"""What is on record of the models and calibrations that a corpus names, told by whoever knows."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Provenance:
    """Looked up by the names that stand in the corpus; what is not here is "not recorded".

    :ivar licences: model, without its revision → licence.
    :ivar records: part of a score's signature ("calibration-ru@9352…") → heading → what is known.
    """

    licences: Mapping[str, str] = field(default_factory=dict)
    records: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
