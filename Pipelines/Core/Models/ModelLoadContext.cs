namespace MLPath.Runtime;

/// <summary>One component's place in a model file that is being read.</summary>
public sealed class ModelLoadContext
{
    internal ModelLoadContext() { }
    public string ComponentId => throw new NotImplementedException();
    public bool Has(string name) => throw new NotImplementedException();
    public string ReadString(string name) => throw new NotImplementedException();
    public string? ReadStringOrNull(string name) => throw new NotImplementedException();
    public bool ReadBoolean(string name) => throw new NotImplementedException();
    public int ReadInt32(string name) => throw new NotImplementedException();
    public long ReadInt64(string name) => throw new NotImplementedException();
    public float ReadSingle(string name) => throw new NotImplementedException();
    public double ReadDouble(string name) => throw new NotImplementedException();
    public string[] ReadStrings(string name) => throw new NotImplementedException();
    public TEnum ReadEnum<TEnum>(string name) where TEnum : struct, Enum => throw new NotImplementedException();
    public int[] ReadShape(string name) => throw new NotImplementedException();
    public T[] ReadArray<T>(string name, params ReadOnlySpan<int> expectedShape) where T : unmanaged => throw new NotImplementedException();
    public ICanSaveModel LoadChild(string name) => throw new NotImplementedException();
    public TComponent LoadChild<TComponent>(string name) where TComponent : class => throw new NotImplementedException();
    public IReadOnlyList<TComponent> LoadChildren<TComponent>(string name) where TComponent : class => throw new NotImplementedException();
    public ModelFormatException Invalid(string message) => throw new NotImplementedException();
}
