"""The ledger's verbs, kinds and columns as people say them. What is not here is shown as it is stored."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

VERBS = {
    "add span": _("put a code on a passage"),
    "resize span": _("moved the ends of a passage"),
    "remove span": _("took a code off a passage"),
    "add code": _("made a code"),
    "code in their words": _("made a code in their words"),
    "edit code": _("changed a code"),
    "move code": _("moved a code"),
    "merge codes": _("merged two codes"),
    "split code": _("split a code"),
    "bin code": _("put a code into the bin"),
    "restore code": _("took a code out of the bin"),
    "restore document": _("took a text out of the bin"),
    "add memo": _("wrote a memo"),
    "edit memo": _("changed a memo"),
    "bin memo": _("put a memo into the bin"),
    "restore memo": _("took a memo out of the bin"),
    "put back": _("took something out of the bin"),
    "add theme": _("made a theme"),
    "edit theme": _("changed a theme"),
    "move theme": _("moved a theme"),
    "remove theme": _("took a theme away"),
    "note misfit": _("noted what does not fit"),
    "forget misfit": _("found that a passage fits"),
    "note phase": _("noted a phase of the work"),
    "note point": _("noted one of the fifteen points"),
    "edit document": _("changed what is said about a text"),
    "note item": _("answered an item of the COREQ list"),
    "note cell": _("wrote into the framework"),
    "edit study": _("changed what is said about the study"),
    "add member": _("let somebody take part"),
    "edit member": _("changed what somebody may do"),
    "remove member": _("ended somebody's part"),
    "add group": _("added a group"),
    "edit group": _("changed a group"),
    "remove group": _("took a group away"),
    "add participant": _("added a participant"),
    "edit participant": _("changed what is known of a participant"),
    "remove participant": _("took away a participant added by mistake"),
    "add criterion": _("added a criterion"),
    "remove criterion": _("took a criterion off"),
    "add candidate": _("listed a group to ask"),
    "edit candidate": _("noted what became of a group to ask"),
    "remove candidate": _("took a group to ask off the list"),
    "bring in a list of groups": _("brought in a list of groups"),
    "add consent sheet": _("wrote a version of the consent sheet"),
    "add consent": _("noted a signature"),
    "take back consent": _("noted that consent was taken back"),
    "give consent again": _("noted that consent was given again"),
    "add guide version": _("wrote a version of the questions"),
    "remove guide version": _("took a version of the questions away"),
    "add interview": _("noted an interview"),
    "edit interview": _("changed an interview"),
    "remove interview": _("took away an interview noted by mistake"),
    "import": _("brought in texts"),
    "rename document": _("gave a text another title"),
    "put document away": _("put a text into the bin"),
    "take names out": _("took names out of a text"),
    "take names out everywhere": _("took names out everywhere"),
    "delete for good": _("deleted something for good"),
    "mend a text": _("mended a typing error"),
    "lock a text": _("locked a text"),
    "add recording": _("kept a recording"),
    "remove recording": _("deleted a recording"),
    "send passages back": _("sent passages back to a participant"),
    "close a link": _("closed a participant's link"),
    "answer passages": _("answered passages"),
    "export": _("took out a file"),
    "withdraw": _("took out what somebody said who withdrew"),
    "undo": _("undid"),
    "redo": _("did again"),
}

KINDS = {
    "study": _("the study"),
    "membership": _("who takes part"),
    "group": _("groups"),
    "participant": _("participants"),
    "consent": _("consent"),
    "interview": _("interviews"),
    "candidate": _("groups to ask"),
    "guide_version": _("questions"),
    "withdrawal": _("withdrawals"),
    "document": _("texts"),
    "code": _("codes"),
    "span": _("passages"),
    "memo": _("memos"),
    "theme": _("themes"),
}


def verb_words(verb: str) -> str:
    """A verb as a sentence goes on after a name: Rosa … made a code."""
    return str(VERBS.get(verb, verb))


def act_words(verb: str, label: str) -> str:
    """What was done and to what: made a code · tea."""
    return f"{verb_words(verb)} · {label}" if label else verb_words(verb)


def column_words(name: str) -> str:
    """`central_idea` and `parent_id` as words."""
    return name.removesuffix("_id").replace("_", " ")
