"""What the coding screen asks of coding."""

from ninja import Router

router = Router()
