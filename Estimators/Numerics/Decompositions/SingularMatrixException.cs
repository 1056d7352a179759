namespace MLPath.Numerics;

/// <summary>
/// A decomposition met a matrix that it cannot use: singular, rank-deficient or not positive definite to working precision.
/// </summary>
public sealed class SingularMatrixException : ArithmeticException
{
    /// <summary>Creates the exception.</summary>
    public SingularMatrixException()
        : this("The matrix is singular to working precision.", -1)
    {
    }

    /// <summary>Creates the exception with a message.</summary>
    /// <param name="message">What is wrong and what to do.</param>
    public SingularMatrixException(string message)
        : this(message, -1)
    {
    }

    /// <summary>Creates the exception with a message and its cause.</summary>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public SingularMatrixException(string message, Exception innerException)
        : base(message, innerException) => Pivot = -1;

    /// <summary>Creates the exception for a pivot.</summary>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="pivot">The index of the first pivot that failed.</param>
    public SingularMatrixException(string message, int pivot)
        : base(message) => Pivot = pivot;

    /// <summary>The index of the first column, counted from 0, at which the decomposition failed; -1 if unknown.</summary>
    public int Pivot { get; }
}
