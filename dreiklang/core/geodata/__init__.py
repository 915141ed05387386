"""Geometries from outside: GeoJSON, GeoPackage, GML and XPlanGML, lists with WKT, services by address."""
