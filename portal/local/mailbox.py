"""The local mailbox: every message that was sent, newest first, in its language."""

urlpatterns = []
