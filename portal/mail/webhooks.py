"""Where a mail service tells what became of messages: anymail checks that it is the service, by secret or signature."""

from anymail import urls
from django.contrib.auth.decorators import login_not_required

urlpatterns = urls.urlpatterns
for pattern in urlpatterns:
    login_not_required(pattern.callback)
