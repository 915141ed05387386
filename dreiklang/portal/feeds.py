"""What changed lately as an Atom feed."""

from datetime import datetime, time, timedelta
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from dreiklang.core.records import News
from dreiklang.people.rules import PUBLIC
from dreiklang.places import queries as places
from dreiklang.workspace.queries.news import news as latest_news


class NewsFeed(Feed):  # type: ignore[type-arg]  # generic for the checker only
    """Public entries only, whoever asks: a feed reader may keep them for others."""

    feed_type = Atom1Feed
    description_template = "portal/news_text.html"

    def title(self) -> str:
        return _("%(city)s: Was sich geändert hat") % {"city": places.municipality().name}

    def link(self) -> str:
        return reverse("portal:news")

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        return None

    def items(self) -> list[News]:
        return latest_news(PUBLIC, since=timezone.localdate() - timedelta(days=365), limit=50)

    def item_title(self, item: News) -> str:
        return item.title

    def item_link(self, item: News) -> str:
        return item.url

    def item_guid(self, item: News) -> str:
        return f"{item.url}#{item.kind}-{item.on.isoformat()}"

    item_guid_is_permalink = False

    def item_updateddate(self, item: News) -> datetime:
        return timezone.make_aware(datetime.combine(item.on, time(12)))
