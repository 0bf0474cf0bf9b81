"""What was changed, by whom and when, before and after: the audit trail, and what undo works from."""
