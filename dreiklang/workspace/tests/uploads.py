"""A list brought to the pages of imports, as the tests of several of their steps need it."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from dreiklang.core.models import Upload

LIST = "Amtsnummer;Bezeichnung;Gehört zu;Etage\n61;Stadtplanungsamt;;2. OG\n61.1;Wohnen;Stadtplanungamt;\n"


def uploaded(client: Client, text: str = LIST, name: str = "aemter.csv") -> Any:
    file = SimpleUploadedFile(name, text.encode())
    return client.post(reverse("workspace:import_begin", args=["departments"]), {"file": file})


def tried(client: Client, text: str = LIST, **fields: str) -> Upload:
    uploaded(client, text)
    upload = Upload.objects.get()
    columns = {f"column-{name}": column for name, column in upload.choices["columns"].items()}
    client.post(
        reverse("workspace:import_columns", args=[upload.pk]),
        {"deed": "try", "source": "Ämter", **columns, **fields},
    )
    upload.refresh_from_db()
    return upload
