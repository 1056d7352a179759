namespace MLPath.Evaluation;

/// <summary>A number, or the reason why there is none.</summary>
internal readonly record struct Outcome(double Value, string? UndefinedReason)
{
    public bool IsDefined => UndefinedReason is null;

    public static implicit operator Outcome(double value) => new(value, null);

    public static Outcome Undefined(string reason) => new(double.NaN, reason);
}
