using System.Globalization;
using System.Text;

namespace MLPath.Cli.Tests;

/// <summary>Networks of sequences read the words of a table's sentences, beside algorithms that read its features.</summary>
[TestClass]
public sealed class TokenTests
{
    [TestMethod]
    public void Each_algorithm_is_given_what_it_reads()
    {
        using var folder = new TestFolder();
        string file = folder.Write("sms.csv", Messages(60));
        var outcome = Cli.Run("compare", file, "--label", "label", "--algorithms", "logistic,rnn,transformer", "--folds", "2", "--json").Expect(0);
        StringAssert.Contains(outcome.Error, "rnn, transformer: the words of text one by one, and not length.");
        Assert.IsTrue(outcome.Json["candidates"]!.AsArray().All(c => c!["error"] is null), outcome.Out);
    }

    [TestMethod]
    public void A_model_of_tokens_is_trained_kept_and_predicts()
    {
        using var folder = new TestFolder();
        string file = folder.Write("sms.csv", Messages(60)), model = folder["sms.mlpath"];
        var trained = Cli.Run("train", file, "--label", "label", "--algorithm", "lstm", "--set", "Units=8", "--set", "Epochs=15", "--model", model).Expect(0);
        StringAssert.Contains(trained.Error, "lstm: the words of text one by one");
        string rows = folder.Write("new.csv", "text\nwin a prize today you lucky one\n\"see you at home, then\"\n\"\"\n");
        var predicted = Cli.Run("predict", "--model", model, "--data", rows).Expect(0);
        StringAssert.Matches(predicted.Out, new("spam"));
        StringAssert.Matches(predicted.Out, new("ham"));
    }

    // Prizes are spam, homes are not; the words around them say nothing.
    private static string Messages(int rows)
    {
        string[] around = ["hello there my good friend", "are you coming to town", "do not be late again", "this is about the thing"];
        var text = new StringBuilder("label,text,length\n");
        for (int i = 0; i < rows; i++)
        {
            string word = i % 3 == 0 ? i % 2 == 0 ? "win a prize" : "claim your cash prize" : i % 2 == 0 ? "see you at home" : "home for lunch";
            text.Append(CultureInfo.InvariantCulture, $"{(i % 3 == 0 ? "spam" : "ham")},{word} {around[i % 4]} {i % 7},{i % 11}.5\n");
        }

        return text.ToString();
    }
}
