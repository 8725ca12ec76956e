"""Coding on a Dask cluster: partitions of the input in, partitioned GeoParquet out (the extra `cluster`).

`stages` holds the tasks, each of which reads from and writes to the store (`store`) and can be run again;
`run` puts them in order. The result does not depend on the partitions or on the number of workers.
"""
