"""The stories that a browser walks through, in each of their languages."""

import pytest

from tests.browser.test_building import CHROMIUM, test_a_consultation_of_two_rounds_is_built_with_few_clicks
from tests.browser.test_coordinator import (
    test_from_the_empty_portal_to_an_outcome_of_which_everybody_is_told,
)
from tests.browser.test_giving import test_a_call_is_answered_without_script_over_a_line_that_breaks
from tests.browser.test_keyboard import test_pages_are_used_with_the_keyboard_alone
from tests.browser.test_places import test_places_are_shared_out_in_order_and_nobody_loses_one
from tests.browser.test_translating import test_a_translator_walks_every_state_and_move
from tests.browser.test_walk import test_from_the_front_door_to_the_outcome

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine: no story was told"),
]
__all__ = [
    "test_a_call_is_answered_without_script_over_a_line_that_breaks",
    "test_a_consultation_of_two_rounds_is_built_with_few_clicks",
    "test_a_translator_walks_every_state_and_move",
    "test_from_the_empty_portal_to_an_outcome_of_which_everybody_is_told",
    "test_from_the_front_door_to_the_outcome",
    "test_pages_are_used_with_the_keyboard_alone",
    "test_places_are_shared_out_in_order_and_nobody_loses_one",
]
