"""What the public pages ask of several subjects at once."""
