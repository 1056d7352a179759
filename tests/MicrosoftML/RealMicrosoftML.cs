namespace MLPath.MicrosoftML.Tests;

/// <summary>What stands for Microsoft.ML in this build: itself, or the contract assembly.</summary>
internal static class RealMicrosoftML
{
    /// <summary>Whether it is Microsoft.ML itself.</summary>
    public static bool IsHere =>
#if MICROSOFT_ML
        true;
#else
        false;
#endif

    /// <summary>Skips a test that Microsoft.ML itself must run.</summary>
    public static void Require()
    {
        if (!IsHere)
            Assert.Inconclusive("This test needs Microsoft.ML itself. Run it with -p:MicrosoftML=true, or with -p:MicrosoftMLPath=FOLDER.");
    }
}
