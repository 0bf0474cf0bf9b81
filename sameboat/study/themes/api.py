"""What the coding screen asks of themes."""

from ninja import Router

router = Router()
