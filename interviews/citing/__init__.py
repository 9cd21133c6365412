"""Citations: a `Reference` made of rows, and one pure module for each form in which it is written."""
