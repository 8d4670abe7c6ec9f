import ast
import datetime
import inspect
import pickle
import traceback

# Digits are counted before what follows them is looked at.
for text in ["1" * 5000 + "x", "1" * 4300 + "x"[:0] + "1", "1_1" * 2500, "_" + "1" * 5000, "1__1" + "1" * 5000, "1" * 5000 + "__1", "x" + "1" * 5000]:
    try:
        print(int(text) > 0)
    except ValueError as error:
        print(str(error)[:90])
# A buffer that travels beside a pickle and cannot be written to comes back as it is.
for data in [b"data", bytearray(b"data")]:
    buffers = []
    made = pickle.dumps(pickle.PickleBuffer(data), 5, buffer_callback=buffers.append)
    back = pickle.loads(made, buffers=buffers)
    print(made, type(back).__name__, type(pickle.loads(made, buffers=[memoryview(b"q")])).__name__, type(pickle.loads(made, buffers=[bytearray(b"q")])).__name__)
print(inspect.Parameter("class", inspect.Parameter.KEYWORD_ONLY), len(list(traceback.walk_stack(None))))
for week in [(2**40, 1, 1), (2020, -2**40, 1), (2020, 1, 2**40), (0, 1, 1), ("a", 1, 1)]:
    try:
        print(datetime.date.fromisocalendar(*week))
    except Exception as error:
        print(type(error).__name__, error)
try:
    ast.parse("x", mode="zip")
except ValueError as error:
    print(error)
