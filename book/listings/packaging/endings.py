import importlib.machinery
import sysconfig

of_this_python = sysconfig.get_config_var("SOABI")
for ending in importlib.machinery.EXTENSION_SUFFIXES:
    print(ending.replace(of_this_python, "<SOABI>"))
