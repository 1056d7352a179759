using MLPath.Numerics;

namespace MLPath.Deep;

public sealed partial class ReferenceBackend
{
    /// <inheritdoc/>
    public override void Dropout(ulong key, float rate, Tensor x, Tensor y, bool add)
    {
        Span<float> from = Span(x), to = Span(y);
        for (int i = 0; i < to.Length; i++)
        {
            var (low, high) = Philox4x32.Block(key, (ulong)(i / 64 * 16 + i % 16), 0);
            uint word = (uint)((i % 64 / 16) switch { 0 => low, 1 => low >> 32, 2 => high, _ => high >> 32 });
            Put(ref to[i], word < DropoutThreshold(rate) ? 0 : from[i] * (1 / (1 - rate)), add);
        }
    }
}
