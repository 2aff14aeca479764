"""A site that holds the made-up town and nothing else."""

import shutil

import pytest


@pytest.fixture
def town_held(doggerby, settings, tmp_path):
    """Return the folder in which the site holds the made-up town."""
    settings.DATA, settings.MEDIA_ROOT = tmp_path, tmp_path / "files"
    return shutil.copytree(doggerby, tmp_path / "ground" / "doggerby")


@pytest.fixture
def nothing_held(settings, tmp_path):
    settings.DATA, settings.MEDIA_ROOT = tmp_path, tmp_path / "files"
