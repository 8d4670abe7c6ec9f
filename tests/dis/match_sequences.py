match x:
    case []: a
    case [a]: b
    case [a, b]: c
    case (a, b, *c): d
    case [a, *_]: e
    case [*_, a]: f
    case [_, *_, _]: g
    case [a, [b, c], *d]: h
    case a, *_, b: i
    case [1, 2 | 3, y] if y: j
    case [_, _]: k
    case *a, b: l
