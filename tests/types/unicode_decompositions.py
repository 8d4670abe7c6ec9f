# Verifies every decomposition mapping of unicodedata, by a sum over all characters and by samples.
import hashlib
import unicodedata

digest = hashlib.md5()
count = 0
for code in range(0x110000):
    mapping = unicodedata.decomposition(chr(code))
    if mapping:
        count += 1
        digest.update(f"{code:x}={mapping}\n".encode())
print(count, digest.hexdigest())
for char in "aé½ﬁ①Å한㌀\u2126\U0001d15e\ud800":
    print(ascii(char), repr(unicodedata.decomposition(char)))
for wrong in ("", "ab", 5):
    try:
        unicodedata.decomposition(wrong)
    except TypeError as error:
        print(error)
try:
    unicodedata.UCD()
except TypeError as error:
    print(error)
