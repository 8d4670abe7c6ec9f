# Texts that wait in sys.stdout count in a trace too: each number is a variable's count less 101.
import gc
gc.collect(); gc.disable()
print("x"); a=gc.get_count()[0]
print("x"); b=gc.get_count()[0]
print([1,2]); d=gc.get_count()[0]
z=[]; w=[z]*(100+a); y=[]; v=[y]*(100+b); x=[]; u=[x]*(100+d)
pass
