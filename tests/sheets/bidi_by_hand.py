"""Compare the order of random texts with another implementation's: `make bidi`.

A hundred thousand texts by default, half of them with brackets and half with isolates, in both
directions: `python -m tests.sheets.bidi_by_hand 100000 7` takes their number and a seed. The
tests do the same with fewer. Brackets and isolates stand apart: see docs/sheets.md.
"""

import random
import sys

import bidi as oracle

from tests.sheets.test_bidi import ALPHABETS, shown


def main() -> int:
    """Compare; status 1 where an order differs."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    chance = random.Random(seed)  # noqa: S311 - repeatable samples, no secret
    differences = 0
    for number in range(count):
        alphabet, base = ALPHABETS[number % 2], number // 2 % 2
        text = "".join(chance.choices(alphabet, k=chance.randint(1, 24)))
        if shown(text, base) != oracle.get_display(text, base_dir="LR"[base]):
            differences += 1
            sys.stdout.write(f"base {base}: {text!a}\n")
    sys.stdout.write(f"{count} texts (seed {seed}): {differences} in another order\n")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
