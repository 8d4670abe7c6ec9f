def f():
    'a' 'b'
    'c'
def g():
    'a' + 'b'
def h():
    f'a'
class C:
    'a' * 2
