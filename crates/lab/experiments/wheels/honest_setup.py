"""The `setup.py` that `carrier` lacks: it gives the wheel a name that is true."""

from setuptools import setup
from setuptools.command.bdist_wheel import bdist_wheel


# ANCHOR: a_name_that_is_true
class AnyPythonThisPlatform(bdist_wheel):
    def finalize_options(self):
        super().finalize_options()
        self.root_is_pure = False  # there is machine code in it

    def get_tag(self):
        return "py3", "none", super().get_tag()[2]  # and none of it knows Python
# ANCHOR_END: a_name_that_is_true


setup(cmdclass={"bdist_wheel": AnyPythonThisPlatform})
