"""help() and editors see the parameters and a line of documentation."""

import inspect

import pytest

PARAMETERS = {
    "describe": [],
    "get": ["x", "y"],
    "set": ["x", "y", "pixel"],
    "map": ["callback"],
    "blur": ["radius"],
    "pixels": [],
    "write": ["path"],
    "close": [],
}


@pytest.mark.parametrize("name", PARAMETERS)
def test_a_method_is_documented(ink, name):
    assert inspect.getdoc(getattr(ink.Image, name))


def test_a_class_is_documented(ink):
    assert ink.Image.__doc__ and ink.Pixel.__doc__


@pytest.mark.parametrize("name", PARAMETERS)
def test_a_method_has_its_parameters(ink, name):
    parameters = inspect.signature(getattr(ink.Image, name)).parameters
    assert [name for name in parameters if name != "self"] == PARAMETERS[name]


def test_a_function_has_its_parameters(ink):
    assert list(inspect.signature(ink.on_work).parameters) == ["callback"]


@pytest.mark.parametrize("name, parameters", [("Image", "width height"), ("Pixel", "r g b")])
def test_a_class_has_its_parameters(ink, name, parameters):
    assert list(inspect.signature(getattr(ink, name)).parameters) == parameters.split()
