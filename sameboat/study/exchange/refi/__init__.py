"""REFI-QDA 1.0: projects (.qdpx) and codebooks (.qdc), written strictly and read leniently. Pure: no Django.

The standard and its schemas: https://www.qdasoftware.org. Written files validate against them; read files need not.
"""
