"""What the scripts of the core suite share: SCRIPT WORKLOAD PEER FOLDER THREADS TIMES does the work once for each line of the input."""
import gc, json, os, sys, time, warnings

NOT_INSTALLED = 3
warnings.filterwarnings("ignore")


class Data:
    """The arrays of a folder, as its manifest describes them."""

    def __init__(self, folder):
        self.folder = folder
        self.arrays = json.load(open(os.path.join(folder, "manifest.json")))["arrays"]

    def __call__(self, file):
        import numpy as np
        about = self.arrays[file]
        return np.fromfile(os.path.join(self.folder, file), dtype=np.dtype(about["dtype"]).newbyteorder("<")).reshape(about["shape"])


def peak_bytes():
    import resource
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def hold(workloads):
    """workloads[name](peer, data, threads) loads the data and gives work(), which is timed, and quality(its result), which is not: a
    number, or the list of losses of the first steps of training."""
    name, peer, folder, threads, times = sys.argv[1:]
    try:
        work, quality = workloads[name](peer, Data(folder), int(threads))
    except ImportError:
        sys.exit(NOT_INSTALLED)
    print("ready", flush=True)
    for _ in sys.stdin:
        gc.collect()
        start = time.perf_counter()
        for _ in range(int(times)):
            result = work()
        seconds = (time.perf_counter() - start) / int(times)
        found = quality(result)
        losses = {"losses": found} if isinstance(found, list) else {}
        found = found[-1] if losses else found
        print(json.dumps({"seconds": seconds, "quality": float(found), "peakBytes": peak_bytes(), **losses}), flush=True)
