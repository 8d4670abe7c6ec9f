# Verifies difflib: matches, ratios, and each form of differences, over many small sequences.
import difflib
from difflib import *

seed = 1


def rand(n):
    global seed
    seed = (seed * 1103515245 + 12345) % 2**31
    return (seed >> 8) % n


def words(n):
    return ["".join("abcd e"[rand(6)] for _ in range(rand(14))) + "\n" for _ in range(n)]


total = 0
for round in range(60):
    a = words(rand(12))
    b = [line if rand(3) else (line[:rand(9)] + "x" + line[rand(9):]) for line in a if rand(5)] + words(rand(3))
    for lines in (ndiff(a, b), unified_diff(a, b, "f", "t", "d1", "d2"), unified_diff(a, b, n=1), context_diff(a, b, "f", "t")):
        text = "".join(lines)
        total = (total * 31 + sum(map(ord, text)) + len(text)) % 1000003
        if round < 6:
            print(text)
    s = SequenceMatcher(None, "".join(a), "".join(b))
    print(round, total, s.ratio(), s.quick_ratio(), s.real_quick_ratio(), len(s.get_opcodes()), s.find_longest_match(), list(restore(ndiff(a, b), 1)) == a)
print(SequenceMatcher(lambda x: x == " ", " abcd", "abcd abcd").get_matching_blocks(), SequenceMatcher(None, "ab", "ab").get_opcodes())
print(get_close_matches("appel", ["ape", "apple", "peach", "puppy"]), SequenceMatcher(None, "x" * 300, "x" * 250).ratio())
print(list(diff_bytes(unified_diff, [b"a\n", b"\xff\n"], [b"a\n"])), IS_LINE_JUNK(" # \n"), IS_CHARACTER_JUNK("\t"), SequenceMatcher[int])
for bad in (lambda: get_close_matches("a", [], n=0), lambda: get_close_matches("a", [], cutoff=2), lambda: list(unified_diff([1], ["a"])), lambda: list(restore([], 3)), lambda: list(diff_bytes(unified_diff, ["a"], []))):
    try:
        print(bad())
    except Exception as error:
        print(type(error).__name__, error)
