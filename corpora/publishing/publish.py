"""``trilogue publish``: lay a corpus out as a dataset, and put it onto the hub."""

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from trilogue.corpora.corpus import Corpus
from trilogue.corpora.errors import PublishError
from trilogue.corpora.publishing import hub
from trilogue.corpora.publishing.figures import Figures
from trilogue.corpora.publishing.layout import lay_out
from trilogue.corpora.publishing.provenance import Provenance
from trilogue.corpora.publishing.terms import Permit, check_repo

log: Final = logging.getLogger(__name__)

FOLDER: Final = "publish"
"""Where in a corpus its published form stands."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a publication did, or would do.

    :ivar folder: the dataset as it is published.
    :ivar changes: files that differ from what was on the hub; if there are none, no commit is made.
    :ivar published: None for a dry run.
    """

    folder: Path
    changes: tuple[hub.Change, ...]
    published: hub.Published | None


def publish(
    corpus: Corpus,
    repo: str,
    *,
    permit: Permit,
    provenance: Provenance,
    dry_run: bool = False,
) -> Outcome:
    """Publish a corpus as a dataset of the hub, private unless it is there and public.

    :param repo: USER/NAME.
    :param provenance: what is on record of the models and scores that the corpus names.
    :param dry_run: write the folder and compare, change nothing on the hub; without a hub in reach,
        compare with nothing.
    :raises ConfigError: if the name is none, or the client is not installed.
    :raises PublishError: if the terms do not allow for it, or the hub refuses.
    """
    check_repo(repo)
    api = hub.connect()
    folder = corpus.root / FOLDER / repo.replace("/", "--")
    figures = lay_out(corpus, folder, repo=repo, permit=permit, provenance=provenance)
    if dry_run:
        return Outcome(folder, tuple(hub.difference(folder, _seen(api, repo))), None)
    done = hub.send(api, folder, repo, message=_message(figures))
    return Outcome(folder, done.changes, done)


def _seen(api: object, repo: str) -> hub.Remote:
    try:
        return hub.look(api, repo)
    except PublishError as error:
        log.warning("%s; compared with an empty repository", error)
        return hub.Remote()


def _message(figures: Figures) -> str:
    units = ", ".join(f"{found.units:,} en-{lang}" for lang, found in figures.languages.items())
    return f"{units} units of {len(figures.sources):,} documents"
