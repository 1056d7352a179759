using MLPath.Numerics;

namespace MLPath.Deep;

/// <summary>Dropout.</summary>
public abstract partial class Backend
{
    /// <summary>
    /// y = x / (1 − p) where the element is kept, 0 where it is dropped, with probability p. Element i is dropped where its random word is below
    /// p 2³²: word ⌊(i mod 64) / 16⌋ of the block of <see cref="Philox4x32"/> with counter 16 ⌊i / 64⌋ + i mod 16. So the choice is a function of key and i.
    /// </summary>
    /// <param name="key">The key.</param>
    /// <param name="rate">p, from 0 to below 1.</param>
    /// <param name="x">x.</param>
    /// <param name="y">y, of x's shape.</param>
    /// <param name="add">Whether to add.</param>
    public abstract void Dropout(ulong key, float rate, Tensor x, Tensor y, bool add);

    /// <summary>The random words below which an element is dropped.</summary>
    private protected static uint DropoutThreshold(float rate) => (uint)(rate * 4294967296.0);
}
