"""Vectors of `heal`: two branches, and two who belonged before they parted go on with one."""

from sameboat.protocol import making
from sameboat.protocol.state import DAY, OWN
from sameboat.protocol.tests.cases import Cases, bytes_of
from sameboat.protocol.tests.cases_log import Log, new_keys, rekey_body
from sameboat.protocol.tests.world import World, four

OTHER = bytes_of("the tip of another branch", 32)


def heal() -> Cases:
    """SPEC.md section 4, `heal`."""
    cases = Cases("heal: of two branches one goes on (SPEC.md sections 4 and 11)")
    told = Log(cases, four("heal"), "heal")
    _healed(told)
    _refused(told)
    _seconds(told)
    _newcomers(cases)
    _own(cases)
    return cases


def _healed(told: Log) -> None:
    w = told.world
    fork = len(w.state.ids) - 2
    told.yes("two go on", *told.with_epoch("ben", w.event("ben", "heal", w.heal_body("ben", "cleo", OTHER, fork))))
    here = len(w.state.ids)
    nothing = w.event("ben", "heal", w.heal_body("ben", "cleo", OTHER, here))
    told.yes("nothing of this branch came after", *told.with_epoch("ben", nothing))
    out = w.event("ben", "heal", w.heal_body("ben", "cleo", OTHER, fork, [w.id("dee"), w.id("ana")]))
    told.yes("who went on the other is out", *told.with_epoch("ben", out))
    told.no("without an epoch", "epoch_required", w.event("ben", "heal", w.heal_body("ben", "cleo", OTHER, fork)))


def _refused(told: Log) -> None:
    w = told.world
    fork = len(w.state.ids) - 2
    body = w.heal_body("ben", "cleo", OTHER, fork)
    told.no("one alone", "second_required", w.event("ben", "heal", w.heal_body("ben", None, OTHER, fork)))
    told.no("fork at the first event", "bad_fork", w.event("ben", "heal", w.heal_body("ben", "cleo", OTHER, 0)))
    late = w.heal_body("ben", "cleo", OTHER, len(w.state.ids) + 1)
    told.no("fork after this event", "bad_fork", w.event("ben", "heal", late))
    told.no("its own branch", "bad_fork", w.event("ben", "heal", w.heal_body("ben", "cleo", w.state.head, fork)))
    gone = w.heal_body("ben", "cleo", OTHER, fork, [w.id("dee"), w.id("ana")])
    turned = [*gone[:2], gone[2][::-1], gone[3]]
    told.no("out in another order", "not_canonical", w.event("ben", "heal", turned))
    stranger = w.heal_body("ben", "cleo", OTHER, fork, [bytes(16)])
    told.no("a stranger is out", "not_a_member", w.event("ben", "heal", stranger))
    told.no(
        "the author is out",
        "not_distinct",
        w.event("ben", "heal", w.heal_body("ben", "cleo", OTHER, fork, [w.id("ben")])),
    )
    told.no(
        "the second is out",
        "not_distinct",
        w.event("ben", "heal", w.heal_body("ben", "cleo", OTHER, fork, [w.id("cleo")])),
    )
    told.no("in another shape", "not_canonical", w.event("ben", "heal", body[:3]))


def _seconds(told: Log) -> None:
    w = told.world
    fork = len(w.state.ids) - 2
    body = w.heal_body("ben", "cleo", OTHER, fork)
    told.no("second for another tip", "bad_second", w.event("ben", "heal", [bytes(32), *body[1:]]))
    told.no("second for another place", "bad_second", w.event("ben", "heal", [OTHER, fork - 1, *body[2:]]))
    told.no("second for others who go", "bad_second", w.event("ben", "heal", [OTHER, fork, [w.id("dee")], body[3]]))
    told.no("second for another author", "bad_second", w.event("ana", "heal", body))
    told.no("second is the author", "not_distinct", w.event("ben", "heal", w.heal_body("ben", "ben", OTHER, fork)))
    told.no("second is a stranger", "not_a_member", w.event("ben", "heal", [*body[:3], [bytes(16), *body[3][1:]]]))
    old = making.second_heal(w.person("cleo"), w.state, OTHER, fork, [], w.id("ben"), w.now - 1)
    told.no("second has run out", "second_expired", w.event("ben", "heal", [*body[:3], old]))
    far = making.second_heal(w.person("cleo"), w.state, OTHER, fork, [], w.id("ben"), w.now + 15 * DAY)
    told.no("second holds too long", "bad_expiry", w.event("ben", "heal", [*body[:3], far]))
    unknown = [body[3][0], bytes(32), *body[3][2:]]
    told.no("second of no head", "unknown_head", w.event("ben", "heal", [*body[:3], unknown]))
    moved = four("heal moved")
    before = moved.heal_body("ben", "cleo", OTHER, len(moved.state.ids) - 2)
    moved.do("dee", "name", [bytes_of("name", 32)])
    Log(told.cases, moved, "heal moved").no(
        "second from before the newest event", "stale_second", moved.event("ben", "heal", before)
    )


def _newcomers(cases: Cases) -> None:
    w = four("heal newcomer")
    told = Log(cases, w, "heal newcomer")
    came = w.state.index[w.state.members[w.id("dee")].admitted]
    told.no(
        "author came after the fork", "second_too_new", w.event("dee", "heal", w.heal_body("dee", "cleo", OTHER, came))
    )
    told.no(
        "second came after the fork", "second_too_new", w.event("ben", "heal", w.heal_body("ben", "dee", OTHER, came))
    )
    told.yes(
        "author came before it",
        *told.with_epoch("dee", w.event("dee", "heal", w.heal_body("dee", "cleo", OTHER, came + 1))),
    )


def _own(cases: Cases) -> None:
    w = World("heal own")
    w.begin("ana", OWN)
    told = Log(cases, w, "heal own")
    told.yes(
        "alone in an own circle", *told.with_epoch("ana", w.event("ana", "heal", w.heal_body("ana", None, OTHER, 2)))
    )
    rekey = w.event("ana", "rekey", rekey_body(w, "ana"))
    told.yes("and a rekey there", *told.with_epoch("ana", rekey, new_keys(w, "ana")))
