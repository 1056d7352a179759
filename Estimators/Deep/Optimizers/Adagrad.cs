namespace MLPath.Deep;

/// <summary>
/// Steps that shorten, for each number by its own history: with g = ∂loss/∂θ + λ θ, s ← s + g² and θ ← θ − η' g / (√s + ε), η' = η / (1 + (t − 1) decay)
/// in step t. What seldom has a gradient, such as a rare word's vector, keeps long steps.
/// </summary>
/// <remarks>J. Duchi, E. Hazan, Y. Singer, <i>Adaptive Subgradient Methods for Online Learning and Stochastic Optimization</i>, JMLR 2011.</remarks>
public sealed class Adagrad : Optimizer
{
    private readonly double _rateDecay, _epsilon;
    private readonly Tensor[] _squares;

    /// <summary>Makes the optimiser.</summary>
    /// <param name="parameters">What it changes.</param>
    /// <param name="learningRate">η, 0 or more.</param>
    /// <param name="rateDecay">decay, 0 or more.</param>
    /// <param name="weightDecay">λ, 0 or more.</param>
    /// <param name="initialSquares">s before the first step, 0 or more.</param>
    /// <param name="epsilon">ε, above 0.</param>
    public Adagrad(
        IEnumerable<Parameter> parameters, double learningRate = 0.01, double rateDecay = 0, double weightDecay = 0, double initialSquares = 0, double epsilon = 1e-10)
        : base(parameters, learningRate, weightDecay: weightDecay)
    {
        Require(rateDecay >= 0, nameof(rateDecay), rateDecay, "The rate's decay is not negative.");
        Require(initialSquares >= 0, nameof(initialSquares), initialSquares, "A sum of squares is not negative.");
        Require(epsilon > 0, nameof(epsilon), epsilon, "Epsilon is above 0.");
        (_rateDecay, _epsilon) = (rateDecay, epsilon);
        _squares = MakeState("squares", (float)initialSquares);
    }

    /// <inheritdoc/>
    protected override void Update(int index, int step, Tensor gradient, double weightDecay)
    {
        Tensor θ = Parameters[index];
        θ.Backend.AdagradStep(θ, gradient, _squares[index], LearningRate / (1 + (step - 1) * _rateDecay), _epsilon, weightDecay);
    }
}
