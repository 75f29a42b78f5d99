from dataclasses import asdict
from datetime import date

from storefront.orders.details import OrderDetails
from storefront.testing.specimen import NAME
from tests.factories import some_answers


def elsewhere() -> OrderDetails:
    return some_answers(
        ship_to="other",
        ship_name="山田 花子",
        ship_postal_code="5300001",
        ship_prefecture="大阪府",
        ship_city="大阪市北区",
        ship_street="梅田1-1",
        ship_building="101",
        ship_tel="0612345678",
    )


def test_answers_come_back_as_they_were_kept() -> None:
    answers = some_answers(note="お願いします")

    assert OrderDetails.load(answers.dump()) == answers


def test_a_field_that_is_no_more_is_left_out() -> None:
    kept = {**some_answers().dump(), "fax": "0312345678"}

    assert OrderDetails.load(kept) == some_answers()


def test_a_field_that_is_new_is_empty_in_old_answers() -> None:
    kept = some_answers().dump()
    del kept["note"]

    assert OrderDetails.load(kept).note == ""


def test_the_text_goes_to_the_phone_by_itself() -> None:
    assert some_answers(tel="09012345678").phone == "09012345678"


def test_the_text_goes_to_the_number_given_for_it() -> None:
    assert some_answers(tel="0312345678", sms_tel="09012345678").phone == "09012345678"


def test_a_parcel_goes_to_the_customer_by_itself() -> None:
    answers = some_answers()

    assert answers.destination == answers.customer


def test_a_parcel_goes_to_the_other_address_where_asked() -> None:
    answers = elsewhere()

    assert asdict(answers.destination) == {
        "name": "山田 花子",
        "postal_code": "5300001",
        "prefecture": "大阪府",
        "city": "大阪市北区",
        "street": "梅田1-1",
        "building": "101",
        "tel": "0612345678",
        "company": "",
    }


def test_another_address_that_was_given_up_is_not_used() -> None:
    answers = OrderDetails.load({**elsewhere().dump(), "ship_to": "same"})

    assert answers.destination.name == NAME


def test_an_address_reads_in_one_line() -> None:
    answers = some_answers(building="さくらマンション101")

    assert answers.customer.one_line == "東京都千代田区丸の内2-7-2 さくらマンション101"


def test_an_address_without_building_ends_with_the_street() -> None:
    assert some_answers().customer.one_line == "東京都千代田区丸の内2-7-2"


def test_a_wanted_day_is_a_day() -> None:
    assert some_answers(delivery_date="2026-12-24").wanted_day == date(2026, 12, 24)


def test_without_a_wish_there_is_no_wanted_day() -> None:
    assert some_answers().wanted_day is None
