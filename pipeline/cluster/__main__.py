"""One task's process beside a worker: `python -m pipeline.cluster MEMORY_MB MODULE...`, spoken to through its pipes."""

import sys

from pipeline.cluster.child import serve

serve(int(sys.argv[1]), sys.argv[2:])
