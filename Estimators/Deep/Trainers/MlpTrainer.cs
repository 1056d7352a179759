using MLPath.Deep;
using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>
/// A multilayer perceptron: a neural network of fully connected layers, trained by backpropagation. It bends the boundaries that linear models
/// draw straight, and is the step from there to deep learning.
/// </summary>
/// <remarks>
/// <para><b>Model.</b> Hidden layers h = φ(W h + b), the first one of the features; then a linear layer whose outputs z give σ(z) for two classes,
/// softmax(z) for several, and the standardised label for a number. Between W h + b and φ there may be a normalisation, and after φ dropout.</para>
/// <para><b>Objective.</b> The mean over rows of −log p(label | x), or of the squared error in units of the label's variance, plus
/// L2 ½ Σ ‖W‖² over the weights without the biases.</para>
/// <para><b>How.</b> Mini-batches in a new random order every epoch, by default with Adam and a learning rate that falls to 0 along half a cosine;
/// see <see cref="NetworkTrainerOptions"/> for what else there is. All arithmetic is in single precision.</para>
/// <para><b>Cost.</b> About 6 × (number of parameters) operations for each row and epoch; scoring a third of that.</para>
/// <para><b>Use it</b> where some hundred rows or more speak for more than a linear boundary. Features need to be of one scale: normalise them first.</para>
/// <para><b>References.</b> D. Rumelhart, G. Hinton, R. Williams, <i>Learning representations by back-propagating errors</i>, Nature 1986.
/// C. Bishop, <i>Pattern Recognition and Machine Learning</i>, Springer 2006, chapter 5.</para>
/// </remarks>
public static class MlpTrainer
{
    /// <summary>The options of the multilayer perceptrons.</summary>
    public sealed record Options : NetworkTrainerOptions
    {
        /// <summary>
        /// Creates the options with the defaults that go with small tables: <see cref="NetworkOptimizer.Adam"/>, a
        /// <see cref="NetworkTrainerOptions.LearningRate"/> of 0.01 and no <see cref="NetworkTrainerOptions.WeightDecay"/> beside <see cref="L2Regularization"/>.
        /// </summary>
        public Options() => (Optimizer, LearningRate, WeightDecay) = (NetworkOptimizer.Adam, 0.01, 0);

        /// <summary>
        /// The number of units of each hidden layer, from the features on; each 1 or more. Default one layer of 64. An empty list makes a linear model.
        /// </summary>
        public IReadOnlyList<int> HiddenUnits { get; init; } = [64];

        /// <summary>The function φ of the hidden units. Default <see cref="MlpActivation.ReLU"/>.</summary>
        public MlpActivation Activation { get; init; }

        /// <summary>
        /// What is normalised between a hidden layer's sums and φ: makes deep networks learn faster. Default <see cref="MlpNormalization.None"/>.
        /// </summary>
        public MlpNormalization Normalization { get; init; }

        /// <summary>The share of hidden units that are left out at random in each step of the training, so that none relies on another. 0 to 0.9; default 0.</summary>
        public double Dropout { get; init; }

        /// <summary>λ, the strength of the penalty λ/2 Σ ‖W‖² beside the mean loss. 0 or more; default 0.003.</summary>
        public double L2Regularization { get; init; } = 0.003;

        /// <summary>The options' names, meanings and ranges.</summary>
        public static OptionSet<Options> All { get; } = new OptionSet<Options>(new())
            .IntegerList(nameof(HiddenUnits), "The number of units of each hidden layer.",
                o => o.HiddenUnits, (o, v) => o with { HiddenUnits = v }, minimum: 1)
            .Choice(nameof(Activation), "The function of the hidden units.",
                o => o.Activation, (o, v) => o with { Activation = v })
            .Choice(nameof(Normalization), "What is normalised between a hidden layer's sums and its function.",
                o => o.Normalization, (o, v) => o with { Normalization = v })
            .Number(nameof(Dropout), "The share of hidden units that are left out at random in each step.",
                o => o.Dropout, (o, v) => o with { Dropout = v }, minimum: 0, maximum: 0.9)
            .Number(nameof(L2Regularization), "The strength of the penalty on large weights.",
                o => o.L2Regularization, (o, v) => o with { L2Regularization = v }, minimum: 0)
            .NetworkTraining();

        /// <inheritdoc/>
        protected internal override double WeightPenalty => L2Regularization;

        /// <inheritdoc/>
        protected internal override NetworkArchitecture CreateArchitecture(TrainingData data, int outputs)
        {
            ArgumentNullException.ThrowIfNull(data);
            return new MlpArchitecture(data.Features.Columns, HiddenUnits, outputs) { Activation = Activation, Normalization = Normalization, Dropout = Dropout };
        }

        /// <inheritdoc/>
        protected internal override NetworkTrainerOptions Checked()
        {
            All.Validate(this);
            return this with { HiddenUnits = [.. HiddenUnits], Callbacks = [.. Callbacks] };
        }

        /// <inheritdoc/>
        protected internal override IReadOnlyList<KeyValuePair<string, string>> Values() => All.Values(this);

        /// <inheritdoc/>
        protected internal override string Describe() => $"Mlp({All.Changes(this)})";
    }
}

/// <summary>A multilayer perceptron for two classes; see <see cref="MlpTrainer"/>.</summary>
/// <param name="options">Its options; the defaults when omitted.</param>
/// <exception cref="OptionException">An option is out of its range.</exception>
public sealed class MlpBinaryTrainer(MlpTrainer.Options? options = null) : NetworkBinaryTrainer(options ?? new());

/// <summary>A multilayer perceptron for several classes; see <see cref="MlpTrainer"/>.</summary>
/// <param name="options">Its options; the defaults when omitted.</param>
/// <exception cref="OptionException">An option is out of its range.</exception>
public sealed class MlpMulticlassTrainer(MlpTrainer.Options? options = null) : NetworkMulticlassTrainer(options ?? new());

/// <summary>A multilayer perceptron that predicts a number; see <see cref="MlpTrainer"/>.</summary>
/// <param name="options">Its options; the defaults when omitted.</param>
/// <exception cref="OptionException">An option is out of its range.</exception>
public sealed class MlpRegressionTrainer(MlpTrainer.Options? options = null) : NetworkRegressionTrainer(options ?? new());
