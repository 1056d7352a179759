namespace Microsoft.ML;

/// <summary>What only Microsoft.ML itself can do.</summary>
internal static class Engine
{
    public static NotSupportedException Needed => new(
        "This needs Microsoft.ML itself; here is only the contract assembly that stands for it in tests. "
        + "Build with -p:MicrosoftML=true, or with -p:MicrosoftMLPath=FOLDER where the assemblies lie in a folder.");
}
