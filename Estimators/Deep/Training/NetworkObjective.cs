using System.Numerics.Tensors;
using MLPath.Numerics;
using MLPath.Trainers;

namespace MLPath.Deep;

/// <summary>What a network's outputs mean: the loss of each row, and a metric that people understand.</summary>
internal abstract class NetworkObjective
{
    /// <summary>The metric of classes.</summary>
    public const string Accuracy = "Accuracy";

    /// <summary>The metric of numbers.</summary>
    public const string RSquared = "R²";

    /// <summary>The unit in which a number is learned.</summary>
    public virtual LabelScale Scale => LabelScale.None;

    /// <summary>The metric's name.</summary>
    public virtual string Metric => Accuracy;

    /// <summary>The objective that goes with some labels.</summary>
    /// <param name="train">The labels that are learned from.</param>
    /// <param name="outputs">The number of the network's outputs.</param>
    /// <param name="smoothing">ε of classes.</param>
    /// <exception cref="ArgumentException">The outputs do not go with the labels.</exception>
    public static NetworkObjective Of(LabelledExamples train, int outputs, double smoothing)
    {
        if (train.Kind != LabelKind.Multiclass && outputs != 1) throw new ArgumentException($"A network for labels of kind {train.Kind} has one output; this one has {outputs}.", nameof(outputs));
        return train.Kind switch
        {
            LabelKind.Binary => new TwoClasses((float)smoothing),
            LabelKind.Multiclass => new SeveralClasses(outputs, (float)smoothing),
            _ => new Number(train.Targets),
        };
    }

    /// <summary>The mean loss of rows, weighted by their weights.</summary>
    /// <param name="outputs">The network's outputs, [rows, outputs].</param>
    /// <param name="examples">The labels.</param>
    /// <param name="rows">Which of them the rows are.</param>
    /// <param name="weights">The rows' weights, [rows]; null for 1.</param>
    public abstract Tensor Loss(Tensor outputs, LabelledExamples examples, ReadOnlySpan<int> rows, Tensor? weights);

    /// <summary>The least loss of an answer that is the same for every row: what is reached without looking at the examples.</summary>
    /// <param name="examples">The labels.</param>
    public abstract double Baseline(LabelledExamples examples);

    /// <summary>Adds rows to the metric.</summary>
    /// <param name="outputs">The network's outputs, rows × outputs.</param>
    /// <param name="examples">The labels.</param>
    /// <param name="rows">Which of them the rows are.</param>
    /// <param name="sums">The metric's sums so far.</param>
    public abstract void Measure(ReadOnlySpan<float> outputs, LabelledExamples examples, ReadOnlySpan<int> rows, ref MetricSums sums);

    // −Σ f ln f with the weighted frequencies f of the classes.
    private static double Entropy(LabelledExamples examples, int classes)
    {
        double[] weight = new double[classes];
        for (int row = 0; row < examples.Count; row++) weight[examples.Classes[row]] += examples.Weight(row);
        double total = weight.Sum();
        return -weight.Where(w => w > 0).Sum(w => w / total * Math.Log(w / total));
    }

    /// <summary>−y ln σ(z) − (1 − y) ln(1 − σ(z)), with y = ½ ε or 1 − ½ ε.</summary>
    private sealed class TwoClasses(float smoothing) : NetworkObjective
    {
        public override Tensor Loss(Tensor outputs, LabelledExamples examples, ReadOnlySpan<int> rows, Tensor? weights)
        {
            var truth = new float[rows.Length];
            for (int i = 0; i < rows.Length; i++) truth[i] = ((1 - smoothing) * examples.Classes[rows[i]]) + (smoothing / 2);
            return Deep.Loss.BinaryCrossEntropy(outputs.Reshape([rows.Length]), Tensor.From(outputs.Backend, truth, [rows.Length]), weights: weights);
        }

        public override double Baseline(LabelledExamples examples) => Entropy(examples, 2);

