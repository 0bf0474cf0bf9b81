"""Coverage, matrices, agreement between coders, queries and charts."""
