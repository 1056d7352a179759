using System.Text.RegularExpressions;

namespace MLPath.Evaluation.Tests.Examinations;

/// <summary>docs/doctor.md describes the checks that there are, in their own words.</summary>
[TestClass]
public sealed partial class DoctorPageTests
{
    [TestMethod]
    public void The_page_lists_every_check_in_its_own_words()
    {
        string page = Page().ReplaceLineEndings("\n");
        foreach (var check in Doctor.Checks)
        {
            string title = char.ToLowerInvariant(check.Title[0]) + check.Title[1..];
            StringAssert.Contains(page, $"\n### `{check.Name}`: {title}\n\n{check.LooksFor}\n\n*What to do:* {check.Remedy}\n", check.Name);
        }

        CollectionAssert.AreEqual(Doctor.Checks.Select(c => c.Name).ToArray(), Heading().Matches(page).Select(m => m.Groups[1].Value).ToArray());
    }

    [TestMethod]
    public void Names_are_unique_and_sentences_end()
    {
        Assert.HasCount(Doctor.Checks.Count, Doctor.Checks.Select(c => c.Name).Distinct().ToList());
        Assert.IsTrue(Doctor.Checks.All(c => c.LooksFor.EndsWith('.') && c.Remedy.EndsWith('.')));
    }

    private static string Page()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "docs", "doctor.md");
            if (File.Exists(path))
                return File.ReadAllText(path);
        }

        throw new FileNotFoundException("docs/doctor.md is not above the tests.");
    }

    [GeneratedRegex("^### `([a-z-]+)`", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
