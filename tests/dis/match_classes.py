match x:
    case A(): a
    case A(1, b): b
    case A(x=1, y=c): c
    case A.B(1, _, z=d): d
    case int(n) | str(n): e
    case A(B(), [C(), *d]) as e: f
    case [(A() | B()) as f, g]: g
    case (A(x=a, y=b) | B(y=b, x=a)) if a: h
