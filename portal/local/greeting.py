"""What `make run` says when all is up: where the pages are, and who may sign in."""

WORDS = """
The portal runs here:

  Pages     {site}/
  Mailbox   {site}/mailbox/   every message that it sends, and the codes to sign in with
  Logs      {folder}/logs/

Sign in with one of these addresses; the code comes to the mailbox:

{accounts}

Stop with Ctrl-C."""


def text(site, folder, said_of_samples):
    """The greeting; the accounts are those that the command of the samples named, each in an indented line."""
    accounts = [line for line in said_of_samples.splitlines() if line.startswith("  ")]
    return WORDS.format(site=site, folder=folder, accounts="\n".join(accounts))
