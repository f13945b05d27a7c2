set -e
python3 -m compileall -q wards
mkdir -p lib
date +%s%N > lib/version.txt
