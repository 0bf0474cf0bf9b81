"""What bodies of the API are made of: bytes as base64url, ids of one length, seconds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from ninja import Schema
from pydantic import ConfigDict, Field
from pydantic_core import CoreSchema, core_schema

from sameboat.protocol.encoding import un_b64u
from sameboat.protocol.failures import Failure

LARGEST = 2**53 - 1


class Body(Schema):
    """A JSON object that holds exactly what is named; anything else is refused."""

    model_config = ConfigDict(extra="forbid", strict=True)


def b64_length(size: int) -> int:
    """How many characters of base64url `size` bytes take."""
    return (size * 8 + 5) // 6


@dataclass(frozen=True)
class Sized:
    """Marks a byte string of `least` to `most` bytes, base64url in JSON: `Annotated[bytes, Sized(16, 16)]`."""

    least: int
    most: int

    def read(self, value: Any) -> bytes:
        """The bytes, or ValueError for padding, other characters, trailing bits or another length."""
        if not isinstance(value, str):
            raise ValueError("bytes are written as base64url")
        try:
            found = un_b64u(value)
        except Failure:
            raise ValueError("bytes are written as base64url") from None
        if not self.least <= len(found) <= self.most:
            raise ValueError("these bytes have another length")
        return found

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(self.read)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: Any) -> dict[str, Any]:
        return {
            "type": "string",
            "format": "base64url",
            "pattern": "^[A-Za-z0-9_-]*$",
            "minLength": b64_length(self.least),
            "maxLength": b64_length(self.most),
        }


Id = Annotated[bytes, Sized(16, 16)]
Hash = Annotated[bytes, Sized(32, 32)]
Signature = Annotated[bytes, Sized(64, 64)]
Seconds = Annotated[int, Field(ge=0, le=LARGEST)]
Name = Annotated[str, Field(min_length=2, max_length=200)]
ConsentVersion = Annotated[str, Field(pattern=r"^[0-9a-z.-]{1,16}$")]
Code = Annotated[str, Field(min_length=4, max_length=40)]
