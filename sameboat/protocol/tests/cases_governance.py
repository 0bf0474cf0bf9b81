"""Vectors of the log, second part: leaving, the host's task, policy, own circles, forks and what the server checks."""

from typing import Any

from sameboat.protocol import making
from sameboat.protocol.encoding import decode, enc
from sameboat.protocol.log import extend
from sameboat.protocol.primitives import sign
from sameboat.protocol.state import DAY, OWN
from sameboat.protocol.tests.cases import Cases, bytes_of, flip
from sameboat.protocol.tests.cases_log import ONE, Log, new_keys, rekey_body
from sameboat.protocol.tests.cases_log import log as first_part
from sameboat.protocol.tests.world import POLICY, START, World, four


def log() -> Cases:
    """SPEC.md section 4, the whole of it."""
    cases = first_part()
    told = Log(cases, four(), "four")
    _leaves(told)
    _roles(told)
    _policies(told)
    _windows(cases)
    _own(cases)
    _forks(told)
    return cases


def _leaves(told: Log) -> None:
    w = told.world
    told.yes("leave", w.event("dee", "leave", [None]))
    parting = making.make_parting(w.person("dee"), w.state, w.now)
    told.yes("parting brought by another", w.event("ben", "leave", [parting]))
    early = making.make_parting(w.person("dee"), w.state, w.now + 1)
    told.no("parting too early", "too_early", w.event("ben", "leave", [early]))

    def odd(circle: bytes, member: bytes, head: bytes, signer: str = "dee") -> bytes:
        raw = enc([circle, member, head, w.now])
        return w.event("ben", "leave", [[raw, sign(w.person(signer).sign, "parting", raw)]])

    dee, here = w.state.members[w.id("dee")], w.state.head
    told.no("parting from another circle", "wrong_circle", odd(bytes(32), dee.id, here))
    told.no("parting of a stranger", "not_a_member", odd(w.state.circle, bytes(16), here))
    told.no("parting after no event of this log", "stale_parting", odd(w.state.circle, dee.id, bytes(32)))
    told.no("parting from before they came", "stale_parting", odd(w.state.circle, dee.id, w.state.circle))
    told.yes("parting from the event that let them in", odd(w.state.circle, dee.id, dee.admitted))
    told.no("parting not signed by them", "bad_parting", odd(w.state.circle, dee.id, here, "ben"))
    told.no("parting of another form", "not_canonical", w.event("ben", "leave", [[b"\x80", parting[1]]]))
    _acts_again(told, parting)


def _acts_again(told: Log, parting: list[bytes]) -> None:
    """Somebody asked to go and thought better of it: what they signed then is worth nothing any more."""
    w = told.world
    dee = w.state.members[w.id("dee")]
    again = w.event("dee", "name", [dee.name])
    state, _ = extend(w.state, [again])
    old = w.event("ben", "leave", [parting], state)
    told.no("parting of someone who has acted since", "stale_parting", again, old)
    other = w.event("cleo", "name", [w.state.members[w.id("cleo")].name])
    state, _ = extend(w.state, [other])
    told.yes("parting while others act", other, w.event("ben", "leave", [parting], state))


def _roles(told: Log) -> None:
    w = told.world
    until = w.now + 90 * DAY
    told.yes("host gives the task", w.event("ana", "role", w.role_body(None, "ben", until)))
    told.yes("two give the task", w.event("ben", "role", w.role_body("cleo", "dee", until)))
    told.yes("two end a term", w.event("ben", "role", w.role_body("cleo", "ana", 0)))
    told.yes("host lays it down", w.event("ana", "role", w.role_body(None, "ana", 0)))
    told.no("alone, while there is a host", "not_authorised", w.event("ben", "role", w.role_body(None, "ben", until)))
    told.no("alone, for another", "not_authorised", w.event("ben", "role", w.role_body(None, "dee", until)))
    told.no("term of 91 days", "bad_term", w.event("ana", "role", w.role_body(None, "ben", until + 1)))
    told.no("term that is over", "bad_term", w.event("ana", "role", w.role_body(None, "ben", w.now)))
    stranger = [bytes(16), until, None]
    told.no("task for a stranger", "not_a_member", w.event("ana", "role", stranger))
    body = w.role_body("cleo", "dee", until)
    told.no("second for another term", "bad_second", w.event("ben", "role", [body[0], until - 1, body[2]]))
    told.no("second for another target", "bad_second", w.event("ben", "role", [w.id("ben"), until, body[2]]))
    told.no("host's own second", "not_distinct", w.event("cleo", "role", body))
    settled = four("settled")
    old = settled.role_body("cleo", "dee", settled.now + DAY)
    settled.do("ana", "role", settled.role_body(None, "dee", 0))
    stale = Log(told.cases, settled, "settled")
    stale.no("second from before the last role", "stale_second", settled.event("ben", "role", old))
    stale.yes("second after it", settled.event("ben", "role", settled.role_body("cleo", "dee", settled.now + DAY)))
    empty = four("empty")
    empty.now = START + 90 * DAY + 1
    nobody = Log(told.cases, empty, "empty")
    nobody.yes(
        "nobody is host: one steps up", empty.event("ben", "role", empty.role_body(None, "ben", empty.now + DAY))
    )
    nobody.no(
        "nobody is host: for another",
        "not_authorised",
        empty.event("ben", "role", empty.role_body(None, "dee", empty.now + DAY)),
    )
    nobody.ask("term's last second", "is-host", member=empty.id("ana"), time=START + 90 * DAY)
    nobody.ask("one second later", "is-host", member=empty.id("ana"), time=START + 90 * DAY + 1)


