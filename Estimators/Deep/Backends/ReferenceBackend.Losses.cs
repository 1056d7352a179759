namespace MLPath.Deep;

public sealed partial class ReferenceBackend
{
    /// <inheritdoc/>
    public override void CrossEntropy(Tensor logits, IndexTensor classes, Tensor? classWeights, float smoothing, Tensor losses, Tensor gradient)
    {
        int k = logits.Shape[^1];
        Softmax(logits, gradient, logarithm: true);
        for (int i = 0; i < classes.Values.Length; i++)
        {
            var row = Span(gradient).Slice(i * k, k);
            double loss = 0, mass = 0;
            for (int c = 0; c < k && classes.Values[i] >= 0; c++) mass += Target(i, c);
            for (int c = 0; c < k; c++)
            {
                double q = classes.Values[i] < 0 ? 0 : Target(i, c);
                loss -= q * row[c];
                row[c] = (float)(Math.Exp(row[c]) * mass - q);
            }

            Span(losses)[i] = (float)loss;
        }

        double Target(int row, int c) =>
            (classWeights is null ? 1 : Span(classWeights)[c]) * ((1 - smoothing) * (c == classes.Values[row] ? 1 : 0) + smoothing / k);
    }
}
