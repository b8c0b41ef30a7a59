"""How allauth speaks to people: in their own language, through the same deliveries as everything else."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    pass
