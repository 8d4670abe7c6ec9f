match x:
    case {}: a
    case {'a': 1}: b
    case {'a': a, 'b': _, **rest}: c
    case {**rest}: d
    case {A.b: c, -1: d}: e
    case {'a': {'b': [c, d]}}: f
