using MLPath.Runtime;

namespace MLPath.Deep;

/// <summary>
/// The description of a network: its sizes and choices, without numbers. It makes the network, and is saved in model files beside the numbers, so
/// that loading makes the same network again.
/// </summary>
/// <remarks>
/// <para>An architecture is immutable. It is registered by its id in a list of components, as any component is, so that loading needs no reflection:
/// <c>new ComponentList("Acme").Add("Acme.TwoTowers", TwoTowers.Load)</c> and <c>ml.Components.Add(list)</c>. <see cref="ICanSaveModel.Save"/> writes its sizes
/// and choices with <see cref="ModelSaveContext"/>; its loader checks every one of them.</para>
/// <para>For two calls <see cref="Build"/> makes networks of the same parameters: the same paths, in the same order, of the same shapes.</para>
/// </remarks>
public abstract class NetworkArchitecture : ICanSaveModel
{
    /// <inheritdoc/>
    public abstract string ComponentId { get; }

    /// <summary>How a row's features are read.</summary>
    public abstract NetworkInput Input { get; }

    /// <summary>The number of outputs: 1 for two classes or a number, k for k classes.</summary>
    public abstract int Outputs { get; }

    /// <summary>Makes the network, which has no numbers yet.</summary>
    /// <exception cref="ArgumentException">The sizes make no network.</exception>
    public abstract Network Build();

    /// <inheritdoc/>
    public abstract void Save(ModelSaveContext context);
}
