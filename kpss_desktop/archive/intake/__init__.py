"""Taking in: what is dropped becomes a plan, a row for each file, and the plan is filed."""
