namespace MLPath.Runtime;

/// <summary>One component's place in a model file that is being written.</summary>
public sealed class ModelSaveContext
{
    internal ModelSaveContext() { }
    public void Write(string name, string? value) => throw new NotImplementedException();
    public void Write(string name, bool value) => throw new NotImplementedException();
    public void Write(string name, int value) => throw new NotImplementedException();
    public void Write(string name, long value) => throw new NotImplementedException();
    public void Write(string name, float value) => throw new NotImplementedException();
    public void Write(string name, double value) => throw new NotImplementedException();
    public void Write(string name, IReadOnlyList<string> values) => throw new NotImplementedException();
    public void WriteEnum<TEnum>(string name, TEnum value) where TEnum : struct, Enum => throw new NotImplementedException();
    public void WriteArray<T>(string name, ReadOnlySpan<T> values, params ReadOnlySpan<int> shape) where T : unmanaged => throw new NotImplementedException();
    public void SaveChild(string name, ICanSaveModel child) => throw new NotImplementedException();
    public void SaveChildren(string name, IReadOnlyList<ICanSaveModel> children) => throw new NotImplementedException();
}
