# How CMake finds ink once it is installed: `find_package(ink CONFIG REQUIRED)`, then link
# `ink::ink`. `ink_LIBRARY_FILE` is the library itself, for those who carry a copy along.
get_filename_component(_ink_prefix "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)

find_library(ink_LIBRARY_FILE ink PATHS "${_ink_prefix}/lib" NO_DEFAULT_PATH REQUIRED)

if(NOT TARGET ink::ink)
  add_library(ink::ink SHARED IMPORTED)
  # rustc writes no soname, so the linker must record the name and not the path.
  set_target_properties(
    ink::ink
    PROPERTIES IMPORTED_LOCATION "${ink_LIBRARY_FILE}"
               IMPORTED_NO_SONAME TRUE
               INTERFACE_INCLUDE_DIRECTORIES "${_ink_prefix}/include")
endif()
unset(_ink_prefix)
