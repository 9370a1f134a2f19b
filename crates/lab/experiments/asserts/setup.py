"""The same module as a package would be built that says nothing about flags."""

from setuptools import Extension, setup

macros = [("MODULE", "shelf_as_packaged")]
setup(
    name="shelf-as-packaged",
    ext_modules=[Extension("shelf_as_packaged", ["shelf.c"], define_macros=macros)],
)
