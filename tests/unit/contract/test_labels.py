"""Every field is found by its exact label inside its group, in both languages."""

import pytest

from tests.labels import faults_of_groups, faults_of_labels
from tests.markup import Element
from tests.walk import Screen, faults_of

pytestmark = pytest.mark.web


def test_every_field_is_found_by_its_exact_label_inside_its_group(screens: list[Screen]) -> None:
    def check(page: Element) -> list[str]:
        return faults_of_labels(page) + faults_of_groups(page)

    assert faults_of(screens, check) == []


def test_who_listens_is_told_of_every_required_field(screens: list[Screen]) -> None:
    def check(page: Element) -> list[str]:
        required = {one["id"] for one in page.all(aria_required="true")}
        marked = {
            label["for"]
            for mark in page.all("span", class_="req", aria_hidden="true")
            for label in (mark.parent or mark).all("label")
        }
        return sorted(marked ^ required)

    assert faults_of(screens, check) == []
