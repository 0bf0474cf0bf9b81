"""Verbs on spans, codes and memos. Each is one act of the ledger, and so one step of undo."""
