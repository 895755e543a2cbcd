#!/bin/sh
# Every class in src must be told of in docs.
status=0
for file in src/*.java; do
  name=$(basename "$file" .java)
  if ! grep -q "\`$name\`" docs/*.md; then
    echo "docs: $name is nowhere explained"
    status=1
  fi
done
exit $status
