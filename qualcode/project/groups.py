"""The documents of a study in some 256 groups, and what stands for the state of each.

What was found in a group holds until one of its files changes; then that group alone is read.
"""

from __future__ import annotations

from qualcode.core.text import short_key
from qualcode.project.versions import stats_below
from qualcode.store.paths import ProjectPaths

Groups = dict[str, dict[str, list[str]]]
"""Name and stats of every file of a document, by group, then by document."""
_FOLDERS = ("documents", "codings", "reviews")


def document_groups(paths: ProjectPaths) -> Groups:
    """The groups of a study; a document of which only codings are left stands among them."""
    groups: Groups = {}
    for folder in _FOLDERS:
        for name, stats in stats_below(paths.root / folder):
            if "/" not in name:
                files = groups.setdefault(group_of(name), {}).setdefault(_stem(name), [])
                files.append(f"{folder}/{name} {stats}")
    return groups


def group_of(name: str) -> str:
    """The group of a document, from its id or from the name of one of its files."""
    return short_key(_stem(name))[:2]


def state_of(group: dict[str, list[str]], *also: str) -> str:
    """What stands for the files of a group, and for what else its results come from."""
    return short_key(*also, *(stats for files in group.values() for stats in files))


def _stem(name: str) -> str:
    return name.partition(".")[0]
