using MLPath.Deep;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>
/// A network of gated recurrent units (K. Cho et al., EMNLP 2014): as <see cref="LstmTrainer"/>, with two gates instead of three and one state instead of
/// two, and so a quarter fewer parameters.
/// </summary>
public static class GruTrainer
{
    /// <summary>The options.</summary>
    public sealed record Options : RecurrentTrainerOptions
    {
        /// <summary>The options' names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = new OptionSet<Options>(new()).RecurrentNetwork();

        private protected override RecurrentCell Cell => RecurrentCell.Gru;

        /// <inheritdoc/>
        protected internal override NetworkTrainerOptions Checked()
        {
            All.Validate(this);
            return this with { Callbacks = [.. Callbacks] };
        }

        /// <inheritdoc/>
        protected internal override IReadOnlyList<KeyValuePair<string, string>> Values() => All.Values(this);

        /// <inheritdoc/>
        protected internal override string Describe() => $"Gru({All.Changes(this)})";
    }
}

/// <summary>Trains a network of gated recurrent units that tells two classes apart; see <see cref="GruTrainer"/>.</summary>
/// <param name="options">Its options; the defaults when omitted.</param>
/// <exception cref="OptionException">An option is out of its range.</exception>
public sealed class GruBinaryTrainer(GruTrainer.Options? options = null) : NetworkBinaryTrainer(options ?? new());

/// <summary>Trains a network of gated recurrent units that tells several classes apart; see <see cref="GruTrainer"/>.</summary>
/// <param name="options">Its options; the defaults when omitted.</param>
/// <exception cref="OptionException">An option is out of its range.</exception>
public sealed class GruMulticlassTrainer(GruTrainer.Options? options = null) : NetworkMulticlassTrainer(options ?? new());

/// <summary>Trains a network of gated recurrent units that predicts a number; see <see cref="GruTrainer"/>.</summary>
/// <param name="options">Its options; the defaults when omitted.</param>
/// <exception cref="OptionException">An option is out of its range.</exception>
public sealed class GruRegressionTrainer(GruTrainer.Options? options = null) : NetworkRegressionTrainer(options ?? new());
