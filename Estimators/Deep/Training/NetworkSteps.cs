using MLPath.Trainers;

namespace MLPath.Deep;

/// <summary>Makes what the options name: the optimiser, and the learning rate of every step.</summary>
internal static class NetworkSteps
{
    private const double Momentum = 0.9;

    /// <summary>The optimiser of a network's parameters.</summary>
    public static Optimizer CreateOptimizer(NetworkTrainerOptions options, IEnumerable<Parameter> parameters) => options.Optimizer switch
    {
        NetworkOptimizer.Sgd => new Sgd(parameters, options.LearningRate, weightDecay: options.WeightDecay),
        NetworkOptimizer.Momentum => new Sgd(parameters, options.LearningRate, Momentum, weightDecay: options.WeightDecay),
        NetworkOptimizer.Nesterov => new Sgd(parameters, options.LearningRate, Momentum, nesterov: true, options.WeightDecay),
        _ => throw new ArgumentOutOfRangeException(nameof(options), options.Optimizer, "There is no such optimiser."),
    };

    /// <summary>The factor of the greatest learning rate where a part of all steps, from 0 to below 1, is done.</summary>
    public static double Factor(NetworkTrainerOptions options, double done)
    {
        double rising = options.WarmupFraction;
        return options.Schedule switch
        {
            NetworkSchedule.Step => Math.Pow(0.1, Math.Floor(3 * done)),
            NetworkSchedule.Exponential => Math.Pow(0.01, done),
            NetworkSchedule.Cosine => HalfCosine(done),
            NetworkSchedule.WarmupCosine => done < rising ? done / rising : HalfCosine((done - rising) / (1 - rising)),
            NetworkSchedule.OneCycle => OneCycle(done, rising > 0 ? rising : 0.3),
            _ => 1,
        };
    }

    // From a 25th up to 1, and down to a 25th of a ten-thousandth. L. Smith, N. Topin, 2019.
    private static double OneCycle(double done, double rising)
    {
        const double First = 1.0 / 25, Last = First / 1e4;
        return done < rising ? 1 + ((First - 1) * HalfCosine(done / rising)) : Last + ((1 - Last) * HalfCosine((done - rising) / (1 - rising)));
    }

    // From 1 to 0. I. Loshchilov, F. Hutter, SGDR, ICLR 2017, eq. 5, without restarts.
    private static double HalfCosine(double t) => 0.5 * (1 + Math.Cos(Math.PI * t));
}
