using MLPath.Trainers;

namespace MLPath.Deep;

/// <summary>The steps of a training: the optimiser that the options name, with the learning rate that its schedule gives each of them.</summary>
internal sealed class NetworkSteps
{
    private const double Momentum = 0.9;

    private readonly Optimizer _optimizer;
    private readonly Schedule _schedule;
    private readonly ReduceOnPlateau? _plateau;
    private readonly double _clipping;
    private double _rate;

    /// <summary>Makes the steps.</summary>
    /// <param name="options">What names them.</param>
    /// <param name="parameters">The parameters of a network that has been initialised.</param>
    /// <param name="count">The number of steps there will be at most, 1 or more.</param>
    public NetworkSteps(NetworkTrainerOptions options, IEnumerable<Parameter> parameters, int count)
    {
        (_optimizer, _schedule, _rate, _clipping) = (Create(options, parameters), Create(options, count), options.LearningRate, options.GradientClipping);
        if (options.Schedule == NetworkSchedule.OnPlateau) _plateau = new ReduceOnPlateau { Patience = options.Patience / 2 };
    }

    /// <summary>The learning rate of the last step.</summary>
    public double LearningRate => _optimizer.LearningRate;

    /// <summary>Changes the parameters by their gradients, and forgets those.</summary>
    public void Next()
    {
        _schedule.Apply(_optimizer, _optimizer.Steps, _rate);
        if (_clipping > 0) _optimizer.ClipGradientNorm(_clipping);
        _optimizer.Step();
        _optimizer.ClearGradients();
    }

    /// <summary>Hears how an epoch went.</summary>
    /// <param name="loss">The loss that is watched.</param>
    public void EndEpoch(double loss)
    {
        if (_plateau is not null) _rate = _plateau.Next(_rate, loss);
    }

    /// <summary>The optimiser that options name.</summary>
    public static Optimizer Create(NetworkTrainerOptions options, IEnumerable<Parameter> parameters)
    {
        var (rate, decay) = (options.LearningRate, options.WeightDecay);
        return options.Optimizer switch
        {
            NetworkOptimizer.Sgd => new Sgd(parameters, rate, weightDecay: decay),
            NetworkOptimizer.Momentum => new Sgd(parameters, rate, Momentum, weightDecay: decay),
            NetworkOptimizer.Nesterov => new Sgd(parameters, rate, Momentum, nesterov: true, weightDecay: decay),
            NetworkOptimizer.Adagrad => new Adagrad(parameters, rate, weightDecay: decay),
            NetworkOptimizer.RMSProp => new RmsProp(parameters, rate, weightDecay: decay),
            NetworkOptimizer.Adam => new Adam(parameters, rate, weightDecay: decay),
            _ => new AdamW(parameters, rate, weightDecay: decay) { Decays = Deep.Optimizer.OfMatrices },
        };
    }

    private static Schedule Create(NetworkTrainerOptions options, int count)
    {
        int rising = Math.Min((int)Math.Round(count * options.WarmupFraction), count - 1);
        return options.Schedule switch
        {
            NetworkSchedule.Step => new StepSchedule(Every: Math.Max(1, (count + 2) / 3)),
            NetworkSchedule.Exponential => new ExponentialSchedule(Math.Pow(0.01, 1.0 / count)),
            NetworkSchedule.Cosine => new CosineSchedule(count),
            NetworkSchedule.WarmupCosine => new WarmUpCosineSchedule(rising, count),
            NetworkSchedule.OneCycle => new OneCycleSchedule(Math.Max(2, count)) { RisingShare = options.WarmupFraction > 0 ? options.WarmupFraction : 0.3 },
            _ => Schedule.Constant,
        };
    }
}
