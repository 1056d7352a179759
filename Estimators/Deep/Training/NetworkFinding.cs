using MLPath.Runtime;

namespace MLPath.Deep;

/// <summary>A problem that a training noticed, said once, with its remedy; kept with the model.</summary>
/// <param name="Severity">How bad it is.</param>
/// <param name="Code">A stable short name: "dead-relus".</param>
/// <param name="Message">What was seen and what to do, in a sentence or two.</param>
public sealed record NetworkFinding(DiagnosisSeverity Severity, string Code, string Message)
{
    internal static void Save(ModelSaveContext context, IReadOnlyList<NetworkFinding> findings)
    {
        context.WriteEnums("FindingSeverities", [.. findings.Select(f => f.Severity)]);
        context.Write("FindingCodes", [.. findings.Select(f => f.Code)]);
        context.Write("FindingMessages", [.. findings.Select(f => f.Message)]);
    }

    internal static IReadOnlyList<NetworkFinding> Load(ModelLoadContext context)
    {
        var severities = context.ReadEnums<DiagnosisSeverity>("FindingSeverities");
        string[] codes = context.ReadStrings("FindingCodes"), messages = context.ReadStrings("FindingMessages");
        if (codes.Length != severities.Length || messages.Length != severities.Length) throw context.Invalid("its findings are not complete");
        return [.. severities.Select((severity, i) => new NetworkFinding(severity, codes[i], messages[i]))];
    }
}
