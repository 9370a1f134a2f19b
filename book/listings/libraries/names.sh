nm --dynamic --defined-only --format=posix libhalve.so | cut -d ' ' -f 1,2
