"""The content security policy of every page: nothing from elsewhere, nothing inline."""


def base_policy() -> dict[str, dict[str, list[str]]]:
    """The value of the setting CONTENT_SECURITY_POLICY, as django-csp 4 reads it."""
    return {
        "DIRECTIVES": {
            "default-src": ["'none'"],
            "script-src": ["'self'"],
            "style-src": ["'self'"],
            "img-src": ["'self'", "data:"],
            "font-src": ["'self'"],
            "connect-src": ["'self'"],
            "form-action": ["'self'"],
            "base-uri": ["'none'"],
            "frame-ancestors": ["'none'"],
        }
    }
