"""Every page of the desk opens, for a curator who is no superuser, and with a bounded number of queries."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from tests import factories

MODELS = sorted(apps.get_app_config("projects").get_models(), key=lambda model: model.__name__)


def test_all_registered() -> None:
    for model in MODELS:
        assert admin.site.is_registered(model), model
