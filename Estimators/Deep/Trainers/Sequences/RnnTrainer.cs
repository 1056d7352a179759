using MLPath.Deep;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>
/// A plain recurrent network (J. Elman, <i>Finding structure in time</i>, Cognitive Science 14, 1990): reads a sequence step by step, its state
/// hₜ = tanh(W xₜ + U h₍ₜ₋₁₎ + b), and predicts from the last state, or from all of them.
/// </summary>
/// <remarks>
/// It is the simplest network of sequences, and forgets soon: what a step learns of an error k steps later is multiplied by Uᵀ and the slope of tanh k times,
/// and vanishes (Y. Bengio, P. Simard, P. Frasconi, <i>Learning long-term dependencies with gradient descent is difficult</i>, 1994). Use it for short
/// sequences, and <see cref="LstmTrainer"/> or <see cref="GruTrainer"/> where memory matters.
/// </remarks>
public static class RnnTrainer
{
    /// <summary>The options.</summary>
    public sealed record Options : RecurrentTrainerOptions
    {
        /// <summary>The options' names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = new OptionSet<Options>(new()).RecurrentNetwork();

        private protected override RecurrentCell Cell => RecurrentCell.Tanh;

        /// <inheritdoc/>
        protected internal override NetworkTrainerOptions Checked()
        {
            All.Validate(this);
            return this with { Callbacks = [.. Callbacks] };
        }

        /// <inheritdoc/>
        protected internal override IReadOnlyList<KeyValuePair<string, string>> Values() => All.Values(this);

        /// <inheritdoc/>
        protected internal override string Describe() => $"Rnn({All.Changes(this)})";
    }
}

/// <summary>Trains a plain recurrent network that tells two classes apart; see <see cref="RnnTrainer"/>.</summary>
/// <param name="options">Its options; the defaults when omitted.</param>
/// <exception cref="OptionException">An option is out of its range.</exception>
public sealed class RnnBinaryTrainer(RnnTrainer.Options? options = null) : NetworkBinaryTrainer(options ?? new());

/// <summary>Trains a plain recurrent network that tells several classes apart; see <see cref="RnnTrainer"/>.</summary>
/// <param name="options">Its options; the defaults when omitted.</param>
/// <exception cref="OptionException">An option is out of its range.</exception>
public sealed class RnnMulticlassTrainer(RnnTrainer.Options? options = null) : NetworkMulticlassTrainer(options ?? new());

/// <summary>Trains a plain recurrent network that predicts a number; see <see cref="RnnTrainer"/>.</summary>
/// <param name="options">Its options; the defaults when omitted.</param>
/// <exception cref="OptionException">An option is out of its range.</exception>
public sealed class RnnRegressionTrainer(RnnTrainer.Options? options = null) : NetworkRegressionTrainer(options ?? new());
