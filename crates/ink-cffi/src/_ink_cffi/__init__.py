"""What both modes share. It never imports cffi: it is given an `ffi` and a `lib`."""
