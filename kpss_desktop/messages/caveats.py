"""The words for the place in which an archive lies."""

from __future__ import annotations

from kpss_desktop.archive.sharing.abilities import Abilities
from kpss_desktop.archive.sharing.caveats import Caveat
from kpss_desktop.i18n import _


def caveat_sentence(caveat: Caveat, found: Abilities) -> str:
    """What is so, in one sentence."""
    words = {
        Caveat.SYNCED: _("The archive lies in a folder that {program} keeps in step with other computers."),
        Caveat.UNSAFE: _("The disk of the archive cannot move files in one step ({system})."),
        Caveat.SHORT_NAMES: _("The disk of the archive takes no long file names ({system})."),
        Caveat.REMOTE: _("The archive lies on a network drive ({system})."),
    }
    return words[caveat].format(program=found.synced_by, system=found.system)


def caveat_advice(caveat: Caveat, found: Abilities) -> str:
    """What that means and what to do."""
    words = {
        Caveat.SYNCED: _(
            "Write on one computer at a time, and let {program} finish before another one opens the archive. Let it "
            "keep all files on this computer, and make backups to another disk."
        ),
        Caveat.UNSAFE: _(
            "A power cut in the middle of the work may leave a file twice. Verify the archive after such a thing, and "
            "rather keep it on the computer's own disk."
        ),
        Caveat.SHORT_NAMES: _("Files with long names get shorter ones; their own names stay in the records."),
        Caveat.REMOTE: _(
            "Everything works, one computer writes at a time. Ask whether the drive is backed up, or make backups to "
            "another disk."
        ),
    }
    return words[caveat].format(program=found.synced_by)
