"""The modules of a QR code for a web address.

Source: ISO/IEC 18004. Bytes only, versions 1 to 9, error correction M (15 % may be damaged), and
always the same mask: choosing the best one takes five times as long and gains little.
"""

from collections.abc import Callable
from functools import lru_cache
from operator import itemgetter
from typing import Final, NamedTuple

from hub.i18n import N_
from hub.sheets.refusals import SheetRefused

_TOO_LONG = N_("The desk's web address is too long for a QR code. Set a shorter HUB_BASE_URL.")

# For each version: bytes of correction in a block, and how many bytes each block holds.
_BLOCKS: Final = (
    (10, (16,)),
    (16, (28,)),
    (26, (44,)),
    (18, (32, 32)),
    (24, (43, 43)),
    (16, (27,) * 4),
    (18, (31,) * 4),
    (22, (38, 38, 39, 39)),
    (22, (36, 36, 36, 37, 37)),
)
_CENTRES: Final = ((), (18,), (22,), (26,), (30,), (34,), (22, 38), (24, 42), (26, 46))
_BYTES: Final = 0b0100
_LEVEL_AND_MASK: Final = 0b00_011
_ON, _OFF = ord("1"), ord("0")
_LIGHT_AND_DARK: Final = b"01"


@lru_cache(maxsize=8)
def qr_rows(address: str) -> tuple[bytes, ...]:
    """Give the rows of a QR code from the top, each module as `1` (dark) or `0`.

    Raises `SheetRefused` for more than 180 bytes.
    """
    content = address.encode()
    holding = (sum(held) - 2 for _, held in _BLOCKS)
    version = next((n for n, room in enumerate(holding, 1) if len(content) <= room), 0)
    if not version:
        raise SheetRefused(_TOO_LONG, field="web_address")
    plan = _plan(version)
    words = int.from_bytes(codewords(content, version), "big") << plan.spare
    bits = f"{words ^ plan.mask:0{plan.bits}b}".encode("ascii")
    modules = bytes(plan.gather(bits + _LIGHT_AND_DARK))
    side = plan.side
    return tuple(modules[at : at + side] for at in range(0, side * side, side))


def codewords(content: bytes, version: int) -> bytes:
    """Give the content in blocks with their correction, interleaved."""
    correction, held = _BLOCKS[version - 1]
    room = sum(held)
    head = (_BYTES << 8 | len(content)) << 8 * len(content) | int.from_bytes(content, "big")
    data = (head << 4).to_bytes(len(content) + 2, "big")
    data += (b"\xec\x11" * room)[: room - len(data)]
    blocks, start = [], 0
    for size in held:
        blocks.append(data[start : start + size])
        start += size
    checks = [_correction(block, correction) for block in blocks]
    out = bytearray()
    for at in range(max(held)):
        out += bytes([block[at] for block in blocks if at < len(block)])
    for at in range(correction):
        out += bytes([check[at] for check in checks])
    return bytes(out)


def _correction(block: bytes, length: int) -> bytes:
    """Give the Reed-Solomon remainder of a block."""
    rows = _generator_rows(length)
    top, keep = 8 * (length - 1), (1 << 8 * length) - 1
    left = 0
    for byte in block:
        left = left << 8 & keep ^ rows[byte ^ left >> top]
    return left.to_bytes(length, "big")


def _times(one: int, other: int) -> int:
    """Multiply in the field of 256 elements over x^8 + x^4 + x^3 + x^2 + 1."""
    product = 0
    while other:
        if other & 1:
            product ^= one
        one = one << 1 ^ (0x11D if one & 0x80 else 0)
        other >>= 1
    return product


@lru_cache(maxsize=16)
def _generator_rows(length: int) -> tuple[int, ...]:
    """Give each multiple of the generator polynomial, without its leading one, as one number."""
    generator, root = [1], 1
    for _ in range(length):
        shifted = [*generator, 0]
        for at, factor in enumerate(generator, 1):
            shifted[at] ^= _times(factor, root)
        generator, root = shifted, _times(root, 2)
    return tuple(
        int.from_bytes(bytes(_times(value, factor) for value in generator[1:]), "big")
        for factor in range(256)
    )


