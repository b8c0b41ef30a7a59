"""What `make run` says when all is up: where the pages are, and who may sign in."""

from portal.models import Role

WORDS = """
The portal runs here:

  Pages     {site}/
  Mailbox   {site}/mailbox/   every message that it sends, and the codes to sign in with
  Logs      {folder}/logs/

Sign in with one of these addresses; the code comes to the mailbox:

{accounts}

Stop with Ctrl-C."""


def text(site, folder):
    return WORDS.format(site=site, folder=folder, accounts=accounts())


def accounts():
    """One sample account for each role."""
    rows = {}
    for role in Role.objects.select_related("user").order_by("pk"):
        rows.setdefault(role.get_kind_display(), role.user.email)
    width = max((len(label) for label in rows), default=0)
    return "\n".join(f"  {label:{width}}  {address}" for label, address in rows.items())
