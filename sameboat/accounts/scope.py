"""Managers that answer nothing until they are told whose rows are meant.

A forgotten filter would show one person's rows to another, so it raises instead. The few places that need
rows of everyone (jobs, the door itself) say why.
"""

from __future__ import annotations

from typing import Any, NoReturn, TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)


class NotScoped(Exception):
    """A query was begun without saying whose rows it is about. A fault of the code, never of a person."""


class OfAccount(models.Manager[Row]):
    """Rows that belong to one account."""

    def get_queryset(self) -> NoReturn:
        raise NotScoped(self.model.__name__)

    def of(self, account: Any) -> models.QuerySet[Row]:
        """This account's rows. `account` is an Account or its id."""
        return self.everywhere("one account's rows follow").filter(account=account)

    def everywhere(self, reason: str) -> models.QuerySet[Row]:
        """Rows of everyone; `reason` says why that harms nobody."""
        if not reason:
            raise NotScoped(self.model.__name__)
        return models.QuerySet(self.model, using=self._db)


class OfCircle(models.Manager[Row]):
    """Rows that belong to one circle, reached through somebody's membership of it."""

    def get_queryset(self) -> NoReturn:
        raise NotScoped(self.model.__name__)

    def within(self, membership: Any) -> models.QuerySet[Row]:
        """The rows of the circle that this membership belongs to."""
        return self.everywhere("one circle's rows follow").filter(circle=membership.circle_id)

    def everywhere(self, reason: str) -> models.QuerySet[Row]:
        """Rows of every circle; `reason` says why that harms nobody."""
        if not reason:
            raise NotScoped(self.model.__name__)
        return models.QuerySet(self.model, using=self._db)
