using System.Buffers;
using MLPath.Data;
using MLPath.Numerics;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>
/// Sums Σⱼ cⱼ K(sⱼ, x) over m support vectors sⱼ, several of them at once: the support vectors come in groups, and each has several
/// coefficients. Immutable.
/// </summary>
internal sealed class SupportVectors
{
    private readonly double[] _coefficients; // o × m
    private readonly int[] _ends; // where each group ends
    private readonly KernelBasis _basis;

    /// <summary>Keeps support vectors.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="rows">m × d values.</param>
    /// <param name="coefficients">o × m values: the first coefficient of each, then the second of each, …</param>
    /// <param name="ends">The number of support vectors up to the end of each group.</param>
    public SupportVectors(Kernel kernel, FeatureMatrix rows, double[] coefficients, int[] ends)
    {
        (Rows, _coefficients, _ends) = (rows, coefficients, ends);
        _basis = new KernelBasis(kernel, rows.Values, rows.Columns);
    }

    /// <summary>The kernel.</summary>
    public Kernel Kernel => _basis.Kernel;

    /// <summary>m × d.</summary>
    public FeatureMatrix Rows { get; }

    /// <summary>o × m coefficients.</summary>
    public ReadOnlySpan<double> Coefficients => _coefficients;

    /// <summary>The number of support vectors up to the end of each group.</summary>
    public ReadOnlySpan<int> Ends => _ends;

    /// <summary>How many sums a row has: groups × coefficients.</summary>
    public int SumCount => _ends.Length * Outputs;

    private int Outputs => Rows.Rows == 0 ? 1 : _coefficients.Length / Rows.Rows;

    /// <summary>Computes the sums of some rows. Each depends on its row alone.</summary>
    /// <param name="features">n × d.</param>
    /// <param name="start">The first row.</param>
    /// <param name="count">How many, at most <see cref="Kernel.BlockRows"/>.</param>
    /// <param name="sums">Receives count × groups × o sums.</param>
    public void Sum(FeatureMatrix features, int start, int count, Span<double> sums)
    {
        int d = Rows.Columns, outputs = Outputs;
        float[] buffer = ArrayPool<float>.Shared.Rent(count * (d + 1 + Kernel.BlockColumns));
        var laid = buffer.AsSpan(0, count * d);
        var norms = buffer.AsSpan(count * d, count);
        var block = buffer.AsSpan(count * (d + 1));
        _basis.Prepare(features.Values.Slice(start * d, count * d), laid, norms);
        sums.Clear();
        for (int group = 0; group < _ends.Length; group++)
        {
            for (int first = group == 0 ? 0 : _ends[group - 1]; first < _ends[group]; first += Kernel.BlockColumns)
            {
                int width = Math.Min(Kernel.BlockColumns, _ends[group] - first);
                _basis.Block(laid, norms, first, width, block);
                for (int i = 0; i < count; i++)
                {
                    for (int o = 0; o < outputs; o++)
                    {
                        sums[(((i * _ends.Length) + group) * outputs) + o] +=
                            Dense.Dot(block.Slice(i * width, width), _coefficients.AsSpan((o * Rows.Rows) + first, width));
                    }
                }
            }
        }

        ArrayPool<float>.Shared.Return(buffer);
    }

    /// <summary>Writes them beside a model's own settings.</summary>
    /// <param name="context">The model's place in the file.</param>
    public void Save(ModelSaveContext context)
    {
        Kernel.Save(context);
        context.WriteArray("SupportVectors", Rows.Values, Rows.Rows, Rows.Columns);
        context.WriteArray<double>("Coefficients", _coefficients, Outputs, Rows.Rows);
        context.WriteArray<int>("Ends", _ends);
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="context">The model's place in the file.</param>
    /// <param name="groups">How many groups there are.</param>
    /// <param name="outputs">How many coefficients each support vector has.</param>
    /// <exception cref="ModelFormatException">A part is missing or does not fit.</exception>
    public static SupportVectors Load(ModelLoadContext context, int groups, int outputs)
    {
        var kernel = Kernel.Load(context);
        int[] shape = context.ReadShape("SupportVectors");
        if (shape.Length != 2 || shape[1] < 1)
            throw context.Invalid("its support vectors are not rows of features");
        float[] rows = context.ReadArray<float>("SupportVectors", shape);
        double[] coefficients = context.ReadFinite("Coefficients", outputs, shape[0]);
        int[] ends = context.ReadArray<int>("Ends", groups);
        if (!Array.TrueForAll(rows, float.IsFinite))
            throw context.Invalid("a support vector is not finite");
        if (groups == 0 || ends[^1] != shape[0] || ends[0] < 0 || !ends.Zip(ends.Skip(1), (a, b) => a <= b).All(ordered => ordered))
            throw context.Invalid("the groups of its support vectors do not fit together");
        return new SupportVectors(kernel, new FeatureMatrix(shape[0], shape[1], rows), coefficients, ends);
    }
}
