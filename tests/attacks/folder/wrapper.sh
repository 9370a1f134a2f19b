#!/bin/sh
touch @TRAPS@/@NAME@.trace
exec "$@"
