namespace MLPath.Bench;

/// <summary>How two qualities are compared: a ratio of times counts only where MLPath's quality is not worse than the peer's.</summary>
internal sealed class Quality
{
    private readonly Func<double, double, bool> _holds;

    private Quality(string meaning, Func<double, double, bool> holds) => (Meaning, _holds) = (meaning, holds);

    /// <summary>The direction in a word.</summary>
    public string Meaning { get; }

    /// <summary>Larger is better.</summary>
    /// <param name="tolerance">The part of the peer's figure that MLPath's may fall short of it.</param>
    public static Quality Larger(double tolerance) => new("larger", (own, peer) => own >= peer - (tolerance * Math.Abs(peer)));

    /// <summary>Smaller is better.</summary>
    /// <param name="tolerance">The part of the peer's figure by which MLPath's may exceed it.</param>
    public static Quality Smaller(double tolerance) => new("smaller", (own, peer) => own <= peer + (tolerance * Math.Abs(peer)));

    /// <summary>Both are the same figure.</summary>
    /// <param name="tolerance">The part of the peer's figure by which MLPath's may differ from it.</param>
    public static Quality Same(double tolerance) => new("same", (own, peer) => Math.Abs(own - peer) <= tolerance * Math.Abs(peer));

    /// <summary>Both are nearly the same figure.</summary>
    /// <param name="difference">The most by which they may differ.</param>
    public static Quality Within(double difference) => new("same", (own, peer) => Math.Abs(own - peer) <= difference);

    /// <summary>Whether MLPath's quality is as good as the peer's.</summary>
    public bool Holds(double own, double peer) => _holds(own, peer);
}
