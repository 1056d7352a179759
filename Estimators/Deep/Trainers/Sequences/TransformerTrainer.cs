using MLPath.Data;
using MLPath.Deep;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>
/// A transformer (A. Vaswani et al., <i>Attention Is All You Need</i>, NeurIPS 2017): every step of a sequence looks at all others, and takes from each as much
/// as it attends to it. For texts and other sequences, and for tables.
/// </summary>
/// <remarks>
/// <para><b>Features.</b> The column's type decides: a vector of keys or of whole numbers is read as tokens, whose vectors are learned; a vector of Single with
/// dimensions [time, size, …], or of varying length in steps of <see cref="Options.StepSize"/>, as time steps, which a linear layer brings to the size of the
/// model; a plain vector as features without order, each of which becomes a token of its own: FT-Transformer (Y. Gorishniy et al., <i>Revisiting Deep Learning
/// Models for Tabular Data</i>, NeurIPS 2021), with a class token.</para>
/// <para><b>Cost.</b> Of each row and epoch about 6 × blocks × steps × size × (4 size + 2 feed-forward + 2 steps) operations: the square of the number of steps,
/// and so of the number of features of a plain vector.</para>
/// <para><b>Use it</b> for texts of some thousand rows and more; with fewer, classical trainers over <c>Featurize</c> are hard to beat.</para>
/// </remarks>
public static class TransformerTrainer
{
    /// <summary>The options.</summary>
    public sealed record Options : NetworkTrainerOptions
    {
        /// <summary>Creates the options, with defaults that suit transformers.</summary>
        public Options() => (Epochs, LearningRate, Schedule, GradientClipping) = (20, 0.002, NetworkSchedule.WarmupCosine, 1);

        /// <summary>The size of a step's vector, a multiple of <see cref="Heads"/>. 1 or more; default 32.</summary>
        public int Size { get; init; } = 32;

        /// <summary>The number of heads of attention. 1 or more; default 4.</summary>
        public int Heads { get; init; } = 4;

        /// <summary>The number of blocks, 1 to 100; default 2.</summary>
        public int Blocks { get; init; } = 2;

        /// <summary>The units between the two linear layers of a block. 1 or more; default 64.</summary>
        public int FeedForward { get; init; } = 64;

        /// <summary>The share of attention, units and vectors that training leaves out. 0 to 0.9; default 0.1.</summary>
        public double Dropout { get; init; } = 0.1;

        /// <summary>Whether the norms of a block stand before its parts, which learns more steadily, not behind, as in the paper. Default true.</summary>
        public bool PreNorm { get; init; } = true;

        /// <summary>How the order of steps is known; plain features have none. Default sinusoidal.</summary>
        public SequencePositions Positions { get; init; }

        /// <summary>What is made of all steps; of plain features it is the class token. Default the mean.</summary>
        public TransformerPooling Pooling { get; init; }

        /// <summary>How many steps or tokens of a row are read where rows have their own lengths; what follows is left out. 1 or more; default 256.</summary>
        public int MaximalLength { get; init; } = 256;

        /// <summary>The numbers of a step in vectors of varying length. 1 or more; default 1.</summary>
        public int StepSize { get; init; } = 1;

