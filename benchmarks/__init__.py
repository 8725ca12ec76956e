"""What is measured: run each as a module, `python -m benchmarks.NAME`, from the root of the tree."""
