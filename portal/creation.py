"""A step of a migration that makes many tables at once."""

from django.db.migrations.operations.base import Operation


class CreateTogether(Operation):
    """Makes models that point at one another in one step.

    One by one, Django would draw every model anew after each of them, which takes most of the time. Fields and
    constraints stand within the models here: a table is made as its model stands at the end.
    """

    reversible = True

    def __init__(self, models):
        self.models = models

    def state_forwards(self, app_label, state):
        state.clear_delayed_apps_cache()
        state.__dict__.pop("apps", None)  # drawn once, when it is next asked for
        for model in self.models:
            model.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for model in self.models:
            model.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for model in reversed(self.models):
            model.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self):
        return f"Create {len(self.models)} models"
