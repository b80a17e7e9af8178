"""The errors a user can meet, one tree.

TrilogueError
├── ConfigError          an option, a recipe, a missing extra: what was asked for cannot be
├── FormatError          a file or a line of it is not what it should be
├── ModelError           a model cannot be had, loaded, or answers wrongly
├── AlignmentError       two texts, or a ladder and its texts, do not fit together
├── ReviewConflictError  two people decided about one unit
└── PublishError         a dataset cannot be published as it is

A message is one line: where (file:line or id), what, got, expected, way out.
"""


class TrilogueError(Exception):
    """Whatever Trilogue refuses to do, in one line that says how to go on."""


class ConfigError(TrilogueError):
    """An option, a recipe key or an extra that is missing or makes no sense."""


class FormatError(TrilogueError):
    """A file that is not what it should be."""


class ModelError(TrilogueError):
    """A model that cannot be found or loaded, or that answers wrongly."""


class AlignmentError(TrilogueError):
    """Texts, ladders or indices that do not fit together."""


class ReviewConflictError(TrilogueError):
    """A decision on a unit that somebody else has decided meanwhile."""


class PublishError(TrilogueError):
    """A dataset that cannot be published as it is."""
