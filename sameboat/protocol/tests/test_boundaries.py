"""What the package promises of itself: the specification's names, a server that cannot open, quick replay."""

import ast
import re
import subprocess
import sys
import time
from pathlib import Path

from sameboat.protocol.failures import NAMES
from sameboat.protocol.log import replay
from sameboat.protocol.primitives import DOMAINS
from sameboat.protocol.tests.world import four

HERE = Path(__file__).resolve().parents[1]
SPEC = (HERE.parents[1] / "protocol" / "SPEC.md").read_text(encoding="utf-8")
OPENING = {
    "locks",
    "account",
    "keys",
    "epochs",
    "messages",
    "doorway",
    "asides",
    "making",
    "seal",
    "tracker",
    "content",
    "reports",
    "signals",
}
MAKERS = {
    "h",
    "kdf",
    "mac",
    "lock",
    "unlock",
    "box",
    "unbox",
    "sign",
    "signed",
    "signature_holds",
    "check_signature",
    "check_second",
    "_second",
}
SAME_ACT = {
    "unlock": "lock",
    "unbox": "box",
    "signed": "sign",
    "signature_holds": "sign",
    "check_signature": "sign",
    "check_second": "sign",
    "_second": "sign",
}


def domain_uses() -> dict[str, set[str]]:
    """For each domain text in the source, the primitives it is used with."""
    uses: dict[str, set[str]] = {}
    for path in [*HERE.glob("*.py"), *HERE.glob("log_rules/*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in MAKERS:
                texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and arg.value in DOMAINS]
                for text in texts[:1]:
                    uses.setdefault(text, set()).add(SAME_ACT.get(name, name))
    return uses


def test_each_domain_text_has_one_purpose_and_stands_in_the_specification_p32() -> None:
    section = SPEC.split("## 12. Domain texts")[1].split("each after")[0]
    assert set(re.findall(r"`([a-z/-]+)`", section)) == DOMAINS
    uses = domain_uses()
    assert set(uses) == DOMAINS
    assert {text for text, acts in uses.items() if len(acts) > 1} == set()


def test_every_failure_stands_in_the_specification() -> None:
    assert {name for name in NAMES if f"`{name}`" not in SPEC} == set()


def test_what_the_server_imports_cannot_open_anything() -> None:
    script = "import sys, sameboat.protocol.verify; print(*sorted(m for m in sys.modules if m.startswith('sameboat.')))"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert not {name.rsplit(".", 1)[1] for name in loaded} & OPENING


def test_a_thousand_known_events_replay_well_within_a_second() -> None:
    world = four()
    for number in range(1000):
        world.do("ben", "name", [number.to_bytes(32, "big")])
        if number % 20 == 0:
            world.wires = world.wires[:]
    began = time.perf_counter()
    state = replay(world.wires, trusted=True)
    assert time.perf_counter() - began < 1
    assert len(state.ids) == len(world.wires)