        public override void Measure(ReadOnlySpan<float> outputs, LabelledExamples examples, ReadOnlySpan<int> rows, ref MetricSums sums)
        {
            for (int i = 0; i < rows.Length; i++) sums.AddHit(outputs[i] > 0 == (examples.Classes[rows[i]] == 1), examples.Weight(rows[i]));
        }
    }

    /// <summary>−ln softmax(z)_class, with the truth spread by ε over all classes.</summary>
    private sealed class SeveralClasses(int outputs, float smoothing) : NetworkObjective
    {
        public override Tensor Loss(Tensor outputs, LabelledExamples examples, ReadOnlySpan<int> rows, Tensor? weights)
        {
            var classes = new int[rows.Length];
            for (int i = 0; i < rows.Length; i++) classes[i] = examples.Classes[rows[i]];
            return Deep.Loss.CrossEntropy(outputs, new IndexTensor(classes, [rows.Length]), smoothing, weights: weights);
        }

        public override double Baseline(LabelledExamples examples) => Entropy(examples, outputs);

        public override void Measure(ReadOnlySpan<float> outputs, LabelledExamples examples, ReadOnlySpan<int> rows, ref MetricSums sums)
        {
            int k = outputs.Length / rows.Length;
            for (int i = 0; i < rows.Length; i++)
                sums.AddHit(TensorPrimitives.IndexOfMax(outputs.Slice(i * k, k)) == examples.Classes[rows[i]], examples.Weight(rows[i]));
        }
    }

    /// <summary>(z − (y − mean) / deviation)²: 1 where nothing is learned, so that 1 less the loss is R².</summary>
    private sealed class Number : NetworkObjective
    {
        public Number(ReadOnlySpan<float> targets)
        {
            double[] mean = new double[1], variance = new double[1];
            Dense.ColumnVariances(targets, targets.Length, 1, mean, variance);
            Scale = new LabelScale(mean[0], variance[0] > 0 ? Math.Sqrt(variance[0]) : 1);
        }

        public override LabelScale Scale { get; }

        public override string Metric => RSquared;

        public override Tensor Loss(Tensor outputs, LabelledExamples examples, ReadOnlySpan<int> rows, Tensor? weights)
        {
            var truth = new float[rows.Length];
            for (int i = 0; i < rows.Length; i++) truth[i] = Standardised(examples.Targets[rows[i]]);
            return Deep.Loss.MeanSquaredError(outputs.Reshape([rows.Length]), Tensor.From(outputs.Backend, truth, [rows.Length]), weights);
        }

        public override double Baseline(LabelledExamples examples) => 1;

        public override void Measure(ReadOnlySpan<float> outputs, LabelledExamples examples, ReadOnlySpan<int> rows, ref MetricSums sums)
        {
            for (int i = 0; i < rows.Length; i++) sums.AddNumber(Standardised(examples.Targets[rows[i]]), outputs[i], examples.Weight(rows[i]));
        }

        private float Standardised(float target) => (float)((target - Scale.Mean) / Scale.Deviation);
    }
}

/// <summary>Sums from which an accuracy or R² is computed, row by row in a fixed order.</summary>
internal struct MetricSums
{
    private double _weight, _hits, _sum, _squares, _errors;
    private bool _isNumber;

    /// <summary>The metric so far; NaN without rows, or where R² has no meaning because all labels are the same.</summary>
    public readonly double Value => !_isNumber ? _hits / _weight : _squares - (_sum * _sum / _weight) is > 0 and var spread ? 1 - (_errors / spread) : double.NaN;

    /// <summary>Adds a row of a class.</summary>
    public void AddHit(bool isRight, double weight)
    {
        _weight += weight;
        if (isRight) _hits += weight;
    }

    /// <summary>Adds a row of a number.</summary>
    public void AddNumber(double truth, double predicted, double weight)
    {
        _isNumber = true;
        _weight += weight;
        _sum += weight * truth;
        _squares += weight * truth * truth;
        _errors += weight * (predicted - truth) * (predicted - truth);
    }
}
