using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>The options that support vector machines with a label have in common.</summary>
public abstract record KernelSvmOptionsBase : TrainerInputBaseWithWeight
{
    /// <summary>
    /// C, what a row that is on the wrong side of its margin costs per unit of distance; times its weight. A great C follows the rows, a
    /// small one prefers a smooth function. Above 0; default 1.
    /// </summary>
    public double C { get; init; } = 1;

    /// <summary>The kernel's function. Default <see cref="KernelFunction.Rbf"/>.</summary>
    public KernelFunction Kernel
    {
        get => Settings.Kernel;
        init => Settings = Settings with { Kernel = value };
    }

    /// <summary>
    /// γ of the kernel, above 0; null (the default) is <see cref="Trainers.Kernel.ScaleGamma"/> of the training rows, as scikit-learn's "scale".
    /// </summary>
    public double? Gamma
    {
        get => Settings.Gamma;
        init => Settings = Settings with { Gamma = value };
    }

    /// <summary>c of the polynomial and the sigmoid kernel. Default 0.</summary>
    public double Coef0
    {
        get => Settings.Coef0;
        init => Settings = Settings with { Coef0 = value };
    }

    /// <summary>d of the polynomial kernel, 1 or more. Default 3.</summary>
    public int Degree
    {
        get => Settings.Degree;
        init => Settings = Settings with { Degree = value };
    }

    /// <summary>
    /// By how much the conditions of optimality may be violated in the end, in units of the decision value (of the label, for regression).
    /// Above 0; default 1e-3.
    /// </summary>
    public double OptimizationTolerance
    {
        get => Settings.OptimizationTolerance;
        init => Settings = Settings with { OptimizationTolerance = value };
    }

    /// <summary>The most steps, each of two coefficients; for each pair of classes. 1 or more; default 10 million.</summary>
    public int MaximumNumberOfIterations
    {
        get => Settings.MaximumNumberOfIterations;
        init => Settings = Settings with { MaximumNumberOfIterations = value };
    }

    /// <summary>The memory for rows of the kernel matrix, in MiB, which saves time with many rows. 1 or more; default 200.</summary>
    public double CacheSizeMegabytes
    {
        get => Settings.CacheSizeMegabytes;
        init => Settings = Settings with { CacheSizeMegabytes = value };
    }

    internal SvmSettings Settings { get; init; } = new();

    /// <summary>Declares the options of a derived record.</summary>
    internal static OptionSet<TOptions> Describe<TOptions>(TOptions defaults) where TOptions : KernelSvmOptionsBase
    {
        // `with` on the base type copies the derived record.
        static TOptions As(KernelSvmOptionsBase options) => (TOptions)options;
        return SvmSettings.Describe(
            new OptionSet<TOptions>(defaults).Number(nameof(C), "What a row on the wrong side of its margin costs; great values follow the rows.",
                o => o.C, (o, v) => As((KernelSvmOptionsBase)o with { C = v }), minimum: 0, exclusive: true),
            o => o.Settings, (o, v) => As((KernelSvmOptionsBase)o with { Settings = v }));
    }
}
