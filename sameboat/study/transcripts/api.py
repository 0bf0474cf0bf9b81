"""What the coding screen asks of transcripts."""

from ninja import Router

router = Router()
