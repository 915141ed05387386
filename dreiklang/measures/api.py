"""Measures as data."""

from ninja import Router

router = Router()
