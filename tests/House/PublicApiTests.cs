using System.Reflection;

namespace MLPath.House.Tests;

/// <summary>
/// The public API of each library stands approved in <c>tests/House/Api</c>. A change is made on purpose: run the tests with
/// <c>MLPATH_APPROVE_API=1</c>, and commit the difference with the reason for it.
/// </summary>
[TestClass]
public sealed class PublicApiTests
{
    public static IEnumerable<object[]> Libraries => PublicApi.Libraries.Select(l => new object[] { l });

    [TestMethod]
    [DynamicData(nameof(Libraries))]
    public void The_public_API_is_the_approved_one(Assembly library)
    {
        string file = Repository.PathOf("tests", "House", "Api", $"{library.GetName().Name}.txt");
        string actual = PublicApi.Describe(library);
        if (Environment.GetEnvironmentVariable("MLPATH_APPROVE_API") == "1")
        {
            File.WriteAllText(file, actual);
            return;
        }

        string[] approved = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n").Split('\n') : [];
        var lines = actual.Split('\n');
        var added = lines.Except(approved).Select(l => $"+ {l}");
        var removed = approved.Except(lines).Select(l => $"- {l}");
        Assert.AreEqual(
            string.Join('\n', approved), string.Join('\n', lines),
            $"The public API of {library.GetName().Name} changed. If that is meant, run the tests with MLPATH_APPROVE_API=1.\n{string.Join('\n', removed.Concat(added).Take(40))}");
    }
}
