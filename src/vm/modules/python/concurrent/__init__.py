"""Work done side by side."""
