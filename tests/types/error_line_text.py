# The text of an error's line where backslashes stand amid indentation or in a comment, and a BOM in text.
for source in (
    "\\\n  x y\n",
    "x = 1 \\\n  y\n",
    "    \\\n    x\n",
    "# comment \\\nfor ISO\n",
    "'m' # c \\\n SMALL 1\n",
    "x = \\\n   \\\n y z\n",
    "(\n \\\n x y)\n",
    "\ufeffx = 1",
    "\ufeff",
    " \ufeff",
):
    for mode in "exec", "eval", "single":
        try:
            compile(source, "<text>", mode)
            print(repr(source), mode)
        except SyntaxError as e:
            print(type(e).__name__, e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset, repr(e.text))
print(compile("\ufeffx = 1".encode(), "<bytes>", "exec").co_names)
