"""What a check is, and how its outcome is told. Knows no SDK."""

import dataclasses
import struct
import traceback
import zlib


@dataclasses.dataclass
class Target:
    """Where a vendor's API is served, and how its failures are brought about."""

    base_url: str
    key: str
    model: str = ""
    thinking_model: str = ""
    failures: dict = dataclasses.field(default_factory=dict)
    # A gateway's models by vendor.
    models: dict = dataclasses.field(default_factory=dict)

    def failing(self, name):
        """Key and model that bring a failure about; raises when there is no way to."""
        if name not in self.failures:
            raise LeftOut("no way to bring it about was given")
        way = self.failures[name]
        return way["key"] or self.key, way["model"] or self.model


class LeftOut(Exception):
    """A check that cannot be made here."""


class Report:
    def __init__(self, without):
        self.without = without
        self.passed = 0
        self.failed = 0

    def run(self, vendor, target, checks):
        for name, check in checks:
            label = f"{vendor}: {name.replace('_', ' ')}"
            if any(name == left or name.startswith(f"{left}_") for left in self.without):
                print(f"left out  {label}")
                continue
            try:
                check(target)
            except LeftOut as reason:
                print(f"left out  {label}: {reason}")
            except Exception as failure:
                self.failed += 1
                print(f"FAILED    {label}: {type(failure).__name__}: {failure}")
                traceback.print_exc(limit=-2)
            else:
                self.passed += 1
                print(f"ok        {label}")


def checks_of(module):
    """Functions of a module whose names begin with check_, in its order."""
    named = vars(module).items()
    return [(name.removeprefix("check_"), check) for name, check in named if name.startswith("check_")]


def expect(kind, act):
    """The exception of this type that a call ends with."""
    try:
        act()
    except kind as failure:
        return failure
    raise AssertionError(f"{kind.__name__} was expected, and nothing was raised")


def png():
    """A picture of one red pixel."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\x00\xff\x00\x00")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"

WEATHER = {
    "type": "object",
    "properties": {"city": {"type": "string"}, "days": {"type": "integer", "minimum": 1}},
    "required": ["city", "days"],
    "additionalProperties": False,
}
