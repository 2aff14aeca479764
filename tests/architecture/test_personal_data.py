"""Each table of the site says which of its fields are about people, and how long it is kept."""

import pytest
from django.apps import apps

OURS = [model for model in apps.get_models() if model.__module__.startswith("fairground.")]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_each_model_declares_its_personal_data_and_how_long_it_is_kept(model):
    assert isinstance(vars(model).get("personal_data"), dict), "declare personal_data (it may be empty)"
    assert len(vars(model).get("kept_for", "")) > 5, "declare kept_for"
    fields = {field.name for field in model._meta.get_fields()}
    assert set(model.personal_data) <= fields
    assert all(len(reason) > 5 for reason in model.personal_data.values())


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_a_field_that_is_plainly_about_a_person_is_declared(model):
    plain = {"email", "name", "phone", "address", "ip", "user", "asked_by", "granted_by", "revoked_by"}
    about = {field.name for field in model._meta.fields if field.name in plain}
    assert about <= set(model.personal_data) or model._meta.app_label not in {"accounts", "jobs", "audit"}
