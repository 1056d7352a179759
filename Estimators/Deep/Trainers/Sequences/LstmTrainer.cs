using MLPath.Deep;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>
/// A network of long short-term memory (S. Hochreiter, J. Schmidhuber, Neural Computation 9, 1997; with the forget gate of F. Gers et al., 2000): a
/// recurrent network whose cells keep what gates let in, over as many steps as gates let them. For the classification of texts and other sequences, and for
/// forecasts.
/// </summary>
/// <remarks>The forget gate's bias is 1 at first, so that memory lasts from the start (R. Jozefowicz, W. Zaremba, I. Sutskever, ICML 2015).</remarks>
public static class LstmTrainer
{
    /// <summary>The options.</summary>
    public sealed record Options : RecurrentTrainerOptions
    {
        /// <summary>What the bias of the forget gate is at first: the greater, the longer memory lasts from the start. Default 1.</summary>
        public double ForgetBias { get; init; } = 1;

        /// <summary>The options' names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = new OptionSet<Options>(new())
            .Number(nameof(ForgetBias), "What the bias of the forget gate is at first.", o => o.ForgetBias, (o, v) => o with { ForgetBias = v })
            .RecurrentNetwork();

        private protected override RecurrentCell Cell => RecurrentCell.Lstm;

        private protected override double FirstForgetBias => ForgetBias;

        /// <inheritdoc/>
        protected internal override NetworkTrainerOptions Checked()
        {
            All.Validate(this);
            return this with { Callbacks = [.. Callbacks] };
        }

        /// <inheritdoc/>
        protected internal override IReadOnlyList<KeyValuePair<string, string>> Values() => All.Values(this);

        /// <inheritdoc/>
        protected internal override string Describe() => $"Lstm({All.Changes(this)})";
    }
}

/// <summary>Trains a network of long short-term memory that tells two classes apart; see <see cref="LstmTrainer"/>.</summary>
/// <param name="options">Its options; the defaults when omitted.</param>
/// <exception cref="OptionException">An option is out of its range.</exception>
public sealed class LstmBinaryTrainer(LstmTrainer.Options? options = null) : NetworkBinaryTrainer(options ?? new());

/// <summary>Trains a network of long short-term memory that tells several classes apart; see <see cref="LstmTrainer"/>.</summary>
/// <param name="options">Its options; the defaults when omitted.</param>
/// <exception cref="OptionException">An option is out of its range.</exception>
public sealed class LstmMulticlassTrainer(LstmTrainer.Options? options = null) : NetworkMulticlassTrainer(options ?? new());

/// <summary>Trains a network of long short-term memory that predicts a number; see <see cref="LstmTrainer"/>.</summary>
/// <param name="options">Its options; the defaults when omitted.</param>
/// <exception cref="OptionException">An option is out of its range.</exception>
public sealed class LstmRegressionTrainer(LstmTrainer.Options? options = null) : NetworkRegressionTrainer(options ?? new());
