"""What the actions of the table do, one class per family."""
