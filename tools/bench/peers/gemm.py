"""Products of square matrices by OpenBLAS, as NumPy calls it, and by oneDNN."""
import ctypes
from contest import hold


def numpy_product(a, b, c):
    import numpy as np
    return lambda: np.dot(a, b, out=c)


def onednn_product(a, b, c):
    try:
        library = ctypes.CDLL("libdnnl.so.2")
    except OSError as error:
        raise ImportError(str(error))
    n = ctypes.c_int64(len(a))
    pointers = [matrix.ctypes.data_as(ctypes.c_void_p) for matrix in (a, b, c)]
    transpose, one, zero = ctypes.c_char(b"N"), ctypes.c_float(1), ctypes.c_float(0)

    def multiply():
        library.dnnl_sgemm(transpose, transpose, n, n, n, one, pointers[0], n, pointers[1], n, zero, pointers[2], n)
        return c
    return multiply


def product(n):
    def prepare(peer, data, threads):
        import numpy as np
        x = data("lowrank_50000x256_r16_X.f32").ravel()
        a, b = x[:n * n].reshape(n, n).copy(), x[n * n:2 * n * n].reshape(n, n).copy()

        def error(c):
            exact = a[:4].astype("f8") @ b.astype("f8")
            return np.abs(c[:4] - exact).max() / np.abs(exact).max()
        return {"numpy": numpy_product, "onednn": onednn_product}[peer](a, b, np.empty_like(a)), error
    return prepare


hold({f"gemm-{n}": product(n) for n in (256, 512, 1024, 2048)})
