using System.Text.Json;

namespace MLPath.Evaluation;

/// <summary>A test as members of a JSON object.</summary>
internal static class TestJson
{
    /// <summary>Writes members test, reason, statistic, effect and probabilities, as far as the test has them, into the open object.</summary>
    public static void Write(Utf8JsonWriter json, StatisticalTest test)
    {
        json.WriteString("test", test.Name);
        json.WriteString("reason", test.Reason);
        if (test.StatisticName.Length > 0)
        {
            json.WriteStartObject("statistic");
            json.WriteString("name", test.StatisticName);
            ComparisonJson.WriteNumber(json, "value", test.Statistic);
            json.WriteEndObject();
        }

        if (test.Effect is { } effect)
        {
            json.WriteStartObject("effect");
            json.WriteString("name", effect.Name);
            ComparisonJson.WriteNumber(json, "estimate", effect.Estimate);
            ComparisonJson.WriteNumber(json, "lower", effect.Lower);
            ComparisonJson.WriteNumber(json, "upper", effect.Upper);
            json.WriteNumber("confidence", effect.Confidence);
            json.WriteEndObject();
        }

        if (test.Probabilities is { } probabilities)
        {
            json.WriteStartObject("probabilities");
            ComparisonJson.WriteNumber(json, "firstBetter", probabilities.FirstBetter);
            ComparisonJson.WriteNumber(json, "equivalent", probabilities.Equivalent);
            ComparisonJson.WriteNumber(json, "secondBetter", probabilities.SecondBetter);
            ComparisonJson.WriteNumber(json, "rope", probabilities.Rope);
            json.WriteEndObject();
        }
    }
}
