a = (
    b +
    c
)
f(
    a,
    b
)
x = [
    1,
    y,
]
if (
    a
    and
    b
):
    c
def f(
    a=
    1,
    b: int
    = 2,
):
    return (
        a
    )


def g():
    x = 1; y = 2

    if x:
        pass
    else:
        pass












































































































































































































































































































after = 1
