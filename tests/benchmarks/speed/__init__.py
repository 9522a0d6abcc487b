"""How fast it is, beside papermill and jupyter-book; one module per thing measured."""
