"""A step of a migration that takes many steps at once."""

from django.db.migrations.operations.base import Operation


class Together(Operation):
    """Takes many steps as one: tables that point at one another, constraints of many of them.

    One by one, Django would draw every model anew after each of them, which takes most of the time. A step must not
    need what another one of them made, but in the database.
    """

    reversible = True

    def __init__(self, steps):
        self.steps = steps

    def state_forwards(self, app_label, state):
        state.clear_delayed_apps_cache()
        state.__dict__.pop("apps", None)  # drawn once, when it is next asked for
        for step in self.steps:
            step.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for step in self.steps:
            step.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for step in reversed(self.steps):
            step.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self):
        return f"Take {len(self.steps)} steps at once"
