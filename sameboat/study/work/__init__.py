"""Long work beside the page that asked for it: how far it is, a way to stop it, and what became of it."""
