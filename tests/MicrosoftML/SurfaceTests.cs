using MLPath.House.Tests;

namespace MLPath.MicrosoftML.Tests;

/// <summary>
/// What the bridge uses of Microsoft.ML stands approved in <c>tests/MicrosoftML/Surface.txt</c>. The list is the same whether the bridge was compiled
/// against Microsoft.ML or against the contract assembly, and that proves the contract's signatures true.
/// </summary>
[TestClass]
public sealed class SurfaceTests
{
    [TestMethod]
    public void The_bridge_uses_what_is_approved_of_Microsoft_ML()
    {
        string file = Repository.PathOf("tests", "MicrosoftML", "Surface.txt");
        using var bridge = new Surface(typeof(MicrosoftMLExtensions).Assembly);
        var lines = bridge.Used();
        if (Environment.GetEnvironmentVariable("MLPATH_APPROVE_API") == "1")
        {
            File.WriteAllText(file, string.Concat(lines.Select(line => $"{line}\n")));
            return;
        }

        string[] approved = File.Exists(file) ? File.ReadAllLines(file) : [];
        var added = lines.Except(approved).Select(line => $"+ {line}");
        var removed = approved.Except(lines).Select(line => $"- {line}");
        Assert.IsTrue(
            approved.SequenceEqual(lines),
            "What the bridge uses of Microsoft.ML changed. If that is meant, run the tests with MLPATH_APPROVE_API=1, "
            + $"and once with Microsoft.ML itself: the list must be the same.\n{string.Join('\n', removed.Concat(added).Take(40))}");
    }

    [TestMethod]
    public void The_contract_declares_nothing_that_is_not_used()
    {
        if (RealMicrosoftML.IsHere)
            Assert.Inconclusive("The contract assembly is not in this build; Microsoft.ML itself is.");
        using var bridge = new Surface(typeof(MicrosoftMLExtensions).Assembly);
        using var tests = new Surface(typeof(SurfaceTests).Assembly);
        using var contract = new Surface(typeof(MS.MLContext).Assembly);
        var used = bridge.Used().Concat(tests.Used()).ToHashSet();
        var superfluous = contract.Declared(used).Where(line => !used.Contains(line)).Except(contract.Needed()).ToList();
        Assert.IsEmpty(
            superfluous,
            $"The contract assembly declares what neither the bridge nor its tests use. Remove it:\n{string.Join('\n', superfluous)}");
    }
}
