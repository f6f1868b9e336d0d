"""What happened, as plain values: services return these, messages word them, and neither knows the other."""
