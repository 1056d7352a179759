using System.Text;

namespace MLPath.Reports;

/// <summary>A section with its place in the document: an anchor that no other section has, and the level of its heading.</summary>
internal sealed record OutlineNode(ReportSection Section, string Id, int Level, IReadOnlyList<OutlineNode> Children);

/// <summary>The sections of a report with anchors given out.</summary>
internal sealed class Outline
{
    private readonly Dictionary<string, string> _anchors = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>Walks the report once, in reading order.</summary>
    public Outline(Report report) => Nodes = Number(report.Sections, level: 2);

    /// <summary>The top sections.</summary>
    public IReadOnlyList<OutlineNode> Nodes { get; }

    /// <summary>The anchor of the section with this <see cref="ReportSection.Id"/>, or null where there is none.</summary>
    public string? AnchorOf(string? id) => id is null ? null : _anchors.GetValueOrDefault(id);

    /// <summary>Letters and digits in lower case, dashes between them: <c>ROC curves (test)</c> becomes <c>roc-curves-test</c>.</summary>
    public static string Slug(string text)
    {
        var slug = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
                slug.Append(Rune.ToLowerInvariant(rune).ToString());
            else if (slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
            if (slug.Length >= 80)
                break;
        }
        var trimmed = slug.ToString().Trim('-');
        return trimmed.Length > 0 ? trimmed : "section";
    }

    private OutlineNode[] Number(IReadOnlyList<ReportSection> sections, int level)
    {
        var nodes = new OutlineNode[sections.Count];
        for (var i = 0; i < nodes.Length; i++)
        {
            var section = sections[i];
            var anchor = Unused(Slug(section.Id ?? section.Title));
            if (section.Id is not null)
                _anchors.TryAdd(section.Id, anchor);
            var children = section is GroupSection group ? Number(group.Sections, Math.Min(level + 1, 6)) : [];
            nodes[i] = new OutlineNode(section, anchor, level, children);
        }
        return nodes;
    }

    private string Unused(string slug)
    {
        var candidate = slug;
        for (var n = 2; !_taken.Add(candidate); n++)
            candidate = FormattableString.Invariant($"{slug}-{n}");
        return candidate;
    }
}
