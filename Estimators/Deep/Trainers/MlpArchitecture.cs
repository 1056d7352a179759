using MLPath.Deep;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>The function φ that a hidden unit applies to its weighted sum.</summary>
public enum MlpActivation
{
    /// <summary>max(0, z).</summary>
    ReLU,

    /// <summary>tanh z.</summary>
    Tanh,

    /// <summary>z Φ(z), with the distribution function Φ of the normal distribution.</summary>
    Gelu,

    /// <summary>z σ(z).</summary>
    SiLU,

    /// <summary>z where it is above 0, 0.01 z elsewhere: a unit that cannot die.</summary>
    LeakyReLU,

    /// <summary>σ(z).</summary>
    Sigmoid,
}

/// <summary>What is normalised between a hidden layer's sums and its function.</summary>
public enum MlpNormalization
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Each unit over the rows of a batch; in scoring by what the training met. Needs batches of some rows.</summary>
    Batch,

    /// <summary>Each row over the units of the layer.</summary>
    Layer,
}

/// <summary>The sizes and choices of a multilayer perceptron.</summary>
public sealed class MlpArchitecture : NetworkArchitecture
{
    internal const string Id = "MLPath.Mlp";

    private readonly int[] _hidden;

    /// <summary>Describes a network.</summary>
    /// <param name="features">d, the number of features, 1 or more.</param>
    /// <param name="hiddenUnits">The number of units of each hidden layer, each 1 or more; empty for a linear model.</param>
    /// <param name="outputs">The number of outputs, 1 or more.</param>
    /// <exception cref="ArgumentException">A number is below 1.</exception>
    public MlpArchitecture(int features, IReadOnlyList<int> hiddenUnits, int outputs)
    {
        ArgumentNullException.ThrowIfNull(hiddenUnits);
        if (features < 1 || outputs < 1 || hiddenUnits.Any(n => n < 1))
            throw new ArgumentException($"A network of {features} features, hidden layers of {string.Join(", ", hiddenUnits)} units and {outputs} outputs has an empty layer.", nameof(hiddenUnits));
        (Input, _hidden, Outputs) = (NetworkInput.Flat(features), [.. hiddenUnits], outputs);
    }

    /// <inheritdoc/>
    public override string ComponentId => Id;

    /// <inheritdoc/>
    public override NetworkInput Input { get; }

    /// <inheritdoc/>
    public override int Outputs { get; }

    /// <summary>The number of units of each hidden layer.</summary>
    public IReadOnlyList<int> HiddenUnits => _hidden;

    /// <summary>φ. Default <see cref="MlpActivation.ReLU"/>.</summary>
    public MlpActivation Activation { get; init; }

    /// <summary>What is normalised before φ. Default <see cref="MlpNormalization.None"/>.</summary>
    public MlpNormalization Normalization { get; init; }

    /// <summary>The share of hidden units left out at random in training, from 0 to below 1. Default 0.</summary>
    public double Dropout { get; init => field = value is >= 0 and < 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A share of units to leave out is from 0 to below 1."); }

    /// <inheritdoc/>
    /// <remarks>
    /// Weights keep the strength of signals: their variance is 2 / inputs before a ReLU, which halves a signal (K. He et al., ICCV 2015, eq. 10), and
    /// 2 / (inputs + outputs) otherwise (X. Glorot, Y. Bengio, AISTATS 2010, eq. 12).
    /// </remarks>
    public override Network Build()
    {
        var layers = new Sequential();
        int inputs = Input.FeatureCount;
        foreach (int units in _hidden)
        {
            layers.Add(new Linear(inputs, units, initializer: Activation is MlpActivation.Tanh or MlpActivation.Sigmoid ? new Initializer.XavierUniform() : new Initializer.KaimingUniform()));
            if (Normalization == MlpNormalization.Batch) layers.Add(new BatchNorm(units));
            if (Normalization == MlpNormalization.Layer) layers.Add(new LayerNorm(units));
            layers.Add(MakeActivation());
            if (Dropout > 0) layers.Add(new Dropout(Dropout));
            inputs = units;
        }

        layers.Add(new Linear(inputs, Outputs, initializer: new Initializer.XavierUniform()));
        return new LayerNetwork(layers);
    }

    /// <inheritdoc/>
    public override void Save(ModelSaveContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Write("Features", Input.FeatureCount);
        context.WriteArray<int>(nameof(HiddenUnits), [.. _hidden]);
        context.Write(nameof(Outputs), Outputs);
        context.WriteEnum(nameof(Activation), Activation);
        context.WriteEnum(nameof(Normalization), Normalization);
        context.Write(nameof(Dropout), Dropout);
    }

    /// <inheritdoc/>
    public override string ToString() => $"Mlp({string.Join("-", (int[])[Input.FeatureCount, .. _hidden, Outputs])}, {Activation})";

    internal static MlpArchitecture Load(ModelLoadContext context)
    {
        int features = context.ReadInt32("Features"), outputs = context.ReadInt32(nameof(Outputs));
        int[] hidden = context.ReadArray<int>(nameof(HiddenUnits));
        if (features < 1 || outputs < 1 || Array.Exists(hidden, n => n < 1)) throw context.Invalid("one of its layers has no unit");
        double dropout = context.ReadDouble(nameof(Dropout));
        if (dropout is not (>= 0 and < 1)) throw context.Invalid($"the share of units to leave out is {dropout}");
        return new MlpArchitecture(features, hidden, outputs)
        {
            Activation = context.ReadEnum<MlpActivation>(nameof(Activation)),
            Normalization = context.ReadEnum<MlpNormalization>(nameof(Normalization)),
            Dropout = dropout,
        };
    }

    private Activation MakeActivation() => Activation switch
    {
        MlpActivation.Tanh => new(UnaryFunction.Tanh),
        MlpActivation.Gelu => new(UnaryFunction.Gelu),
        MlpActivation.SiLU => new(UnaryFunction.SiLU),
        MlpActivation.LeakyReLU => new(UnaryFunction.LeakyReLU, 0.01f),
        MlpActivation.Sigmoid => new(UnaryFunction.Sigmoid),
        _ => new(UnaryFunction.ReLU),
    };
}
