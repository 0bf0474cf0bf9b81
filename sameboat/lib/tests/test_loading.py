"""What a program is made of is not looked through while it is loaded; what is made on the way and never needed goes."""

import gc
import weakref

from sameboat.lib.loading import letting_go, loading


class Link:
    """Names itself, as models do."""

    def __init__(self):
        self.itself = self


def test_what_is_let_go_of_while_a_program_is_loaded_is_gone():
    with loading():
        assert not gc.isenabled()
        with letting_go():
            assert gc.isenabled()
            gone = weakref.ref(Link())
        assert gone() is None
        assert not gc.isenabled()
    assert gc.isenabled()
