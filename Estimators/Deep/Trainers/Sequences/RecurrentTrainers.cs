using MLPath.Data;
using MLPath.Deep;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>The options that the trainers of recurrent networks share.</summary>
/// <remarks>
/// <para><b>Features.</b> The column's type decides: a vector of keys or of whole numbers is read as tokens, whose vectors are learned; a vector of Single with
/// dimensions [time, size, …] step by step; one of varying length in steps of <see cref="StepSize"/>; a plain vector as well, so that with the default
/// each feature is a step of its own, as in a window of past values.</para>
/// <para><b>Cost.</b> Of each row and epoch about 6 × steps × gates × units × (size + units) operations, gates being 1 for the plain cell, 4 for LSTM
/// and 3 for GRU.</para>
/// </remarks>
public abstract record RecurrentTrainerOptions : NetworkTrainerOptions
{
    /// <summary>Creates the options, with defaults that suit recurrent networks.</summary>
    protected RecurrentTrainerOptions() => (Epochs, LearningRate, GradientClipping) = (20, 0.005, 1);

    /// <summary>The size of a token's learned vector. 1 or more; default 32.</summary>
    public int EmbeddingSize { get; init; } = 32;

    /// <summary>The size of the state of each layer and direction. 1 or more; default 64.</summary>
    public int Units { get; init; } = 64;

    /// <summary>The number of stacked layers, 1 to 100; default 1.</summary>
    public int Layers { get; init; } = 1;

    /// <summary>Whether a second cell reads each row from its end. Default false.</summary>
    public bool Bidirectional { get; init; }

    /// <summary>The share of vectors, of states between layers and of pooled states that training leaves out. 0 to 0.9; default 0.</summary>
    public double Dropout { get; init; }

    /// <summary>What is made of the states of all steps. Default the last one.</summary>
    public RecurrentPooling Pooling { get; init; }

    /// <summary>How many steps or tokens of a row are read where rows have their own lengths; what follows is left out. 1 or more; default 256.</summary>
    public int MaximalLength { get; init; } = 256;

    /// <summary>The numbers of a step in vectors of varying length and in plain ones. 1 or more; default 1.</summary>
    public int StepSize { get; init; } = 1;

    /// <inheritdoc/>
    protected internal override FeatureForms Forms => SequenceInput.Forms;

    /// <inheritdoc/>
    protected internal override int ValuesPerStep => StepSize;

    private protected abstract RecurrentCell Cell { get; }

    private protected virtual double FirstForgetBias => 1;

    /// <inheritdoc/>
    protected internal override NetworkArchitecture CreateArchitecture(TrainingData data, int outputs)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new RecurrentArchitecture(SequenceInput.Of(data.Features.Format, StepSize, MaximalLength), outputs, Cell)
        {
            EmbeddingSize = EmbeddingSize,
            Units = Units,
            Layers = Layers,
            Bidirectional = Bidirectional,
            Dropout = Dropout,
            Pooling = Pooling,
            ForgetBias = FirstForgetBias,
        };
    }
}

/// <summary>Declares the options that recurrent networks share.</summary>
internal static class RecurrentOptionSet
{
    extension<TOptions>(OptionSet<TOptions> options)
        where TOptions : RecurrentTrainerOptions
    {
        /// <summary>Declares the options of <see cref="RecurrentTrainerOptions"/> and those below it.</summary>
        public OptionSet<TOptions> RecurrentNetwork() => options
            .Integer(nameof(RecurrentTrainerOptions.Units), "The size of the state of each layer and direction.",
                o => o.Units, (o, v) => With(o, s => s with { Units = v }), minimum: 1)
            .Integer(nameof(RecurrentTrainerOptions.Layers), "The number of stacked layers.",
                o => o.Layers, (o, v) => With(o, s => s with { Layers = v }), minimum: 1, maximum: 100)
            .Boolean(nameof(RecurrentTrainerOptions.Bidirectional), "Whether a second cell reads each row from its end.",
                o => o.Bidirectional, (o, v) => With(o, s => s with { Bidirectional = v }))
            .Number(nameof(RecurrentTrainerOptions.Dropout), "The share of vectors and states that training leaves out.",
                o => o.Dropout, (o, v) => With(o, s => s with { Dropout = v }), minimum: 0, maximum: 0.9)
            .Choice(nameof(RecurrentTrainerOptions.Pooling), "What is made of the states of all steps.",
                o => o.Pooling, (o, v) => With(o, s => s with { Pooling = v }))
            .Integer(nameof(RecurrentTrainerOptions.EmbeddingSize), "The size of a token's learned vector.",
                o => o.EmbeddingSize, (o, v) => With(o, s => s with { EmbeddingSize = v }), minimum: 1)
            .Integer(nameof(RecurrentTrainerOptions.MaximalLength), "How many steps or tokens of a row are read where rows have their own lengths.",
                o => o.MaximalLength, (o, v) => With(o, s => s with { MaximalLength = v }), minimum: 1)
            .Integer(nameof(RecurrentTrainerOptions.StepSize), "The numbers of a time step where the column's type does not say.",
                o => o.StepSize, (o, v) => With(o, s => s with { StepSize = v }), minimum: 1)
            .NetworkTraining();
    }

    private static TOptions With<TOptions>(TOptions options, Func<RecurrentTrainerOptions, RecurrentTrainerOptions> change)
        where TOptions : RecurrentTrainerOptions => (TOptions)change(options);
}