def _policies(told: Log) -> None:
    w = told.world
    longer = [365, 8, 1, [w.id("ben"), w.id("cleo")], bytes_of("contact", 32)]
    told.yes("policy", w.event("ana", "policy", w.policy_body("ben", longer)))
    told.yes("second is host", w.event("ben", "policy", w.policy_body("ana", longer)))
    told.no("policy by two who are not host", "not_a_host", w.event("ben", "policy", w.policy_body("cleo", longer)))
    told.no("host alone", "second_required", w.event("ana", "policy", w.policy_body(None, longer)))
    told.no("window 60", "bad_policy", w.event("ana", "policy", w.policy_body("ben", [60, *longer[1:]])))
    strange = [*longer[:3], [bytes(16)], None]
    told.no("a stranger decides, later", "bad_policy", w.event("ana", "policy", w.policy_body("ben", strange)))
    without = [*w.words[:2], None]
    told.no(
        "safeguarding taken away", "no_safeguarding", w.event("ana", "policy", w.policy_body("ben", longer, without))
    )
    body = w.policy_body("ben", longer)
    told.no("second for another policy", "bad_second", w.event("ana", "policy", [body[0], POLICY, body[2]]))
    told.no("second for other words", "bad_second", w.event("ana", "policy", [[bytes(32), *body[0][1:]], *body[1:]]))
    moved = four("moved")
    old = moved.policy_body("ben", [365, 8, 0, [], None])
    moved.do("ana", "policy", moved.policy_body("ben", [0, 8, 0, [], None]))
    stale = Log(told.cases, moved, "moved")
    stale.no("second from before the last policy", "stale_second", moved.event("ana", "policy", old))


def _windows(cases: Cases) -> None:
    w = four("windows")
    before = w.state
    w.do("ana", "policy", w.policy_body("ben", [30, 8, 0, [], None]))
    told = Log(cases, w, "windows")
    shorter = w.now
    told.ask("a shorter window waits", "window-at", time=shorter + 7 * DAY - 1)
    told.ask("and comes after seven days", "window-at", time=shorter + 7 * DAY)
    w.now += 3 * DAY
    back = w.event("cleo", "policy", w.policy_body("dee", before.policy, before.words))
    told.yes("two put it back", back)
    told.ask("it is put back", "window-at", then=(back,), time=shorter + 30 * DAY)
    told.no(
        "two put back something else",
        "not_a_host",
        w.event("cleo", "policy", w.policy_body("dee", [365, 8, 0, [], None])),
    )
    told.no(
        "one puts it back",
        "second_required",
        w.event("cleo", "policy", w.policy_body(None, before.policy, before.words)),
    )
    again = w.event("ana", "policy", w.policy_body("ben", [30, 9, 0, [], None]))
    told.ask("said again, the same day holds", "window-at", then=(again,), time=shorter + 7 * DAY)
    kept = w.event("ana", "policy", w.policy_body("ben", [0, 8, 0, [], None]))
    told.ask("kept, at once", "window-at", then=(kept,), time=w.now)
    w.now += 4 * DAY
    late = w.event("cleo", "policy", w.policy_body("dee", before.policy, before.words))
    told.no("too late to put back", "not_a_host", late)
    longer = w.event("ana", "policy", w.policy_body("ben", before.policy, before.words))
    told.ask("longer, at once", "window-at", then=(longer,), time=w.now)


def _own(cases: Cases) -> None:
    w = World("own")
    w.begin("ana", OWN)
    told = Log(cases, w, "own")
    told.yes("own circle")
    told.no(
        "invite in an own circle",
        "wrong_kind",
        w.event("ana", "invite", [ONE, bytes(16), w.now + 1, bytes(32), bytes(32), bytes(32), False]),
    )
    rekey = w.event("ana", "rekey", rekey_body(w, "ana"))
    told.yes("rekey in an own circle", *told.with_epoch("ana", rekey, new_keys(w, "ana")))
    stored = [
        (
            kind,
            bytes_of(f"unlocker {n}", 16),
            bytes_of(f"wrap {n}", 96),
            bytes_of(f"verifier {n}", 32),
            bytes_of(f"lookup {n}", 16),
        )
        for n, kind in enumerate((1, 2, 1))
    ]
    adds = [making.unlock_body(1, *one) for one in stored]
    drops = [making.unlock_body(2, *one) for one in stored]
    w.do("ana", "unlock", adds[0])
    _replaced(told, adds, drops)
    w.do("ana", "unlock", adds[1])
    told.no("the last two stay", "last_two", w.event("ana", "unlock", drops[0]))
    told.no("unlocker twice", "id_taken", w.event("ana", "unlock", adds[0]))
    told.no("unknown unlocker", "unknown_unlocker", w.event("ana", "unlock", drops[2]))
    w.do("ana", "unlock", adds[2])
    told.yes("a passphrase changed", w.event("ana", "unlock", drops[0]))
    told.no(
        "removed with another wrap", "not_canonical", w.event("ana", "unlock", [*drops[0][:3], bytes(32), drops[0][4]])
    )
    told.no("action 3", "not_canonical", w.event("ana", "unlock", [3, *drops[0][1:]]))
    told.no("kind 4", "not_canonical", w.event("ana", "unlock", [1, 4, bytes(16), bytes(32), bytes(32)]))
    told.no("kind 0", "not_canonical", w.event("ana", "unlock", [1, 0, bytes(16), bytes(32), bytes(32)]))
    w.do("ana", "unlock", drops[0])
    told.no("an id comes back", "id_taken", w.event("ana", "unlock", adds[0]))
    _server(cases, w, stored[2], w.wires[-2])


