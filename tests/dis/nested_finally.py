def f():
    for x in y:
        try:
            with z:
                try: return x
                except A as a: continue
                finally: b
        except B: break
        finally:
            c
            if d: return
