#!/bin/sh
# Lines that are too long to read.
if grep -nE '^.{121,}' src/*.java test/*.java; then
  echo "style: the lines above are longer than 120 characters"
  exit 1
fi
