assert a
assert a, b
assert not a
assert a and b, c
assert (
    a), b
def f():
    assert 0
    assert 1
    assert a < b < c, 'message'
