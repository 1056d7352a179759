using System.Text.Json;

namespace MLPath.Tests.Transforms;

/// <summary>The figures of texts.json, which make_texts.py computed with scikit-learn and by definition.</summary>
internal static class TextFigures
{
    private static readonly JsonElement s_figures =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Reference", "texts.json"))).RootElement;

    public static string[] Texts { get; } = [.. s_figures.GetProperty("texts").EnumerateArray().Select(t => t.GetString()!)];

    public static double[] HashedWordBag { get; } = [.. s_figures.GetProperty("hashed_word_bag").EnumerateArray().Select(t => t.GetDouble())];

    /// <summary>What <c>TfidfVectorizer</c> makes of each text: the features that are not 0, by name.</summary>
    public static Dictionary<string, double>[] TfIdf(string options) =>
    [
        .. s_figures.GetProperty("tfidf").GetProperty(options).EnumerateArray()
            .Select(row => row.EnumerateObject().ToDictionary(f => f.Name, f => f.Value.GetDouble())),
    ];
}
