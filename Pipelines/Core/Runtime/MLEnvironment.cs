namespace MLPath.Runtime;

/// <summary>What all catalogs of one <c>MLContext</c> share.</summary>
public class MLEnvironment
{
    /// <summary>Creates an environment without components.</summary>
    /// <param name="seed">The seed that estimators made by its catalogs use unless their options say otherwise.</param>
    public MLEnvironment(int seed) => Seed = seed;

    /// <summary>The seed that estimators made by the catalogs use unless their options say otherwise.</summary>
    public int Seed { get; }

    /// <summary>What model files may be made of.</summary>
    public ComponentCatalog Components { get; } = new();

    /// <summary>The algorithms that can be chosen by name.</summary>
    public AlgorithmCatalog Algorithms { get; } = new();
}
