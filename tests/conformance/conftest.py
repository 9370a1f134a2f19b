"""Which binding is under test, what it may fail, and that nothing of it is left over."""

import gc
import importlib
from pathlib import Path

import pytest

from support import Capabilities, Fresh

POINTS = {path.stem.removeprefix("test_") for path in Path(__file__).parent.glob("test_*.py")}


def pytest_addoption(parser):
    parser.addoption("--module", required=True, help="the binding to import")
    parser.addoption("--binding", help="its name, where several share one capabilities.toml")
    parser.addoption("--capabilities", help="its capabilities.toml")
    parser.addoption("--gate", help="the shared library of the crate `probe`")


def pytest_collection_modifyitems(config, items):
    option = config.getoption
    capabilities = Capabilities(option("--capabilities"), POINTS, option("--binding"))
    tests = {}
    for item in items:
        point = item.path.stem.removeprefix("test_")
        tests.setdefault(point, set()).add(item.originalname)
        cell = capabilities.cannot(point, item.originalname)
        if cell:
            # Strict: a test that passes all the same is news, and turns the suite red.
            item.add_marker(pytest.mark.xfail(reason=cell["why"], strict=True))
    capabilities.check_tests(tests)


def pytest_collection_finish():
    gc.freeze()  # what is there now is no binding's doing: each later collection is quick


@pytest.fixture(scope="session")
def ink(request):
    """The binding under test."""
    return importlib.import_module(request.config.getoption("--module"))


@pytest.fixture
def fresh(request):
    """Runs code in a process of its own, where it may die."""
    option = request.config.getoption
    return Fresh(option("--module"), option("--gate"))


@pytest.fixture(autouse=True)
def nothing_left_over(ink):
    """Each test ends with as many live allocations as it began with."""
    gc.collect()
    before = ink.live_allocations()
    yield
    gc.collect()
    left = ink.live_allocations() - before
    assert left <= 0, f"ownership: {left} allocations of the library are left over"
