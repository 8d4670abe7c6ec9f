# How expressions may end that are compiled by themselves: with spaces, line breaks, comments, a backslash.
import ast
for s in ['\\', '\t\\', 'ab,\n ', '\n1', '\n 1', ' \n1', '1\n 2', '  1', '\t1', '1\n', '1\n\n ', '1 \\', 'a\\\n', '(1\n ', '1,\n ', '1,\n  # c', '\\\n1', '1\\', '\f1', '#\n1', '\n#\n 1', ' ', '']:
    for mode in ('eval', 'exec', 'single'):
        try: print(repr(s), mode, ast.dump(compile(s, 'f', mode, ast.PyCF_ONLY_AST))[:80])
        except SyntaxError as e: print(repr(s), mode, type(e).__name__, e.args)
for s in (' 1', '\t 1 ', '1\n ', '\n1'):
    try: print(repr(s), ast.literal_eval(s), eval(s))
    except SyntaxError as e: print(repr(s), e)
