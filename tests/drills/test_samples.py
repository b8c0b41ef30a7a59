"""What the suite tries for one language, one reader or one room a day, for all of them."""

import pytest

from tests.consultations.test_guests import (
    test_a_mission_invited_to_the_third_round_finds_nothing_of_the_first_two_on_any_address,
)
from tests.consultations.test_registration_pages import test_every_state_is_said_in_every_language
from tests.portal.test_api_description import (
    description,
    test_no_question_breaks_it_or_is_answered_in_another_shape,
)
from tests.portal.test_headers import test_every_address_answers_with_the_headers_and_nothing_inline
from tests.portal.test_message_words import test_a_message_is_whole_and_in_one_language
from tests.portal.test_messages import (
    test_a_message_is_whole_and_well_formed,
    test_a_message_leads_only_to_the_portal_and_loads_nothing,
    test_no_message_is_in_the_language_of_whoever_acted,
    test_one_leaves_by_one_click_what_one_may_leave,
)
from tests.safety.test_hosts import test_addresses_that_look_like_another_host_stay_here

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(3600)]
__all__ = [
    "description",
    "test_a_message_is_whole_and_in_one_language",
    "test_a_message_is_whole_and_well_formed",
    "test_a_message_leads_only_to_the_portal_and_loads_nothing",
    "test_a_mission_invited_to_the_third_round_finds_nothing_of_the_first_two_on_any_address",
    "test_addresses_that_look_like_another_host_stay_here",
    "test_every_address_answers_with_the_headers_and_nothing_inline",
    "test_every_state_is_said_in_every_language",
    "test_no_message_is_in_the_language_of_whoever_acted",
    "test_no_question_breaks_it_or_is_answered_in_another_shape",
    "test_one_leaves_by_one_click_what_one_may_leave",
]
