a = f''
a = f'text'
a = f'{x}'
a = f'a{x}b{y!r}c{z!s:>10}d{w!a:{p}.{q}}e'
a = f'{x=}', f'{x = }', f'{x=!s}', f'{x=:>5}', f'{x + 1 = !r:^{w}}'
a = 'a' f'b{x}c' 'd' f'{y}'
a = (f'one {x}'
     f' two {y:>3}'
     ' three')
a = f"""{
x
} and {y
}"""
a = f'{{}}', f'{{{x}}}', rf'\{x}', f'\N{DIGIT ONE}{x}\ud800'
a = f'{x:}', f"{d['k']}", f'{(lambda: 1)()}', f'{x!r}' f'{y}'
a = f"{x0} {x1} {x2} {x3} {x4} {x5} {x6} {x7} {x8} {x9} {x10} {x11} {x12} {x13} {x14} {x15} {x16} {x17} {x18} {x19} "
