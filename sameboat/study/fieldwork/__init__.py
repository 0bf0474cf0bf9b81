"""Groups, participants, consent, guides and interviews: who was asked, and what they agreed to."""
