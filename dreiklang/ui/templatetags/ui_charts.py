"""The chart tag."""

from django import template

register = template.Library()
