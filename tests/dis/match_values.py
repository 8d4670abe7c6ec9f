match x:
    case 1: a
    case -1 | 2.5 | 1 + 2j | 'a' 'b' | b'c': b
    case None | True | False: c
    case A.b | A.b.c: d
    case y if y > 1: e
    case _: f
match x, y:
    case 1, 2: a
match x:
    case _: a
match x:
    case y: a
def f():
    match x:
        case 1: return a
        case _: return b
