using MLPath.Runtime;

namespace MLPath.Trainers;

/// <summary>What every support vector machine can be told: its kernel, and how its problem is solved.</summary>
internal sealed record SvmSettings
{
    public KernelFunction Kernel { get; init; }

    public double? Gamma { get; init; }

    public double Coef0 { get; init; }

    public int Degree { get; init; } = 3;

    public double OptimizationTolerance { get; init; } = 1e-3;

    public int MaximumNumberOfIterations { get; init; } = 10_000_000;

    public double CacheSizeMegabytes { get; init; } = 200;

    /// <summary>Declares these options as options of a record that has them.</summary>
    /// <typeparam name="TOptions">The record.</typeparam>
    /// <param name="options">What is declared so far.</param>
    /// <param name="get">Reads the settings.</param>
    /// <param name="set">Returns the record with other settings.</param>
    public static OptionSet<TOptions> Describe<TOptions>(
        OptionSet<TOptions> options, Func<TOptions, SvmSettings> get, Func<TOptions, SvmSettings, TOptions> set) where TOptions : class => options
        .Choice(nameof(Kernel), "How alike two rows are: exp(−γ‖x−y‖²), x·y, (γ x·y + c)ᵈ or tanh(γ x·y + c).",
            o => get(o).Kernel, (o, v) => set(o, get(o) with { Kernel = v }))
        .OptionalNumber(nameof(Gamma), "γ of the kernel; scale takes 1 / (number of features × variance of all values).",
            o => get(o).Gamma, (o, v) => set(o, get(o) with { Gamma = v }), minimum: 0, exclusive: true, none: "scale")
        .Number(nameof(Coef0), "c of the polynomial and the sigmoid kernel.", o => get(o).Coef0, (o, v) => set(o, get(o) with { Coef0 = v }))
        .Integer(nameof(Degree), "d of the polynomial kernel.", o => get(o).Degree, (o, v) => set(o, get(o) with { Degree = v }), minimum: 1)
        .Number(nameof(OptimizationTolerance), "By how much the conditions of optimality may be violated in the end.",
            o => get(o).OptimizationTolerance, (o, v) => set(o, get(o) with { OptimizationTolerance = v }), minimum: 0, exclusive: true)
        .Integer(nameof(MaximumNumberOfIterations), "The most steps, each of two coefficients.",
            o => get(o).MaximumNumberOfIterations, (o, v) => set(o, get(o) with { MaximumNumberOfIterations = v }), minimum: 1)
        .Number(nameof(CacheSizeMegabytes), "The memory for rows of the kernel matrix, in MiB; does not change the result.",
            o => get(o).CacheSizeMegabytes, (o, v) => set(o, get(o) with { CacheSizeMegabytes = v }), minimum: 1);

    /// <summary>The kernel for data.</summary>
    /// <param name="data">Dense rows.</param>
    public Kernel KernelFor(TrainingData data) =>
        new(Kernel, Gamma ?? Trainers.Kernel.ScaleGamma(data.Features.Values, data.Features.Columns, data.Weights), Coef0, Degree);
}
