"""Forms of places."""

from dreiklang.places.forms.city import LevelForm, MunicipalityForm, municipality_values

__all__ = ["LevelForm", "MunicipalityForm", "municipality_values"]