def _unlocks(w: World, *bodies: list[Any]) -> list[bytes]:
    """Ana's `unlock` events one after the other; the last need not be valid."""
    state, wires = w.state, [w.event("ana", "unlock", bodies[0])]
    for body in bodies[1:]:
        state, _ = extend(state, wires[-1:])
        wires.append(w.event("ana", "unlock", body, state))
    return wires


def _replaced(told: Log, adds: list[list[Any]], drops: list[list[Any]]) -> None:
    """One way in: another of its kind may take its place, in one go."""
    w = told.world
    told.no("the only way in stays", "last_two", *_unlocks(w, drops[0]))
    told.yes("the only passphrase, replaced", *_unlocks(w, adds[2], drops[0]))
    told.no("a code in a passphrase's place", "last_two", *_unlocks(w, adds[1], drops[0]))
    told.no("the new one itself", "last_two", *_unlocks(w, adds[2], drops[2]))
    told.no("and then the new one", "last_two", *_unlocks(w, adds[2], drops[0], drops[2]))
    added = _unlocks(w, adds[2])
    turned = [*added, w.epoch("ana", *added).wire]
    state, _ = extend(w.state, turned)
    told.no("something between", "last_two", *turned, w.event("ana", "unlock", drops[0], state))


def _server(cases: Cases, w: World, stored: tuple[Any, ...], wire: bytes) -> None:
    _, _, wrap, verifier, lookup = stored
    what = {"wire": wire, "wrap": wrap, "verifier": verifier, "lookup": lookup}
    cases.add("unlocker as signed", "check-unlocker", **what)
    for field in ("wrap", "verifier", "lookup"):
        changed = {**what, field: flip(what[field])}
        cases.add(f"unlocker, other {field}", "check-unlocker", "wrong_unlocker", **changed)
    cases.add("unlocker, no unlock event", "check-unlocker", "wrong_unlocker", **{**what, "wire": w.wires[1]})
    cases.add("clock, ten minutes", "check-clock", time=START + 600, now=START)
    cases.add("clock ahead", "check-clock", "clock", time=START + 601, now=START)
    cases.add("clock behind", "check-clock", "clock", time=START, now=START + 601)
    ana = w.person("ana")
    sign_in = {
        "home": "https://boat.example",
        "account_id": bytes_of("account", 16),
        "time": START,
        "nonce": bytes_of("nonce", 16),
    }
    signature = making.sign_device_sign_in(ana, *sign_in.values())
    device = {"public": ana.sign_pk, **sign_in, "signature": signature, "now": START + 5}
    cases.add("device sign-in", "check-device-sign-in", **device)
    cases.add(
        "device sign-in, other nonce", "check-device-sign-in", "bad_device_sign_in", **{**device, "nonce": bytes(16)}
    )
    cases.add(
        "device sign-in, elsewhere",
        "check-device-sign-in",
        "bad_device_sign_in",
        **{**device, "home": "https://other.example"},
    )
    cases.add("device sign-in, late", "check-device-sign-in", "clock", **{**device, "now": START + 601})


def _forks(told: Log) -> None:
    w = four("forks")
    one, two = (w.event("ben", "name", [bytes_of(n, 32)]) for n in ("one", "two"))
    w.take(one)
    told = Log(told.cases, w, "forks")
    told.ask("nothing new", "check-no-fork", other=w.wires[-3:])
    nxt = w.event("ben", "name", [bytes(32)])
    told.ask("something new", "check-no-fork", other=[*w.wires[-1:], nxt])
    told.ask("two at one seq", "check-no-fork", "fork", other=[two])
    raw, sig = decode(two, ["b", "b64"], 65536)
    told.ask("two at one seq, one unsigned", "check-no-fork", "bad_signature", other=[enc([raw, flip(sig)])])
    stranger = w.event("eve", "name", [bytes(32)])
    w.take(nxt)
    told.ask("at a seq that is held, by a stranger", "check-no-fork", "not_a_member", other=[stranger])
    told.ask("another circle's event", "check-no-fork", "wrong_circle", other=[four("elsewhere").wires[3]])
