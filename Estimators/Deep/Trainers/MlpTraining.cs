using System.Numerics.Tensors;
using MLPath.Data;

namespace MLPath.Trainers;

/// <summary>How a network learns: mini-batches in a new order every epoch, steps by Adam, and a rate that falls along half a cosine.</summary>
internal static class MlpTraining
{
    /// <summary>Writes the target of a row, one value for each output.</summary>
    public delegate void TargetWriter(int row, Span<float> target);

    /// <summary>Features, n × d, with their targets.</summary>
    public sealed record Examples(FeatureMatrix Features, TargetWriter WriteTarget);

    /// <summary>Learns θ.</summary>
    /// <param name="network">The network.</param>
    /// <param name="train">What it learns from.</param>
    /// <param name="validation">What its quality is watched on; null when it is not.</param>
    /// <param name="options">The options.</param>
    /// <param name="context">Progress, cancellation, randomness.</param>
    public static (float[] Parameters, TrainingHistory History) Learn(
        MlpNetwork network, Examples train, Examples? validation, MlpTrainer.Options options, FitContext context)
    {
        int n = train.Features.Rows;
        int batches = (int)(((long)n + options.BatchSize - 1) / options.BatchSize);
        float[] θ = network.Initialise(context.CreateRandom("weights", options.Seed));
        float[] gradient = new float[θ.Length];
        var adam = new Adam(θ.Length);
        var order = context.CreateRandom("order", options.Seed);
        var batch = new MlpBatch(network, Math.Min(options.BatchSize, n));
        var losses = new List<double>();
        var best = new BestEpoch(θ);
        string reason = $"All {options.Epochs} epochs were done.";
        bool converged = false;
        for (int epoch = 0; epoch < options.Epochs && !converged; epoch++)
        {
            int[] rows = order.Derive(epoch).Permutation(n);
            double sum = 0;
            for (int b = 0; b < batches; b++)
            {
                context.Checkpoint();

                // Batches of one size, give or take a row: a last one of a few rows would step as far as the others on less evidence.
                int start = (int)((long)n * b / batches), end = (int)((long)n * (b + 1) / batches);
                Fill(batch, train, rows.AsSpan(start, end - start));
                double loss = network.LossAndGradient(θ, batch, options.L2Regularization, gradient);
                if (!double.IsFinite(loss))
                    throw Diverged(epoch + 1);
                double done = (epoch + ((double)b / batches)) / options.Epochs;
                adam.Step(θ, gradient, options.LearningRate * 0.5 * (1 + Math.Cos(Math.PI * done)));
                sum += loss * batch.Rows;
            }

            losses.Add(sum / n);
            context.Report(epoch + 1, options.Epochs, sum / n);
            if (validation is null)
                continue;
            best.Offer(epoch, MeanLoss(network, θ, batch, validation, context), θ);
            if (epoch - best.Epoch >= options.Patience)
            {
                converged = true;
                reason = $"The loss on the validation rows had not fallen for {options.Patience} epochs; the parameters are those of epoch {best.Epoch + 1}.";
            }
        }

        float[] learned = validation is null ? θ : best.Parameters;
        if (!Array.TrueForAll(learned, float.IsFinite))
            throw Diverged(losses.Count);
        return (learned, new TrainingHistory(losses.Count, converged, reason, losses.AsReadOnly()));
    }

    private static void Fill(MlpBatch batch, Examples examples, ReadOnlySpan<int> rows)
    {
        batch.Rows = rows.Length;
        int d = examples.Features.Columns, k = batch.Targets.Length / rows.Length;
        for (int i = 0; i < rows.Length; i++)
        {
            examples.Features.Row(rows[i]).CopyTo(batch.Features[(i * d)..]);
            examples.WriteTarget(rows[i], batch.Targets.Slice(i * k, k));
        }
    }

    private static double MeanLoss(MlpNetwork network, float[] θ, MlpBatch batch, Examples examples, FitContext context)
    {
        int n = examples.Features.Rows;
        double sum = 0;
        for (int start = 0; start < n; start += batch.Capacity)
        {
            context.Checkpoint();
            int[] rows = [.. Enumerable.Range(start, Math.Min(batch.Capacity, n - start))];
            Fill(batch, examples, rows);
            sum += network.Loss(θ, batch) * rows.Length;
        }

        return sum / n;
    }

    private static DataException Diverged(int epoch) => new(
        $"The loss grew beyond all bounds in epoch {epoch}. Bring the features to one scale first, for example with Transforms.NormalizeMeanVariance, "
        + $"or lower {nameof(MlpTrainer.Options.LearningRate)}.");

    /// <summary>The epoch with the least validation loss so far, and its parameters.</summary>
    private sealed class BestEpoch(float[] first)
    {
        private double _loss = double.PositiveInfinity;

        public int Epoch { get; private set; }

        public float[] Parameters { get; } = [.. first];

        public void Offer(int epoch, double loss, float[] parameters)
        {
            if (!(loss < _loss))
                return;
            (Epoch, _loss) = (epoch, loss);
            parameters.CopyTo(Parameters, 0);
        }
    }
}

/// <summary>
/// Adam: steps along a running mean of the gradient, each parameter's divided by the root of the running mean of its square (D. Kingma, J. Ba,
/// <i>Adam: A Method for Stochastic Optimization</i>, ICLR 2015, algorithm 1 in the form of the end of its section 2).
/// </summary>
/// <param name="count">The number of parameters.</param>
internal sealed class Adam(int count)
{
    private const float Beta1 = 0.9f, Beta2 = 0.999f, Epsilon = 1e-8f;

    private readonly float[] _mean = new float[count];   // m
    private readonly float[] _square = new float[count]; // v
    private readonly float[] _scratch = new float[count];
    private int _steps;                                  // t

    /// <summary>Moves the parameters one step.</summary>
    /// <param name="parameters">θ, changed in place.</param>
    /// <param name="gradient">g.</param>
    /// <param name="rate">α.</param>
    public void Step(Span<float> parameters, ReadOnlySpan<float> gradient, double rate)
    {
        _steps++;
        double unbiased = rate * Math.Sqrt(1 - Math.Pow(Beta2, _steps)) / (1 - Math.Pow(Beta1, _steps));

        // m ← β1 m + (1 − β1) g;  v ← β2 v + (1 − β2) g²;  θ ← θ − α √(1 − β2ᵗ) / (1 − β1ᵗ) · m / (√v + ε)
        TensorPrimitives.Multiply(_mean, Beta1, _mean);
        TensorPrimitives.MultiplyAdd(gradient, 1 - Beta1, _mean, _mean);
        TensorPrimitives.Multiply(gradient, gradient, _scratch);
        TensorPrimitives.Multiply(_square, Beta2, _square);
        TensorPrimitives.MultiplyAdd(_scratch, 1 - Beta2, _square, _square);
        TensorPrimitives.Sqrt(_square, _scratch);
        TensorPrimitives.Add(_scratch, Epsilon, _scratch);
        TensorPrimitives.Divide(_mean, _scratch, _scratch);
        TensorPrimitives.MultiplyAdd(_scratch, (float)-unbiased, parameters, parameters);
    }
}
