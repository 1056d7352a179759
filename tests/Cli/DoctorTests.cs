using System.Text;

namespace MLPath.Cli.Tests;

/// <summary>What the doctor finds, on the command line.</summary>
[TestClass]
public sealed class DoctorTests
{
    [TestMethod]
    public void Warnings_are_lines_of_their_own_and_can_be_silenced()
    {
        using var folder = new TestFolder();
        string file = folder.Write("g.csv", Grouped());
        string[] line = ["compare", file, "--algorithms", "knn,bayes", "--folds", "4"];
        var outcome = Cli.Run(line).Expect(0);
        StringAssert.Contains(outcome.Error, "Warning: person looks like groups");
        StringAssert.Contains(outcome.Error, "(groups-ignored)");
        Assert.DoesNotContain("groups-ignored", Cli.Run([.. line, "--silence", "groups-ignored,few-rows"]).Expect(0).Error);
        Assert.DoesNotContain("Warning", Cli.Run([.. line, "--quiet"]).Expect(0).Error);
        var json = Cli.Run([.. line, "--json", "--quiet"]).Expect(0).Json;
        Assert.Contains("groups-ignored", json["findings"]!.AsArray().Select(f => (string)f!["check"]!));
    }

    [TestMethod]
    [DataRow("compare iris --algorithms bayes")]
    [DataRow("train iris --algorithm bayes --model m")]
    [DataRow("describe iris")]
    public void An_unknown_check_is_misuse(string line)
    {
        var outcome = Cli.Run([.. line.Split(' '), "--silence", "group-ignored"]).Expect(2);
        StringAssert.Contains(outcome.Error, "Did you mean 'groups-ignored'?");
        Assert.AreEqual("", outcome.Out);
    }

    [TestMethod]
    public void A_description_shows_what_the_data_alone_show()
    {
        using var folder = new TestFolder();
        string file = folder.Write("p.csv", Tables.Patients());
        StringAssert.Contains(Cli.Run("describe", file).Expect(0).Error, "id names the row");
    }

    [TestMethod]
    public void A_model_measured_on_its_own_rows_is_an_error_and_a_hold_out_counts()
    {
        using var folder = new TestFolder();
        string train = folder.Write("train.csv", Tables.Patients());
        Cli.Run("train", train, "--algorithm", "bayes", "--model", folder["m.mlpath"], "--quiet").Expect(0);
        StringAssert.Contains(Cli.Run("evaluate", "--model", folder["m.mlpath"], "--data", train).Expect(0).Error, "Error: The model is measured on the very rows");
        string other = folder.Write("other.csv", string.Join('\n', File.ReadAllLines(train).Where((_, i) => i == 0 || i % 2 == 0)) + "\n");
        string[] line = ["evaluate", "--model", folder["m.mlpath"], "--data", other];
        Assert.DoesNotContain("hold-out", Cli.Run(line).Expect(0).Error);
        Assert.DoesNotContain("hold-out", Cli.Run([.. line, "--hold-out"]).Expect(0).Error, "The first opening is a note in the report.");
        StringAssert.Contains(Cli.Run(line).Expect(0).Error, "The hold-out was opened 2 times");
        CollectionAssert.Contains(folder.Files.ToList(), "other.csv.holdout.json");
        StringAssert.Contains(Cli.Run("evaluate", "--model", folder["m.mlpath"], "--data", "iris", "--hold-out").Expect(2).Error, "is no file");
    }

    // 40 persons with five rows each; what is asked is the same for all rows of a person.
    private static string Grouped()
    {
        var text = new StringBuilder("x,y,person,label\n");
        for (int i = 0; i < 200; i++)
        {
            int person = i / 5;
            text.Append($"{(person * 37 % 41) + (i % 5 * 0.125)},{i * 7 % 13},p{person:00},{(person * 7 % 11 > 5 ? "yes" : "no")}\n");
        }

        return text.ToString();
    }
}
