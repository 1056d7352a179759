namespace MLPath.Deep;

/// <summary>Memory of a backend that holds the elements of one or several tensors. What it is, only its backend knows.</summary>
/// <param name="length">The number of elements there is room for.</param>
public abstract class TensorBuffer(int length)
{
    /// <summary>The number of elements there is room for.</summary>
    public int Length { get; } = length;
}