class _Plan(NamedTuple):
    """What all codes of a version share.

    `gather` gives all modules from the `bits` ones of the content, followed by a light and a
    dark one of which the patterns are made. `mask` turns modules of the content over; `spare`
    of them hold nothing.
    """

    side: int
    bits: int
    gather: Callable[[bytes], tuple[int, ...]]
    mask: int
    spare: int


@lru_cache(maxsize=len(_BLOCKS))
def _plan(version: int) -> _Plan:
    side = 17 + 4 * version
    grid = [bytearray(side) for _ in range(side)]  # zero: free for content
    for row, column in ((3, 3), (3, side - 4), (side - 4, 3)):
        _square(grid, row, column, (0, 1, 3))
    centres = (6, *_CENTRES[version - 1]) if version > 1 else ()
    for row in centres:
        for column in centres:
            if grid[row][column] == 0:
                _square(grid, row, column, (0, 2))
    for at in range(8, side - 8):
        grid[6][at] = grid[at][6] = _OFF if at % 2 else _ON
    _write_format(grid, side)
    if version >= 7:
        _write_version(grid, side, version)
    places = _content_places(grid, side)
    flips = "".join("0" if sum(divmod(place, side)) % 3 else "1" for place in places)
    sources = [len(places) + (module == _ON) for module in b"".join(grid)]
    for at, place in enumerate(places):
        sources[place] = at
    correction, held = _BLOCKS[version - 1]
    spare = len(places) - 8 * (sum(held) + correction * len(held))
    return _Plan(side, len(places), itemgetter(*sources), int(flips, 2), spare)


def _square(grid: list[bytearray], row: int, column: int, dark: tuple[int, ...]) -> None:
    """Draw squares round a centre: those at the `dark` distances, light ones between them."""
    reach = max(dark) + (max(dark) == 3)
    for down in range(-reach, reach + 1):
        for right in range(-reach, reach + 1):
            at, beside = row + down, column + right
            if 0 <= at < len(grid) and 0 <= beside < len(grid):
                distance = max(abs(down), abs(right))
                grid[at][beside] = _ON if distance in dark else _OFF


def _with_check(value: int, polynomial: int, width: int) -> int:
    """Append the remainder of a division of polynomials, of `width` bits."""
    left = value << width
    for at in range(left.bit_length() - 1, width - 1, -1):
        if left >> at & 1:
            left ^= polynomial << at - width
    return value << width | left


def _write_format(grid: list[bytearray], side: int) -> None:
    bits = _with_check(_LEVEL_AND_MASK, 0x537, 10) ^ 0x5412
    corner = [(8, n) for n in (0, 1, 2, 3, 4, 5, 7, 8)] + [(n, 8) for n in (7, 5, 4, 3, 2, 1, 0)]
    edges = [(side - 1 - n, 8) for n in range(7)] + [(8, side - 8 + n) for n in range(8)]
    for place in (corner, edges):
        for at, (row, column) in enumerate(place):
            grid[row][column] = _ON if bits >> 14 - at & 1 else _OFF
    grid[side - 8][8] = _ON


def _write_version(grid: list[bytearray], side: int, version: int) -> None:
    bits = _with_check(version, 0x1F25, 12)
    for at in range(18):
        down, right = divmod(at, 3)
        bit = _ON if bits >> at & 1 else _OFF
        grid[down][side - 11 + right] = grid[side - 11 + right][down] = bit


def _content_places(grid: list[bytearray], side: int) -> list[int]:
    """Give the free modules in the order of the content: columns in pairs, up and down."""
    places: list[int] = []
    upwards = True
    for right in [*range(side - 1, 6, -2), *range(5, 0, -2)]:
        rows = range(side - 1, -1, -1) if upwards else range(side)
        places += [
            row * side + column
            for row in rows
            for column in (right, right - 1)
            if grid[row][column] == 0
        ]
        upwards = not upwards
    return places
