# A module with annotations, for tests that take them away.
count: int = 3
title: str = "four"
