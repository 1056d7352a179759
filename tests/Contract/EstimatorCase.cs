using MLPath.Runtime;
using MLPath.Trainers;

namespace MLPath.Contract.Tests;

/// <summary>An estimator to be held to the contract, with data that it can be fitted on.</summary>
/// <param name="Name">What the test is called.</param>
/// <param name="Create">Makes the estimator.</param>
/// <param name="Data">Data that it can be fitted on.</param>
/// <param name="Task">For a trainer, its task; null for a transform.</param>
/// <param name="Factory">For a trainer, its factory; null for a transform.</param>
/// <param name="Form">For a trainer, the form of the features.</param>
public sealed record EstimatorCase(
    string Name, Func<IEstimator<ITransformer>> Create, Func<IDataView> Data, LearningTask? Task = null, TrainerFactory? Factory = null,
    Data.FeatureForms Form = Data.FeatureForms.Vector)
{
    /// <summary>What a trainer says of itself; nothing special for a transform.</summary>
    public TrainerInfo Info => Factory?.Info ?? new TrainerInfo();

    /// <summary>Whether a trainer learns from counts or categories, and refuses other features.</summary>
    public bool NeedsCounts => Name.StartsWith("multinomial-", StringComparison.Ordinal)
        || Name.StartsWith("complement-", StringComparison.Ordinal) || Name.StartsWith("categorical-", StringComparison.Ordinal);

    /// <summary>A trainer's rows, of whole numbers from 0 where it needs such.</summary>
    public Data.InMemoryDataView Table(int rows = ContractData.Rows, Func<int, int, float, float>? feature = null, Func<int, int>? classOf = null)
    {
        float Counted(int row, int j, float v) => MathF.Abs(MathF.Round(feature is null ? v : feature(row, j, v)));
        return ContractData.For(Task!.Value, rows, NeedsCounts ? Counted : feature, classOf, Form);
    }

    public override string ToString() => Name;
}
