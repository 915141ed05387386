"""What is done with indicators and their values; each in one transaction with its reason."""

from dreiklang.monitoring.services.bulk import Incoming, Written, write_values

__all__ = ["Incoming", "Written", "write_values"]
