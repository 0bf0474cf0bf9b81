"""What the coding screen asks of analysis."""

from ninja import Router

router = Router()
