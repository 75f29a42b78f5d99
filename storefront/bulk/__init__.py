"""One action for many orders, done by the worker one after the other, with a result for each."""
