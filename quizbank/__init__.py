"""Clinical documents go in; reviewed items, activities and scored attempts come out. Never mentions certificates."""