        /// <summary>The options' names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = new OptionSet<Options>(new())
            .Integer(nameof(Size), "The size of a step's vector, a multiple of Heads.", o => o.Size, (o, v) => o with { Size = v }, minimum: 1)
            .Integer(nameof(Heads), "The number of heads of attention.", o => o.Heads, (o, v) => o with { Heads = v }, minimum: 1)
            .Integer(nameof(Blocks), "The number of blocks.", o => o.Blocks, (o, v) => o with { Blocks = v }, minimum: 1, maximum: 100)
            .Integer(nameof(FeedForward), "The units between the two linear layers of a block.", o => o.FeedForward, (o, v) => o with { FeedForward = v }, minimum: 1)
            .Number(nameof(Dropout), "The share of attention, units and vectors that training leaves out.",
                o => o.Dropout, (o, v) => o with { Dropout = v }, minimum: 0, maximum: 0.9)
            .Boolean(nameof(PreNorm), "Whether the norms of a block stand before its parts.", o => o.PreNorm, (o, v) => o with { PreNorm = v })
            .Choice(nameof(Positions), "How the order of steps is known.", o => o.Positions, (o, v) => o with { Positions = v })
            .Choice(nameof(Pooling), "What is made of all steps.", o => o.Pooling, (o, v) => o with { Pooling = v })
            .Integer(nameof(MaximalLength), "How many steps or tokens of a row are read where rows have their own lengths.",
                o => o.MaximalLength, (o, v) => o with { MaximalLength = v }, minimum: 1)
            .Integer(nameof(StepSize), "The numbers of a time step in vectors of varying length.", o => o.StepSize, (o, v) => o with { StepSize = v }, minimum: 1)
            .NetworkTraining();

        /// <inheritdoc/>
        protected internal override FeatureForms Forms => SequenceInput.Forms;

        /// <inheritdoc/>
        protected internal override int ValuesPerStep => StepSize;

        /// <inheritdoc/>
        protected internal override NetworkArchitecture CreateArchitecture(TrainingData data, int outputs)
        {
            ArgumentNullException.ThrowIfNull(data);
            var format = data.Features.Format;
            var input = format.Form == FeatureForms.Vector ? NetworkInput.Flat(format.FeatureCount) : SequenceInput.Of(format, StepSize, MaximalLength);
            return new TransformerArchitecture(input, outputs)
            {
                Size = Size,
                Heads = Heads,
                Blocks = Blocks,
                FeedForward = FeedForward,
                Dropout = Dropout,
                PreNorm = PreNorm,
                Positions = Positions,
                Pooling = Pooling,
            };
        }

        /// <inheritdoc/>
        protected internal override NetworkTrainerOptions Checked()
        {
            All.Validate(this);
            if (Size % Heads != 0)
                throw new OptionException(FormattableString.Invariant($"Option {nameof(Size)} is {Size}, which {Heads} heads cannot share; expected a multiple of {nameof(Heads)}."));
            if (Positions == SequencePositions.Rotary && Size / Heads % 2 != 0)
                throw new OptionException(FormattableString.Invariant($"Rotary positions turn pairs of numbers; {nameof(Size)} / {nameof(Heads)} is {Size / Heads}, which is odd."));
            return this with { Callbacks = [.. Callbacks] };
        }

        /// <inheritdoc/>
        protected internal override IReadOnlyList<KeyValuePair<string, string>> Values() => All.Values(this);

        /// <inheritdoc/>
        protected internal override string Describe() => $"Transformer({All.Changes(this)})";
    }
}

/// <summary>Trains a transformer that tells two classes apart; see <see cref="TransformerTrainer"/>.</summary>
/// <param name="options">Its options; the defaults when omitted.</param>
/// <exception cref="OptionException">An option is out of its range.</exception>
public sealed class TransformerBinaryTrainer(TransformerTrainer.Options? options = null) : NetworkBinaryTrainer(options ?? new());

/// <summary>Trains a transformer that tells several classes apart; see <see cref="TransformerTrainer"/>.</summary>
/// <param name="options">Its options; the defaults when omitted.</param>
/// <exception cref="OptionException">An option is out of its range.</exception>
public sealed class TransformerMulticlassTrainer(TransformerTrainer.Options? options = null) : NetworkMulticlassTrainer(options ?? new());

/// <summary>Trains a transformer that predicts a number; see <see cref="TransformerTrainer"/>.</summary>
/// <param name="options">Its options; the defaults when omitted.</param>
/// <exception cref="OptionException">An option is out of its range.</exception>
public sealed class TransformerRegressionTrainer(TransformerTrainer.Options? options = null) : NetworkRegressionTrainer(options ?? new());
