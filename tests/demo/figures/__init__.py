"""Every figure on every page of the sample city, and the rows to which it leads."""
